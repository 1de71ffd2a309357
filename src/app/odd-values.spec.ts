import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import * as fc from 'fast-check';
import { createElement as h, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { files } from '~/data/files';
import { rooms } from '~/data/rooms';
import type { Session } from '~/data/session';
import { userDetails } from '~/data/user-details';
import { users } from '~/data/users';
import { OF_ROOM, WHICH_ROOM } from '~/entities/room/columns';
import { FileCopies } from '~/features/media/FileCopies';
import { FileFacts } from '~/features/media/FileFacts';
import { FilePreview } from '~/features/media/FilePreview';
import { RoomFacts } from '~/features/rooms/RoomFacts';
import { MEMBER_COLUMNS } from '~/features/rooms/member-columns';
import { membersOf } from '~/features/rooms/members';
import { STATE_COLUMNS } from '~/features/rooms/RoomState';
import { OF_FILE, WHICH_FILE } from '~/entities/media/columns';
import { OF_USER, WHICH_USER } from '~/entities/user/columns';
import { CONNECTION_COLUMNS } from '~/features/users/UserConnections';
import { PUSHER_COLUMNS } from '~/features/users/UserPushers';
import { ACCOUNT_DATA_COLUMNS } from '~/features/users/UserAccountData';
import { DEVICE_COLUMNS } from '~/features/users/UserDevices';
import { UserFacts } from '~/features/users/UserFacts';
import { MEMBERSHIP_COLUMNS } from '~/features/users/UserRooms';
import { atOnce } from '~/lib/in-turns';
import { MockHomeserver } from '~/mocks/homeserver';
import { addMedia, addRoom, addUser } from '~/mocks/build';
import type { Column } from '~/ui/DataTable';

/**
 * What a homeserver answers with values that nobody thought of, in every field: each row that can be named is shown, and no cell
 * throws. Rendered without the guard that would catch it.
 */

const signedIn = vi.hoisted((): { session: Session | null } => ({ session: null }));
vi.mock('~/data/session', async (original) => ({
  ...(await original<Record<string, unknown>>()),
  useSession: () => signedIn.session,
}));

const model = new MockHomeserver();
const person = addUser(model, { localpart: 'anna', avatar_url: 'mxc://demo.example/x' });
person.devices.push({
  device_id: 'D',
  display_name: 'Phone',
  last_seen_ts: model.startedAt,
  last_seen_ip: '192.0.2.1',
  last_seen_user_agent: 'x',
});
person.connections.push({ ip: '192.0.2.1', last_seen: model.startedAt, user_agent: 'x' });
person.pushers.push({
  app_display_name: 'App',
  app_id: 'a',
  data: { url: 'https://push.example' },
  device_display_name: 'Phone',
  kind: 'http',
  lang: 'en',
  profile_tag: '',
  pushkey: 'k',
  enabled: true,
  device_id: 'D',
});
person.account_data = { global: { 'm.direct': { a: [1] } }, rooms: { '!r:demo.example': { 'm.tag': { tags: {} } } } };
person.external_ids.push({ auth_provider: 'oidc', external_id: '1' });
person.threepids.push({ medium: 'email', address: 'a@b.c', added_at: 1, validated_at: 1 });
const room = addRoom(model, { name: 'Lobby', creator: person.name, members: [person.name] });
const { media_id: mediaId } = addMedia(model, { user_id: person.name });

const session: Session = {
  homeserver: { baseUrl: 'https://demo.example', token: model.adminToken },
  userId: model.adminId,
  serverName: model.serverName,
  version: model.version,
  mas: false,
  demo: false,
};
signedIn.session = session;
const hs = session.homeserver;

afterEach(() => vi.unstubAllGlobals());

const named = <Row>(columns: Readonly<Record<string, Omit<Column<Row>, 'id'>>>): Column<Row>[] =>
  Object.entries(columns).flatMap(([id, column]) => [{ ...column, id }]);

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    1_700_000_000_000_000_000,
    1_700_000_000_000_000,
    1_700_000_000,
    8.64e15 + 1,
    -1,
    -8.64e15,
    0,
    0.5,
    Number.MAX_VALUE,
    '',
    ' ',
    '\u202E\u200B',
    '\u0000',
    '\uD800',
    '1700000000000',
    'mxc://../x',
    '@',
    '@:',
    ':',
    '%',
    '#',
    '.',
    '..',
    'w'.repeat(10_000),
    '<script>',
    null,
    [],
    {},
    [null],
    true,
  ),
);

/** The answer with some of its values, anywhere in it, replaced. */
function spoil(value: unknown, replace: () => { hit: boolean; by: unknown }, depth = 0): unknown {
  if (depth > 0) {
    const { hit, by } = replace();
    if (hit) return by;
  }
  if (Array.isArray(value)) return value.map((one) => spoil(one, replace, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoil(one, replace, depth + 1)]));
}

function show(content: ReactNode): string {
  const client = new QueryClient();
  const routed = h(MemoryRouter, null, content);
  return renderToStaticMarkup(
    h(I18nProvider, { i18n }, h(MantineProvider, null, h(QueryClientProvider, { client }, routed))),
  );
}

function cells<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return show(
    rows.flatMap((row, at) => columns.map((column) => h('div', { key: `${at} ${column.id}` }, column.cell(row)))),
  );
}

/** Asks the model for its answer, spoils it, and lets `read` see that instead. */
async function seeOddValuesShown<Data>(path: string, ask: () => Promise<Data>, seen: (data: Data) => void) {
  const answer = await model.handle(
    new Request(`https://demo.example${path}`, { headers: { Authorization: `Bearer ${model.adminToken}` } }),
  );
  expect(answer.status).toBe(200);
  const body: unknown = await answer.json();
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.tuple(fc.nat(4), odd)), async (stream) => {
      const next = () => {
        const [roll, by] = stream.next().value as [number, unknown];
        return { hit: roll === 0, by };
      };
      const spoilt = spoil(body, next);
      vi.stubGlobal('fetch', async () => new Response(JSON.stringify(spoilt)));
      // What can’t be named at all is refused whole, with a reason: that is an answer too.
      const data = await ask().catch(() => null);
      if (data === null) return;
      shown += 1;
      seen(data);
    }),
    { numRuns: 200 },
  );
  expect(shown).toBeGreaterThan(20);
}

const seeMembers = (names: readonly string[], state: Parameters<typeof membersOf>[1]) =>
  cells(MEMBER_COLUMNS, atOnce(membersOf(names, state)).rows);

const read = <Data>(query: Parameters<QueryClient['fetchQuery']>[0]): Promise<Data> =>
  new QueryClient().fetchQuery(query) as Promise<Data>;
const id = encodeURIComponent;

describe('odd values in every field break no page', () => {
  const lists = [
    ['the users list', '/_synapse/admin/v3/users', users.list(hs, {}), [WHICH_USER, ...named(OF_USER)]],
    ['the rooms list', '/_synapse/admin/v1/rooms', rooms.list(hs, {}), [WHICH_ROOM, ...named(OF_ROOM)]],
    [
      'a user’s devices',
      `/_synapse/admin/v2/users/${id(person.name)}/devices`,
      users.devices(hs, person.name),
      DEVICE_COLUMNS,
    ],
    [
      'a user’s IP addresses',
      `/_synapse/admin/v1/whois/${id(person.name)}`,
      userDetails.connections(hs, person.name),
      CONNECTION_COLUMNS,
    ],
    [
      'a user’s pushers',
      `/_synapse/admin/v1/users/${id(person.name)}/pushers`,
      userDetails.pushers(hs, person.name),
      PUSHER_COLUMNS,
    ],
    [
      'a user’s media',
      `/_synapse/admin/v1/users/${id(person.name)}/media`,
      users.media(hs, person.name, {}),
      [WHICH_FILE, ...named(OF_FILE)],
    ],
    [
      'a user’s rooms',
      `/_synapse/admin/v1/users/${id(person.name)}/memberships`,
      userDetails.memberships(hs, person.name),
      MEMBERSHIP_COLUMNS,
    ],
    [
      'a room’s state',
      `/_synapse/admin/v1/rooms/${id(room.room_id)}/state`,
      rooms.state(hs, room.room_id),
      STATE_COLUMNS,
    ],
  ] as const;
  it.each(lists)('of %s', async (_, path, query, columns) => {
    await seeOddValuesShown(
      path,
      () => read<{ rows: never[] }>(query as never),
      ({ rows }) => cells(columns as readonly Column<never>[], rows),
    );
  });

  it('of a room’s members', async () => {
    const path = `/_synapse/admin/v1/rooms/${id(room.room_id)}`;
    await seeOddValuesShown(
      `${path}/members`,
      () => new QueryClient().fetchQuery(rooms.members(hs, room.room_id)),
      ({ rows }) => seeMembers(rows, null),
    );
    await seeOddValuesShown(
      `${path}/state`,
      () => new QueryClient().fetchQuery(rooms.state(hs, room.room_id)),
      ({ rows }) => seeMembers([person.name], rows),
    );
  });

  it('of a user’s account data', async () => {
    await seeOddValuesShown(
      `/_synapse/admin/v1/users/${id(person.name)}/accountdata`,
      () => new QueryClient().fetchQuery(userDetails.accountData(hs, person.name)),
      (rows) => cells(ACCOUNT_DATA_COLUMNS, rows),
    );
  });

  it('of a user', async () => {
    await seeOddValuesShown(
      `/_synapse/admin/v2/users/${id(person.name)}`,
      () => new QueryClient().fetchQuery(users.one(hs, person.name)),
      ({ value }) => show(h(UserFacts, { user: value, version: '1.100.0' })),
    );
  });

  it('of a room', async () => {
    await seeOddValuesShown(
      `/_synapse/admin/v1/rooms/${id(room.room_id)}`,
      () => new QueryClient().fetchQuery(rooms.one(hs, room.room_id)),
      ({ value }) => show(h(RoomFacts, { room: value })),
    );
  });

  it('of a file', async () => {
    const mxc = `mxc://${model.serverName}/${mediaId}`;
    await seeOddValuesShown(
      `/_synapse/admin/v1/media/${model.serverName}/${mediaId}`,
      () => new QueryClient().fetchQuery(files.one(hs, mxc)),
      ({ value: file }) =>
        show([
          h(FileFacts, { key: 'facts', mxc, file }),
          h(FilePreview, { key: 'preview', mxc, file }),
          h(FileCopies, { key: 'copies', file }),
        ]),
    );
  });
});
