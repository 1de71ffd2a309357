import { expect, it } from 'vitest';
import type { Session } from '~/data/session';
import { USUAL_USER_LIST, type UserListState } from '~/data/user-list';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { UsersExport, type ExportFormat } from './users-export';

let model: MockHomeserver;
let session: Session;
modelForEach((fresh, signedIn) => {
  [model, session] = [fresh, signedIn];
});

async function exported(format: ExportFormat, filters: Partial<UserListState> = {}) {
  const run = new UsersExport(session, { ...USUAL_USER_LIST, ...filters }, format);
  const { file, count, read } = await run.run(new AbortController().signal, () => undefined);
  return { text: await file.text(), count, read };
}

it('a CSV has all that match, not the page: one line each, and what is hidden is not in it', async () => {
  for (let index = 0; index < 1200; index += 1) addUser(model, `u${index}`);
  addUser(model, '_irc_bob');
  addUser(model, { localpart: '777', is_guest: true });
  const { text, count } = await exported('csv', { size: 25, page: 3 });
  const lines = text.trim().split('\r\n');
  expect(count).toBe(1201);
  expect(lines).toHaveLength(1202);
  expect(lines[0]).toBe(
    '"user_id","displayname","user_type","admin","deactivated","locked","shadow_banned","erased","is_guest","created","last_seen","avatar_url"',
  );
  expect(text).not.toContain('_irc_bob');
  expect(text).not.toContain('@777');
  expect((await exported('csv', { bridged: 'any', guests: 'any' })).count).toBe(1203);
});

it('takes the filters that Synapse does not have, too', async () => {
  addUser(model, { localpart: 'ghost', shadow_banned: true });
  addUser(model, 'anna');
  const { text, count } = await exported('csv', { shadow_banned: 'only' });
  expect(count).toBe(1);
  expect(text).toContain('@ghost:');
});

it('a formula in a name is text, and no token is in either file', async () => {
  addUser(model, { localpart: 'evil', displayname: '=HYPERLINK("http://x")' });
  const [csv, json] = [(await exported('csv')).text, (await exported('json')).text];
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
  for (const text of [csv, json]) expect(text).not.toContain(model.adminToken);
});

it('a JSON says where, when and by which filters, and has Synapse’s own fields', async () => {
  addUser(model, { localpart: 'anna', displayname: 'Anna', creation_ts: 1_700_000_000 });
  const parsed: unknown = JSON.parse((await exported('json', { name: 'ann' })).text);
  expect(parsed).toMatchObject({
    report: 'glia-users',
    version: 1,
    homeserver: session.homeserver.baseUrl,
    read_by: session.userId,
    filters: { name: 'ann', bridged: 'none' },
    count: 1,
    may_be_missing: 0,
    users: [{ name: '@anna:demo.example', displayname: 'Anna', creation_ts: 1_700_000_000_000 }],
  });
  expect(JSON.parse((await exported('json', { name: 'nobody' })).text)).toMatchObject({ count: 0, users: [] });
});
