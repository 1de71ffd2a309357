import { addMedia, addRemoteMedia } from '../build';
import type { MockHomeserver } from '../homeserver';
import { HEX } from '../random';
import { REMOTE_SERVERS } from './names';
import type { Making, Size } from './plan';
import { DAY_MS, YEAR_MS } from './plan';

/** [type, share, median bytes, spread, name] */
const KINDS: readonly (readonly [string, number, number, number, string | null])[] = [
  ['image/jpeg', 0.38, 420_000, 1.2, 'IMG_{n}.jpg'],
  ['image/png', 0.2, 180_000, 1.4, 'Screenshot {n}.png'],
  ['application/octet-stream', 0.13, 300_000, 1.8, null],
  ['video/mp4', 0.07, 6_500_000, 1.1, 'VID_{n}.mp4'],
  ['application/pdf', 0.07, 350_000, 1.3, 'Report {n}.pdf'],
  ['audio/ogg', 0.06, 90_000, 0.9, 'voice-{n}.ogg'],
  ['image/gif', 0.03, 900_000, 0.9, 'party-{n}.gif'],
  ['image/webp', 0.03, 60_000, 0.8, 'sticker.webp'],
  ['application/zip', 0.02, 4_000_000, 1.5, 'backup-{n}.zip'],
  ['text/plain', 0.01, 8000, 1.5, 'log-{n}.txt'],
];

function kindFor(roll: number): (typeof KINDS)[number] {
  let sum = 0;
  for (const kind of KINDS) {
    sum += kind[1];
    if (roll < sum) return kind;
  }
  return KINDS[0] ?? ['image/jpeg', 1, 420_000, 1.2, null];
}

export function* makeMedia(hs: MockHomeserver, size: Size): Making {
  yield* makeAvatars(hs, size);
  // A few people upload most of it.
  const owners = [...hs.state.users.values()].filter((user) => !user.is_guest && user.appservice_id === null);
  makeSpecial(hs, owners[30]?.name ?? hs.adminId);
  const { random } = hs;
  const last: { sha256: string | null } = { sha256: null };
  for (let i = 0; hs.state.media.size < size.media; i += 1) {
    const owner = owners[Math.floor(random.next() ** 3 * owners.length)];
    if (owner) makeFile(hs, owner.name, owner.creation_ts * 1000, last);
    if (i % 100 === 0) yield;
  }
  yield* makeRemote(hs, size);
  logQuarantines(hs);
}

/** As if they had been quarantined one after the other, the oldest files first. */
function logQuarantines({ state, serverName }: MockHomeserver): void {
  const local = [...state.media.values()].map((media) => ({ media, origin: serverName }));
  const remote = [...state.remoteMedia.values()].map((media) => ({ media, origin: media.media_origin }));
  const quarantined = [...local, ...remote].filter(({ media }) => media.quarantined_by !== null);
  for (const { media, origin } of quarantined.toSorted((one, other) => one.media.created_ts - other.media.created_ts)) {
    state.quarantineChanges.push({ origin, media_id: media.media_id, quarantined: true });
  }
}

/** About every fourth person has a picture, every third named room too: the sweep spares these (§3.1). */
function* makeAvatars(hs: MockHomeserver, size: Size): Making {
  const { random, startedAt } = hs;
  let left = Math.floor(size.media * 0.14);
  const upload = (user_id: string): string => {
    left -= 1;
    const created_ts = Math.floor(startedAt - random.next() * 3 * YEAR_MS);
    const opened = random.chance(0.7) ? Math.floor(created_ts + random.next() * (startedAt - created_ts)) : null;
    const media = addMedia(hs, {
      user_id,
      created_ts,
      last_access_ts: opened,
      media_type: random.pick(['image/jpeg', 'image/png']),
      media_length: random.longTail(45_000, 0.8, 2_000_000),
      upload_name: 'avatar.jpg',
    });
    return `mxc://${hs.serverName}/${media.media_id}`;
  };
  let count = 0;
  for (const room of hs.state.rooms.values()) {
    if (left > 0 && room.name !== null && random.chance(0.35))
      room.avatar = upload(room.creator.endsWith(`:${hs.serverName}`) ? room.creator : hs.adminId);
  }
  for (const user of hs.state.users.values()) {
    if (left <= 0) break;
    count += 1;
    if (count % 100 === 0) yield;
    if (!user.deactivated && !user.is_guest && random.chance(0.28)) user.avatar_url = upload(user.name);
  }
}

/** One of each kind that a plan must name, by ids that a person recognises. */
function makeSpecial(hs: MockHomeserver, owner: string): void {
  const old = { user_id: owner, created_ts: hs.startedAt - 2 * YEAR_MS, last_access_ts: hs.startedAt - 1.9 * YEAR_MS };
  addMedia(hs, { ...old, media_id: 'protectedLogo', safe_from_quarantine: true, upload_name: 'logo.png' });
  addMedia(hs, { ...old, media_id: 'quarantinedPicture', quarantined_by: hs.adminId, upload_name: 'evidence.png' });
  addMedia(hs, {
    ...old,
    media_id: 'neverOpenedVideo',
    last_access_ts: null,
    media_type: 'video/mp4',
    media_length: 48_000_000,
    upload_name: 'holiday.mp4',
  });
  addMedia(hs, {
    ...old,
    media_id: 'notUploadedYet',
    media_length: null,
    last_access_ts: null,
    media_type: null,
    upload_name: null,
  });
  addMedia(hs, { ...old, media_id: 'emptyFile', media_length: 0, upload_name: 'empty.txt', media_type: 'text/plain' });
  addMedia(hs, { ...old, media_id: 'fail-500-file', upload_name: 'stubborn.png' });
  addMedia(hs, {
    ...old,
    media_id: 'previewImage',
    user_id: null,
    url_cache: 'https://example.org/article',
    upload_name: null,
  });
  addMedia(hs, { ...old, media_id: 'formulaName', upload_name: '=cmd|calc.exe', media_type: '<b>odd/type</b>' });
}

function makeFile(hs: MockHomeserver, user_id: string, notBefore: number, last: { sha256: string | null }): void {
  const { random, startedAt } = hs;
  const [media_type, , median, spread, name] = kindFor(random.next());
  const oldest = Math.max(notBefore, startedAt - 3 * YEAR_MS);
  // More was uploaded lately than long ago.
  const created_ts = Math.floor(startedAt - random.next() ** 1.4 * (startedAt - oldest));
  const open = random.chance(0.82);
  const opened = Math.min(startedAt, created_ts + random.longTail(9 * DAY_MS, 2.2, 3 * YEAR_MS));
  const preview = random.chance(0.03);
  // The same file sent again has the same hash: quarantine takes both (§3).
  const sha256 = last.sha256 !== null && random.chance(0.02) ? last.sha256 : random.text(64, HEX);
  last.sha256 = sha256;
  addMedia(hs, {
    user_id: preview ? null : user_id,
    media_type,
    media_length: random.longTail(median, spread, 50 * 1024 * 1024),
    upload_name: preview ? null : (name?.replace('{n}', String(random.between(1000, 9999))) ?? null),
    created_ts,
    last_access_ts: open ? opened : null,
    url_cache: preview ? `https://news.example/${random.between(1, 9999)}` : null,
    safe_from_quarantine: random.chance(0.012),
    quarantined_by: random.chance(0.008) ? hs.adminId : null,
    sha256,
  });
}

function* makeRemote(hs: MockHomeserver, size: Size): Making {
  const { random, startedAt } = hs;
  for (let i = 0; i < size.remoteMedia; i += 1) {
    const [media_type, , median, spread] = kindFor(random.next());
    const created_ts = Math.floor(startedAt - random.next() * 3 * YEAR_MS);
    addRemoteMedia(hs, {
      media_origin: random.pick(REMOTE_SERVERS),
      media_type,
      media_length: random.longTail(median, spread, 50 * 1024 * 1024),
      created_ts,
      last_access_ts: Math.min(startedAt, created_ts + random.longTail(5 * DAY_MS, 2, 3 * YEAR_MS)),
      quarantined_by: random.chance(0.005) ? hs.adminId : null,
    });
    if (i % 100 === 0) yield;
  }
}
