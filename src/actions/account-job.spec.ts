import { describe, expect, it, vi } from 'vitest';
import { whenOver } from '~/jobs/phase';
import { createJob } from '~/jobs/runner';
import { reportFile } from '~/jobs/report';
import { addUser, passwordHash } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { groundOf } from '~/testing/actions';
import { asKept, describedBy, Hurry, Notebook } from '~/testing/engine';
import { inWords } from '~/testing/in-words';
import { modelForEach, reaching } from '~/testing/model-for-each';
import { signInTo } from '~/testing/signed-in';
import { accountsJob, unpackItem, type AccountItem } from './account-job';
import { AccountSecrets, passwordsOf } from './account-passwords';

let model: MockHomeserver;
modelForEach((made) => {
  model = made;
});

const id = (name: string) => `@${name}:${model.serverName}`;
const user = (name: string) => model.state.users.get(id(name));

const creates = (name: string, over: Partial<AccountItem> = {}): AccountItem => ({
  op: 'create',
  id: id(name),
  goal: { displayname: 'Anna A.' },
  planned: null,
  identity: null,
  ...over,
});
const changes = (name: string, over: Partial<AccountItem> = {}): AccountItem => ({
  op: 'update',
  id: id(name),
  goal: { displayname: 'Anna A.' },
  planned: { displayname: name },
  identity: user(name)?.creation_ts ?? null,
  ...over,
});

/** Somebody else is quicker, by less than a request. */
function justBeforeThePut(change: () => unknown): void {
  model.faults.next({
    match({ method }) {
      if (method === 'PUT') change();
      return false;
    },
    answer: '403',
  });
}

async function run(items: readonly AccountItem[], secrets = new AccountSecrets()) {
  const ground = groundOf(model);
  const spec = accountsJob(
    { kind: 'import-users', items },
    ground,
    passwordsOf(ground, secrets, () => undefined),
  );
  const journal = new Notebook();
  const job = createJob(spec, new Hurry(), { journal });
  model.log.clear();
  // The admin saw the failures and resumes.
  job.subscribe(() => {
    if (job.getSnapshot().state.phase === 'paused') job.resume();
  });
  job.start();
  await whenOver(job);
  const rows = inWords(job.indexes([]).map((index) => job.row(index)));
  return { job, spec, journal, secrets, rows, puts: model.log.writes().map(({ body }) => body) };
}

describe('an account that is made', () => {
  it('has exactly what was planned, by the homeserver’s own answer', async () => {
    const goal = {
      displayname: 'Anna A.',
      admin: true,
      user_type: 'bot',
      threepids: [{ medium: 'email', address: 'anna@example.org' }],
      external_ids: [{ auth_provider: 'oidc-keycloak', external_id: '1001' }],
    };
    const { rows, puts } = await run([creates('anna', { goal })]);
    expect(rows[0]?.status).toBe('done');
    expect(puts).toEqual([goal]);
    expect(user('anna')).toMatchObject({ admin: true, user_type: 'bot', external_ids: goal.external_ids });
  });

  it('is known as made where its given password is an ordinary word, such as its own name', async () => {
    for (const [name, password] of [
      ['test', 'test'],
      ['bea', 'name'],
    ] as const) {
      const secrets = new AccountSecrets(new Map([[id(name), password]]));
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { rows, puts } = await run([creates(name, { password: 'given' })], secrets);
      expect(rows[0]).toMatchObject({ status: 'done', reason: 'Created as planned.' });
      expect(puts).toHaveLength(1);
    }
  });

  it('is left alone where someone made it since the plan: nothing is sent', async () => {
    const { password_hash } = addUser(model, { localpart: 'anna', password: 'theirs-only-theirs' });
    const { rows, puts } = await run([creates('anna', { password: 'made' })]);
    expect(rows[0]).toMatchObject({ status: 'skipped' });
    expect(puts).toEqual([]);
    expect(user('anna')?.password_hash).toBe(password_hash);
  });

  it.each(['502-html', '404-traefik', '404-html', '500', 'portal'] as const)(
    'is not made where the look-up fails (%s): a proxy’s word is no “does not exist”',
    async (answer) => {
      addUser(model, 'anna');
      model.faults.next({ match: /^GET .*\/v2\/users\//, answer, times: 100 });
      const { rows, puts } = await run([creates('anna')]);
      expect(rows[0]?.status).not.toBe('done');
      expect(puts).toEqual([]);
    },
  );

  it('that turns out to exist when the request comes (200) has failed, loudly', async () => {
    justBeforeThePut(() => addUser(model, 'anna'));
    const { rows } = await run([creates('anna')]);
    expect(rows[0]?.status).toBe('failed');
    expect(rows[0]?.reason).toContain('ATTENTION');
  });

  it('gets no address and no external ID that another account has', async () => {
    addUser(model, {
      localpart: 'ben',
      threepids: [{ medium: 'email', address: 'b@example.org', validated_at: 1, added_at: 1 }],
      external_ids: [{ auth_provider: 'oidc-keycloak', external_id: '7' }],
    });
    const { rows, puts } = await run([
      creates('anna', { goal: { threepids: [{ medium: 'email', address: 'b@example.org' }] } }),
      creates('cleo', { goal: { external_ids: [{ auth_provider: 'oidc-keycloak', external_id: '7' }] } }),
    ]);
    expect(rows.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(rows[0]?.reason).toContain(id('ben'));
    expect(puts).toEqual([]);
  });

  it('is locked by a second request where that was planned, since the first one ignores it', async () => {
    const { rows, puts } = await run([creates('anna', { goal: { locked: true } })]);
    expect(rows[0]?.status).toBe('done');
    expect(puts).toEqual([{}, { locked: true }]);
    expect(user('anna')?.locked).toBe(true);
  });

  it('that got no answer is found again and not made twice', async () => {
    model.faults.next({ match: /^PUT/, answer: '504-after' });
    const { rows, puts } = await run([creates('anna')]);
    expect(puts).toHaveLength(1);
    expect(rows[0]).toMatchObject({ status: 'skipped' });
    expect(rows[0]?.reason).toContain('by a request of this job that got no answer, or by someone else');
  });

  it('is never sent behind MAS, which makes the accounts', async () => {
    model = new MockHomeserver({ mas: true });
    signInTo(model);
    vi.stubGlobal('fetch', reaching(model));
    const { rows, puts } = await run([creates('anna')]);
    expect(rows[0]).toMatchObject({ status: 'failed' });
    expect(rows[0]?.reason).toContain('MAS');
    expect(puts).toEqual([]);
  });
});

describe('the password of an account that is made', () => {
  it('is in the request and is handed out once, and stands in no journal, report or column', async () => {
    const { job, journal, secrets, puts, spec } = await run([creates('anna', { password: 'made' })]);
    const [held] = [...secrets.heldOf(job)];
    expect(held).toMatchObject({ id: id('anna'), isSure: true });
    const password = held?.value ?? '';
    expect(user('anna')?.password_hash).toBe(passwordHash(password));
    expect(puts).toEqual([{ displayname: 'Anna A.', password }]);
    const report = await (await reportFile(job, 'json')).text();
    for (const text of [JSON.stringify(journal.entries), report, JSON.stringify(asKept(spec))]) {
      expect(text).not.toContain(password);
    }
    secrets.forget(id('anna'));
    expect([...secrets.heldOf(job)]).toEqual([]);
  });

  it('that was given is set and not handed out; without its page nothing is sent', async () => {
    const given = new Map([[id('anna'), 'from-the-file-1']]);
    const { rows, job, secrets } = await run(
      [creates('anna', { password: 'given' }), creates('ben', { password: 'given' })],
      new AccountSecrets(given),
    );
    expect(rows.map(({ status }) => status)).toEqual(['done', 'skipped']);
    expect(user('anna')?.password_hash).toBe(passwordHash('from-the-file-1'));
    expect(user('ben')).toBeUndefined();
    expect([...secrets.heldOf(job)]).toEqual([]);
  });

  it('is handed out too where the account exists and lacks its external ID', async () => {
    justBeforeThePut(() =>
      addUser(model, { localpart: 'ben', external_ids: [{ auth_provider: 'oidc-keycloak', external_id: '7' }] }),
    );
    const goal = { external_ids: [{ auth_provider: 'oidc-keycloak', external_id: '7' }] };
    const { rows, job, secrets } = await run([creates('anna', { goal, password: 'made' })]);
    expect(rows[0]).toMatchObject({ status: 'failed' });
    expect(rows[0]?.reason).toContain('External id is already in use');
    expect([...secrets.heldOf(job)].map(({ id: of }) => of)).toEqual([id('anna')]);
  });
});

describe('an account that is changed', () => {
  it('gets one PUT with only the fields that change', async () => {
    addUser(model, { localpart: 'anna', user_type: 'bot' });
    const { rows, puts } = await run([
      changes('anna', {
        goal: { displayname: 'Anna A.', admin: true },
        planned: { displayname: 'anna', admin: false },
      }),
    ]);
    expect(rows[0]?.status).toBe('done');
    expect(puts).toEqual([{ displayname: 'Anna A.', admin: true }]);
    expect(user('anna')).toMatchObject({ displayname: 'Anna A.', admin: true, user_type: 'bot' });
  });

  it('is skipped where it changed since the plan, or is gone, or is another one of the same name', async () => {
    addUser(model, { localpart: 'anna', displayname: 'Somebody else' });
    addUser(model, 'ben');
    const { rows, puts } = await run([changes('anna'), changes('nobody'), changes('ben', { identity: 1 })]);
    expect(rows.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'skipped']);
    expect(puts).toEqual([]);
  });

  it('that is made by the request (201) has failed, loudly', async () => {
    addUser(model, 'anna');
    justBeforeThePut(() => model.state.users.delete(id('anna')));
    const { rows } = await run([changes('anna')]);
    expect(rows[0]?.status).toBe('failed');
    expect(rows[0]?.reason).toContain('ATTENTION');
  });

  it('whose display name was written before the limit (429) is sent again, so that its rooms show the name', async () => {
    const anna = addUser(model, 'anna');
    // The ten that a user has at once.
    for (let spent = 0; spent < 10; spent += 1) model.spend(`message ${anna.name}`, 0.2, 10, '@nobody');
    let requests = 0;
    justBeforeThePut(() => {
      requests += 1;
      const admin = model.state.users.get(model.adminId);
      if (requests === 2 && admin) admin.ratelimit = { messages_per_second: 0, burst_count: 0 };
    });
    const { rows, puts } = await run([
      changes('anna', {
        goal: { displayname: 'Anna A.', admin: true },
        planned: { displayname: 'anna', admin: false },
      }),
    ]);
    expect(puts).toHaveLength(2);
    expect(rows[0]?.status).toBe('done');
    expect(anna).toMatchObject({ displayname: 'Anna A.', admin: true });
  });
});

it('keeps 100,000 items in a short form, and reads them back as they were', () => {
  const items: AccountItem[] = [
    creates('anna', { password: 'made', rooms: ['#lobby:x'], line: 2 }),
    changes('ben', { planned: { displayname: null }, identity: 5, line: 3 }),
    { ...creates('x'), id: '@far:elsewhere.example' },
    { ...creates('x'), id: `@@odd:${model.serverName}` },
  ];
  const spec = accountsJob({ kind: 'import-users', items }, groundOf(model), null);
  const kept = asKept(spec);
  const back = kept.items.map((item) => unpackItem(item, model.serverName));
  expect(back).toEqual(items);
  expect(JSON.stringify(kept.items[0])).toBe(
    '["@anna:demo.example",[{"displayname":"Anna A."}],{"p":"made","r":["#lobby:x"],"l":2}]',
  );
  // As jobs were kept before: without the server’s name.
  expect(unpackItem(['anna', [{}]], model.serverName).id).toBe('@anna:demo.example');
  const again = accountsJob({ kind: 'import-users', items: back }, groundOf(model), null);
  expect(describedBy(again as never)).toEqual(describedBy(spec as never));
});
