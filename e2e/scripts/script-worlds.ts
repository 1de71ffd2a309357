import type { Page } from '@playwright/test';
import { addMedia, addRemoteMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import type { Fault, FaultTarget } from '../../src/mocks/faults.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';

/** What scripts.e2e.ts makes plans of: a world for each wizard, what goes wrong in it, and what it comes to. */

const DAY = 86_400_000;
/** One and the same for every model, or the slices of time would differ. */
const NOW = Date.now();
const SERVER = 'demo.example';
const at = (localpart: string) => `@${localpart}:${SERVER}`;
const old = (external_id: string) => ({ auth_provider: `it's "$(touch pwned)"`, external_id });
const google = (external_id: string) => ({ auth_provider: 'oidc-google', external_id });

/** Names that would be code, other paths or other lines, were they not quoted. */
const HOSTILE = [`o'hara/#$(touch pwned)`, '`touch pwned`?a=%41&b', 'two\nlines\u2028\u202E', '😀"\\n\\', "'''", '..'];

export interface Wizard {
  /** Where it is made, until the plan stands. */
  plan(page: Page): Promise<void>;
  fill(model: MockHomeserver): void;
  /** What the homeserver has: to be the same afterwards, however it was done. */
  state(model: MockHomeserver): unknown;
  /** What goes wrong meanwhile, for each of them. */
  faults: Fault[];
  /** What moves on after the plan was made. */
  drift?(model: MockHomeserver): void;
  confirm(page: Page): Promise<void>;
}

export const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

export const externalIds: Wizard = {
  fill(model) {
    for (const [index, name] of HOSTILE.entries()) {
      addUser(model, { localpart: name, external_ids: [old(name), google(name), old(`${index}`)] });
    }
    addUser(model, { localpart: 'gone', deactivated: true, external_ids: [old('d')] });
    addUser(model, { localpart: 'other', external_ids: [google('o')] });
    for (let index = 0; index < 12; index += 1)
      addUser(model, { localpart: `u${index}`, external_ids: [old(`n${index}`)] });
  },
  state: (model) => [...model.state.users.values()].map((user) => [user.name, user.external_ids]),
  async plan(page) {
    await press(page, 'Read their external ids');
    await page.getByRole('radio', { name: old('').auth_provider.replaceAll(' ', '␣') }).check();
    await press(page, 'Review');
  },
  async confirm(page) {
    await page.getByLabel('Type 19 to confirm').fill('19');
    await press(page, 'Download a backup of these IDs');
    await press(page, /^Remove the IDs of 19 users/);
  },
  drift(model) {
    model.state.users.get(at('u10'))?.external_ids.push(old('new'));
    model.state.users.get(at('u11'))?.external_ids.splice(0);
  },
  faults: [
    { match: /^PUT .*@u3:/, answer: '429', retryAfterMs: -5 },
    { match: /^PUT .*@u4:/, answer: '429', retryAfterMs: null },
    { match: /^GET .*\/v2\/users\/@u5:/, answer: '500' },
    { match: /^PUT .*@u6:/, answer: '504-after' },
    { match: /^PUT .*@u7:/, answer: 'reset-after' },
    { match: /^PUT .*@u8:/, answer: '403', times: 9 },
    { match: /^PUT .*@u9:/, answer: 'cut-short' },
  ],
};

/** Enough of them that a share of failures says something. */
const externalIdsMany: Wizard = {
  ...externalIds,
  fill(model) {
    externalIds.fill(model);
    for (let index = 0; index < 4; index += 1)
      addUser(model, { localpart: `z${index}`, external_ids: [old(`z${index}`)] });
  },
};

const joinOf = (user: string) => (target: FaultTarget) =>
  target.method === 'POST' && target.path.includes('/v1/join/') && JSON.stringify(target.body).includes(user);

const joins: Wizard = {
  fill(model) {
    const owner = addUser(model, 'owner').name;
    for (const name of ['anna', 'ben/#', "o'hara", 'cut', 'busy', 'member']) addUser(model, name);
    addUser(model, { localpart: 'leaves' });
    addRoom(model, {
      name: 'Lobby',
      alias: 'lobby',
      creator: owner,
      join_rules: 'public',
      members: [owner, at('member')],
    });
    addRoom(model, { name: 'Staff', alias: 'staff', creator: owner, members: [owner] });
    addRoom(model, { name: 'Admin', alias: 'admins', creator: model.adminId, members: [model.adminId], version: '12' });
  },
  state: (model) =>
    [...model.state.rooms.values()].map((room) => [
      room.name,
      [...room.members].map(([user, { membership }]) => `${user} ${membership}`).toSorted(),
    ]),
  async plan(page) {
    const refs = ['lobby', 'staff', 'admins'].map((name) => `#${name}:${SERVER}`);
    await page.getByRole('textbox', { name: 'Rooms to join' }).fill(refs.join('\n'));
    const names = ['anna', 'ben/#', "o'hara", 'cut', 'busy', 'member', 'leaves'].map(at);
    await page.getByRole('textbox', { name: 'Users who join' }).fill(names.join('\n'));
    await press(page, 'Review');
    await page.getByRole('checkbox', { name: 'Make me admin of Staff and join it' }).check();
  },
  async confirm(page) {
    await press(page, /^Run 21 /);
  },
  drift(model) {
    const leaves = model.state.users.get(at('leaves'));
    if (leaves) leaves.deactivated = true;
  },
  faults: [
    { match: joinOf('@busy:'), answer: '429', retryAfterMs: 700 },
    // Not in the public room, where a second join is answered as the first: here it is refused, for “is already in the room”.
    { match: joinOf('@cut:'), answer: 'reset-after', after: 1 },
    { match: joinOf('@anna:'), answer: '500' },
  ],
};

function fillMedia(model: MockHomeserver): void {
  const owners = [addUser(model, 'anna').name, addUser(model, "b'n/#").name];
  for (let index = 0; index < 8; index += 1) {
    addMedia(model, {
      media_id: `old${index}`,
      user_id: owners[index % 2] ?? '',
      created_ts: NOW - 800 * DAY,
      last_access_ts: NOW - (400 + 40 * index) * DAY,
      media_length: 1000,
    });
  }
  addMedia(model, { media_id: 'recent', user_id: owners[0] ?? '', created_ts: NOW - DAY, last_access_ts: NOW - DAY });
  for (const days of [400, 3000, 1]) addRemoteMedia(model, { last_access_ts: NOW - days * DAY, media_id: `r${days}` });
}

const media: Wizard = {
  fill: fillMedia,
  state: (model) => [[...model.state.media.keys()].toSorted(), [...model.state.remoteMedia.keys()].toSorted()],
  plan: (page) => press(page, 'Review'),
  async confirm(page) {
    await page.getByLabel('Type 8 to confirm').fill('8');
    await press(page, 'Delete 8 files');
  },
  drift(model) {
    const opened = model.state.media.get('old3');
    if (opened) opened.last_access_ts = NOW;
    model.state.media.delete('old2');
  },
  faults: [
    // No reset: a browser sends a DELETE again by itself, and the job then hears only that the file is gone.
    { match: /^DELETE .*old4/, answer: '504-after' },
    { match: /^DELETE .*old5/, answer: '500' },
    { match: /^DELETE .*old6/, answer: '429', retryAfterMs: 600 },
    { match: /^GET .*media.*old7/, answer: '502-html' },
  ],
};

const sweep: Wizard = {
  ...media,
  async plan(page) {
    await page.getByLabel('Let Synapse delete by date and size').check();
    await press(page, 'Review');
  },
  faults: [{ match: /^POST .*media\/delete/, answer: '504-after', after: 2 }],
};

const remote: Wizard = {
  ...media,
  async plan(page) {
    await page.getByLabel('Remote media cache').check();
    await press(page, 'Review');
  },
  async confirm(page) {
    await page.getByLabel('Type 37 to confirm').fill('37');
    await press(page, 'Delete cached files in 37 requests');
  },
  faults: [{ match: /^POST .*purge_media_cache/, answer: '429', retryAfterMs: 600, after: 3 }],
};

export const WIZARDS = {
  'external-ids': externalIds,
  'external-ids many': externalIdsMany,
  'join-rooms': joins,
  'delete-media': media,
  'delete-media sweep': sweep,
  'delete-media remote': remote,
} as const;
