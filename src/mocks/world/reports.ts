import { addRoom } from '../build';
import type { MockHomeserver } from '../homeserver';
import { URL_SAFE } from '../random';
import { addEventReport, addUserReport } from '../reported';
import type { Room, RoomEvent, User } from '../state';
import { REMOTE_SERVERS } from './names';
import type { Size } from './plan';

const HOUR_MS = 3_600_000;
/** So many hours ago the spam began. */
const BEGAN = 40;

const REASONS: readonly [string, ...(string | null)[]] = [
  'spam',
  'Spam again',
  'scam link',
  'insult',
  'this is off topic',
  'unsolicited advertising',
  '',
  null,
];
const PITCHES = [
  'Earn 5,000 a week from home: https://easy-money.example/join',
  'FREE crypto giveaway, only today → https://coins.example/?ref=42',
  'Cheap watches, best price, write me',
  'You have won! Claim your prize at https://prize.example/claim',
];

interface Scene {
  hs: MockHomeserver;
  spammers: readonly string[];
  reporters: readonly string[];
  /** Where nobody else wrote. */
  rooms: readonly Room[];
}

/**
 * The queue of reports: most against a few spammers, by several reporters, some of them of the same message. Some messages are
 * redacted by now, encrypted, of users of other homeservers, or gone; and one room is gone with its reports.
 */
export function makeReports(hs: MockHomeserver, { reports: count }: Size): void {
  const scene = sceneOf(hs);
  if (scene.rooms.length === 0 || scene.reporters.length === 0) return;
  const odd = Math.min(6, Math.floor(count / 3));
  for (let index = 0; index < count - odd; index += 1) reportSpam(scene, index, count);
  makeOdd(scene, odd);
  for (let index = 0; index < Math.ceil(count / 6); index += 1) reportSpammer(scene, index);
  writeAsSuspended(scene);
}

/** The account that is suspended for spam by its name: it wrote before, in rooms where others are. */
function writeAsSuspended({ hs, rooms }: Scene): void {
  const { random, startedAt, serverName } = hs;
  const spammer = `@suspended.spammer:${serverName}`;
  if (!hs.state.users.has(spammer)) return;
  for (const [index, room] of rooms.slice(0, 4).entries()) {
    room.members.set(spammer, { membership: 'join', since: startedAt - (BEGAN + 5) * HOUR_MS });
    for (let count = 0; count < 3; count += 1) {
      const at = startedAt - (BEGAN - index) * HOUR_MS + count * random.between(20_000, 90_000);
      send(hs, room, spammer, at, { msgtype: 'm.text', body: PITCHES[(index + count) % PITCHES.length] ?? '' });
    }
  }
}

/** With the users and rooms that are there: whoever looks for those finds them as they were. */
function sceneOf(hs: MockHomeserver): Scene {
  const rooms = [...hs.state.rooms.values()].filter(
    ({ encryption, room_type, name, events }) => !encryption && !room_type && name !== null && events.length === 0,
  );
  const people = [...hs.state.users.values()].filter(isOrdinary).map(({ name }) => name);
  const isIn = (userId: string) => rooms.filter(({ members }) => members.get(userId)?.membership === 'join').length;
  const [first = '', second = '', third = ''] = people.toSorted((one, other) => isIn(other) - isIn(one));
  const reporters = Array.from({ length: 9 }, (_, index) => people[(index * 37 + 11) % people.length] ?? '');
  const spammers = [first, second, third, `@bulk.sender:${hs.random.pick(REMOTE_SERVERS)}`];
  const theirs = rooms.filter(({ members }) => members.has(first) || members.has(second));
  return { hs, spammers, reporters, rooms: [...new Set([...theirs, ...rooms])].slice(0, 6) };
}

const isOrdinary = (user: User): boolean =>
  !user.deactivated &&
  !user.locked &&
  !user.is_guest &&
  !user.admin &&
  user.user_type === null &&
  user.appservice_id === null;

function send(hs: MockHomeserver, room: Room, sender: string, at: number, content: Record<string, unknown>): RoomEvent {
  const event: RoomEvent = {
    event_id: `$${hs.random.text(43, URL_SAFE)}`,
    type: 'algorithm' in content ? 'm.room.encrypted' : 'm.room.message',
    sender,
    origin_server_ts: at,
    content,
  };
  room.events.push(event);
  room.events.sort((a, b) => a.origin_server_ts - b.origin_server_ts);
  return event;
}

/** Every third message is reported a second time, by someone else. */
function reportSpam({ hs, spammers, reporters, rooms }: Scene, index: number, count: number): void {
  const { random, startedAt, state } = hs;
  const spammer = spammers[index % 7 < 4 ? 0 : index % spammers.length] ?? '';
  const before = index % 3 === 2 ? [...state.eventReports.values()].at(-1) : undefined;
  const room = (before && state.rooms.get(before.room_id)) ?? rooms[index % rooms.length];
  if (!room) return;
  const hoursAgo = BEGAN - (index * (BEGAN - 1)) / count;
  const at = startedAt - hoursAgo * HOUR_MS - random.between(1, 30) * 60_000;
  const event = before?.event ?? send(hs, room, spammer, at, spamOf(hs, spammer, index));
  addEventReport(hs, {
    room,
    event,
    user_id: reporters[(index * 5) % reporters.length] ?? hs.adminId,
    received_ts: Math.floor(startedAt - hoursAgo * HOUR_MS),
    reason: random.pick<string | null>(REASONS),
    score: random.chance(0.2) ? -random.between(1, 100) : null,
  });
  // Room admins have redacted some since.
  if (index % 10 === 9) {
    const there = room.events.find(({ event_id }) => event_id === event.event_id);
    if (there) there.content = {};
  }
}

function spamOf(hs: MockHomeserver, spammer: string, index: number): Record<string, unknown> {
  const body = PITCHES[index % PITCHES.length] ?? '';
  const picture = [...hs.state.media.values()].find(
    (one) => one.user_id === spammer && one.media_type?.startsWith('image/') === true && one.url_cache === null,
  );
  if (index % 4 !== 1 || !picture) return { msgtype: 'm.text', body };
  const url = `mxc://${hs.serverName}/${picture.media_id}`;
  return { msgtype: 'm.image', body: 'offer.jpg', url, info: { mimetype: picture.media_type } };
}

/** What a queue meets besides, each once. */
function makeOdd({ hs, reporters, rooms, spammers }: Scene, count: number): void {
  const { startedAt } = hs;
  const [reporter = '', other = ''] = reporters;
  const [spammer = ''] = spammers;
  const [room] = rooms;
  if (!room) return;
  const encrypted = [...hs.state.rooms.values()].find((one) => one.encryption !== null && one.name !== null) ?? room;
  const recent = (hours: number) => startedAt - hours * HOUR_MS;
  const makers: readonly (() => void)[] = [
    () => {
      const event = send(hs, encrypted, spammer, recent(5), {
        algorithm: 'm.megolm.v1.aes-sha2',
        ciphertext: 'AwgAEp',
      });
      addEventReport(hs, { room: encrypted, event, user_id: reporter, received_ts: recent(4), reason: 'harassment' });
    },
    () => {
      const gone = `@never.here:${hs.serverName}`;
      const event = send(hs, room, gone, recent(7), { msgtype: 'm.text', body: 'Hello from nobody' });
      addEventReport(hs, { room, event, user_id: other, received_ts: recent(6), reason: 'who is this?' });
    },
    () => {
      const event = send(hs, room, spammer, recent(9), { msgtype: 'm.text', body: 'purged' });
      const id = addEventReport(hs, { room, event, user_id: other, received_ts: recent(8), reason: 'spam' });
      room.events = room.events.filter((one) => one !== event);
      const report = hs.state.eventReports.get(id);
      if (report) Object.assign(report, { event: null, sender: null });
    },
    () => {
      const closed = addRoom(hs, { name: 'Closed since', creator: hs.adminId });
      const event = send(hs, closed, spammer, recent(11), { msgtype: 'm.text', body: 'Buy now' });
      addEventReport(hs, { room: closed, event, user_id: reporter, received_ts: recent(10), reason: 'spam' });
      hs.state.rooms.delete(closed.room_id);
    },
    () => {
      const body = '<img src=x onerror=alert(1)> \u202Egnp.exe\u202C';
      const event = send(hs, room, spammer, recent(13), { msgtype: 'm.text', body, format: 'org.matrix.custom.html' });
      const reason = '<b>Look</b> at this \u202Edrawkcab';
      addEventReport(hs, { room, event, user_id: reporter, received_ts: recent(12), reason, score: -100 });
    },
    () => {
      const event = send(hs, room, spammer, recent(15), { msgtype: 'm.text', body: 'Last chance! '.repeat(400) });
      addEventReport(hs, { room, event, user_id: other, received_ts: recent(14), reason: 'Wall of text. '.repeat(60) });
    },
  ];
  for (const make of makers.slice(0, count)) make();
}

function reportSpammer({ hs, spammers, reporters }: Scene, index: number): void {
  const target = spammers[index % 3] ?? '';
  addUserReport(hs, {
    target_user_id: target,
    user_id: reporters[(index * 4 + 1) % reporters.length] ?? hs.adminId,
    reason: REASONS[index % 6] ?? '',
    received_ts: hs.startedAt - (2 + index * 4) * HOUR_MS,
  });
}
