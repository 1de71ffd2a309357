import { describe, expect, it } from 'vitest';
import { createJob } from '~/jobs/runner';
import { whenOver } from '~/jobs/phase';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import type { MockMas } from '~/mocks/mas/mas';
import { groundOf } from '~/testing/actions';
import { asKept, Hurry } from '~/testing/engine';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { masOf, withMas } from '~/testing/worlds/mas';
import { accountsJob, unpackItem, type AccountItem } from './account-job';
import { AccountSecrets, passwordsOf } from './account-passwords';

let model: MockHomeserver;
let mas: MockMas;
modelForEach(
  (made) => {
    model = made;
    mas = masOf(made);
  },
  false,
  () => withMas(),
);

const id = (name: string) => `@${name}:${model.serverName}`;
const creates = (name: string, over: Partial<AccountItem> = {}): AccountItem => ({
  op: 'create',
  id: id(name),
  goal: {},
  planned: null,
  identity: null,
  ...over,
});
const WHOLE: AccountItem['goal'] = {
  displayname: 'Anna A.',
  user_type: 'bot',
  admin: true,
  locked: true,
  threepids: [{ medium: 'email', address: 'Anna@example.org' }],
};
const given = (...names: string[]) => new Map(names.map((name) => [id(name), 'correct horse battery']));

async function run(items: readonly AccountItem[], passwords: ReadonlyMap<string, string> | null = new Map()) {
  const ground = groundOf(model);
  const secrets = passwords === null ? null : new AccountSecrets(passwords);
  const spec = accountsJob(
    { kind: 'import-users', items },
    ground,
    passwordsOf(ground, secrets, () => undefined),
  );
  const job = createJob(spec, new Hurry());
  model.log.clear();
  job.start();
  await whenOver(job);
  const rows = inWords(job.indexes([]).map((index) => job.row(index)));
  const sent = model.log.writes().map(({ method, path }) => `${method} ${path.replace(/01[0-9A-Z]{24}/, 'ID')}`);
  return { job, spec, rows, sent, secrets };
}

const inMas = (name: string) => mas.state.userNamed(name);
const emailsOf = (name: string) =>
  [...mas.state.emails.values()].filter(({ user_id }) => user_id === inMas(name)?.id).map(({ email }) => email);
const faultOnce = (match: RegExp, answer: '504-after' | 'reset-after' | '500') => model.faults.next({ match, answer });

/** As an older MAS does it: Synapse knows the account after so many looks. */
function passedOnLate(looks: number): void {
  const handle = model.handle.bind(model);
  let left = looks;
  model.handle = async (request) => {
    const path = new URL(request.url).pathname;
    if (path.includes('/v2/users/')) left -= 1;
    if (left === 0) for (const { id: one } of mas.state.users.values()) mas.enqueue('provision', one);
    const response = await handle(request);
    if (request.method === 'POST' && path.endsWith('/admin/v1/users')) model.state.users.delete(id('anna'));
    return response;
  };
}

describe('an account that is made in MAS', () => {
  it('gets its password, addresses, rights and lock there, and its name and type on Synapse', async () => {
    const { rows, sent } = await run([creates('anna', { goal: WHOLE, password: 'given' })], given('anna'));
    expect(rows[0]).toMatchObject({ status: 'done' });
    expect(sent).toEqual([
      'POST /api/admin/v1/users',
      'POST /api/admin/v1/users/ID/set-password',
      'POST /api/admin/v1/user-emails',
      'POST /api/admin/v1/users/ID/set-admin',
      'POST /api/admin/v1/users/ID/lock',
      'PUT /_synapse/admin/v2/users/@anna:demo.example',
      'PUT /_synapse/admin/v2/users/@anna:demo.example',
    ]);
    expect(inMas('anna')).toMatchObject({ admin: true, password: 'correct horse battery' });
    expect(inMas('anna')?.locked_at).not.toBeNull();
    expect(emailsOf('anna')).toEqual(['Anna@example.org']);
    expect(model.state.users.get(id('anna'))).toMatchObject({ displayname: 'Anna A.', user_type: 'bot' });
    expect(rows[0]?.reason).not.toContain('ATTENTION');
    expect(rows[0]?.reason).not.toContain('Synapse does not show it yet');
  });

  it('is done, and its reason says that addresses are late, where MAS has not passed them on in time', async () => {
    mas.cranksAfterMs = null;
    const goal = { threepids: [{ medium: 'email', address: 'anna@example.org' }] };
    const { rows } = await run([creates('anna', { goal })]);
    expect(rows[0]?.status).toBe('done');
    expect(rows[0]?.reason).toContain('Synapse does not show it yet');
  });

  it('gets no name by a request that would make it on Synapse alone: Glia waits for MAS to pass it on', async () => {
    passedOnLate(5);
    const { rows } = await run([creates('anna', { goal: { displayname: 'Anna A.' } })]);
    expect(rows[0]).toMatchObject({ status: 'done' });
    expect(model.state.users.get(id('anna'))?.displayname).toBe('Anna A.');
  });

  it('has failed where MAS has not passed it on in time, and is completed by a retry', async () => {
    passedOnLate(10);
    const { rows, sent, job } = await run([creates('anna', { goal: { displayname: 'Anna A.' } })]);
    expect(rows[0]?.status).toBe('failed');
    expect(rows[0]?.reason).toContain('The display name was not set. Synapse does not know the account yet');
    expect(sent).toEqual(['POST /api/admin/v1/users']);
    job.retryFailed();
    await whenOver(job);
    expect(job.row(0).status).toBe('done');
    expect(model.log.writes().filter(({ path }) => path.endsWith('/admin/v1/users'))).toHaveLength(1);
  });

  it.each([
    ['holder', 'MAS refused: User already exists (409)'],
    ['_odd', 'MAS refused: Username is not valid (400)'],
    ['bridge_1', 'MAS refused: Username is reserved by the homeserver (409)'],
  ])('is refused in MAS’s own words (%s), and nothing else is sent', async (name, reason) => {
    addUser(model, 'holder');
    mas.state.addUser({ ...inMasRow(), username: 'holder' });
    model.state.users.delete(id('holder'));
    model.state.config.exclusive_users.push(/^@bridge_/);
    const { rows, sent } = await run([creates(name, { goal: WHOLE, password: 'made' })]);
    expect(rows[0]).toMatchObject({ status: 'failed', reason });
    expect(sent).toHaveLength(1);
  });

  it('stays without what MAS refuses, which is said; the rest is set', async () => {
    const items = [creates('anna', { goal: { admin: true }, password: 'given' })];
    const { rows } = await run(items, new Map([[id('anna'), 'password1']]));
    expect(rows[0]?.status).toBe('failed');
    expect(rows[0]?.reason).toContain('ATTENTION: The password was not set. MAS refused: Password is too weak (400)');
    expect(inMas('anna')).toMatchObject({ admin: true, password: null });
  });

  it('gets a weak password where the admin said so', async () => {
    const items = [creates('anna', { password: 'given', weak: true })];
    const { rows } = await run(items, new Map([[id('anna'), 'password1']]));
    expect(rows[0]?.status).toBe('done');
    expect(inMas('anna')?.password).toBe('password1');
  });

  it('gets nothing twice where an answer was lost: an address that it has by then is no refusal', async () => {
    faultOnce(/^POST .*\/user-emails/, 'reset-after');
    const { rows, sent } = await run([creates('anna', { goal: WHOLE, password: 'given' })], given('anna'));
    expect(rows[0]?.status).toBe('done');
    expect(rows[0]?.reason).toContain('Anna@example.org is added.');
    expect(emailsOf('anna')).toHaveLength(1);
    expect(sent.filter((one) => one === 'POST /api/admin/v1/users')).toHaveLength(1);
  });

  it('is not called done where the answer to its password was lost, before that was sent again', async () => {
    faultOnce(/^POST .*\/set-password/, '500');
    const { rows, sent } = await run([creates('anna', { password: 'given' })], given('anna'));
    expect(rows[0]?.status).toBe('done');
    expect(sent.filter((one) => one.endsWith('/set-password'))).toHaveLength(2);
    expect(inMas('anna')?.password).toBe('correct horse battery');
  });

  it('that nobody may claim, since the answer to its creation was lost, is left alone', async () => {
    faultOnce(/^POST .*\/admin\/v1\/users$/, 'reset-after');
    const { rows, sent } = await run([creates('anna', { goal: WHOLE, password: 'given' })], given('anna'));
    expect(rows[0]?.status).toBe('skipped');
    expect(rows[0]?.reason).toContain('Nothing else was set');
    expect(sent).toEqual(['POST /api/admin/v1/users']);
    expect(inMas('anna')).toMatchObject({ admin: false, password: null });
  });

  it('is kept in the short form with what MAS is asked to overlook', () => {
    const items = [creates('anna', { password: 'given', weak: true, rooms: ['#lobby:x'], line: 2 })];
    const kept = asKept(accountsJob({ kind: 'import-users', items }, groundOf(model), null));
    expect(kept.items.map((one) => unpackItem(one, model.serverName))).toEqual(items);
  });
});

const inMasRow = () => ({
  id: mas.newId(),
  username: '',
  created_at: mas.now(),
  locked_at: null,
  deactivated_at: null,
  admin: false,
  legacy_guest: false,
  password: null,
});
