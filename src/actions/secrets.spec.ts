import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verdictOf, type ActionItem } from '~/actions/plan';
import { send } from '~/api/ask';
import { whenOver } from '~/jobs/phase';
import { reportFile } from '~/jobs/report';
import { createJob } from '~/jobs/runner';
import { addUser, passwordHash } from '~/mocks/build';
import type { FaultKind } from '~/mocks/faults';
import { MockHomeserver } from '~/mocks/homeserver';
import { groundOf } from '~/testing/actions';
import { Hurry, Notebook } from '~/testing/engine';
import { leavePage, signInTo } from '~/testing/signed-in';
import { actionJob } from './job';
import { Secrets } from './secrets';
import { resetUserPassword as action } from './user/reset-password';
import { inWords } from '~/testing/in-words';

/** Passwords are made in the page, sent, handed out once, and are nowhere else. */

let model: MockHomeserver;
const makesOne = action.secret;
if (!makesOne) throw new Error('It makes no password.');
const secret = makesOne;

beforeEach(() => {
  model = new MockHomeserver();
  signInTo(model);
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
});
afterEach(() => {
  leavePage();
  vi.unstubAllGlobals();
});

const ground = () => groundOf(model);

async function planned(ids: readonly string[]): Promise<ActionItem[]> {
  const items: ActionItem[] = [];
  for (const id of ids) {
    const seen = await send(ground().homeserver(), action.look(id, ground().server()));
    const found = verdictOf(action, id, seen, { logout_devices: true }, model.adminId);
    if (found.verdict === 'will') items.push(found.item);
  }
  return items;
}

/** Resets their passwords. */
async function reset(ids: readonly string[], secrets = new Secrets(secret)) {
  const spec = actionJob(action, { items: await planned(ids), input: { logout_devices: true } }, ground(), secrets);
  const journal = new Notebook();
  const job = createJob(spec, new Hurry(), { journal });
  model.log.clear();
  job.start();
  await whenOver(job);
  const sent = model.log.writes().map(({ body }) => (body as { new_password: string }).new_password);
  return { spec, job, journal, secrets, sent };
}

const hashOf = (id: string) => model.state.users.get(id)?.password_hash;

describe('a password that is made for a user', () => {
  it('is the one that the homeserver then has, another one for each user, and handed out once', async () => {
    const ids = ['anna', 'ben'].map((name) => addUser(model, name).name);
    const { job, secrets } = await reset(ids);
    const held = [...secrets.heldOf(job)];
    expect(held.map(({ id, isSure }) => [id, isSure])).toEqual(ids.map((id) => [id, true]));
    expect(new Set(held.map(({ value }) => value)).size).toBe(2);
    for (const { id, value } of held) expect(hashOf(id)).toBe(passwordHash(value));
    for (const { id } of held) secrets.forget(id);
    expect([...secrets.heldOf(job)]).toEqual([]);
  });

  it.each<FaultKind>(['429', '502-html', 'reset-after', '504-after'])(
    'is the same for each try: %s in the place of an answer',
    async (answer) => {
      const { name } = addUser(model, 'anna');
      model.faults.next({ match: /^POST/, answer });
      const { job, secrets, sent } = await reset([name]);
      expect([sent.length, new Set(sent).size, job.row(0).status]).toEqual([2, 1, 'done']);
      expect([...secrets.heldOf(job)]).toEqual([{ id: name, value: sent[0], isSure: true }]);
    },
  );

  it('is handed out as a doubtful one where no answer came, and not at all where the homeserver refused', async () => {
    const { name: lost } = addUser(model, 'lost-anna');
    const { name: refused } = addUser(model, 'fail-403-ben');
    const { job, secrets, sent } = await reset([lost]);
    expect(job.row(0).status).toBe('unknown');
    expect([...secrets.heldOf(job)]).toEqual([{ id: lost, value: sent[0], isSure: false }]);
    const other = await reset([refused]);
    expect(other.job.row(0).status).toBe('failed');
    expect([...other.secrets.heldOf(other.job)]).toEqual([]);
  });

  it('keeps what the homeserver asks of passwords: read once, and nothing is asked where that can’t be read', async () => {
    model.state.config.password_policy = { 'm.minimum_length': 40 };
    const ids = ['anna', 'ben'].map((name) => addUser(model, name).name);
    const { sent } = await reset(ids);
    expect(sent.map((one) => one.length >= 40)).toEqual([true, true]);
    expect(model.log.count('GET', /password_policy/)).toBe(1);
    for (const answer of ['404-traefik', '403', '500', 'portal', 'odd'] as const) {
      model.faults.next({ match: /password_policy/, answer });
      const { name } = addUser(model, `user-${answer}`);
      const { job } = await reset([name]);
      expect(job.row(0).status).toBe('done');
    }
  });

  it('is in no row, journal, report or script, also where something echoes the request', async () => {
    const { name } = addUser(model, 'anna');
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (init.method !== 'POST') return model.handle(new Request(url, init));
      await model.handle(new Request(url, init));
      return new Response(`<h1>Debug</h1><pre>${await new Request(url, init).text()}</pre>`, { status: 500 });
    });
    const { spec, job, journal, sent } = await reset([name]);
    const [password = ''] = sent;
    expect(password.length).toBeGreaterThan(20);
    expect(inWords(job.row(0))).toMatchObject({ status: 'unknown', reason: expect.stringContaining('[password]') });
    const report = await Promise.all((['csv', 'json'] as const).map(async (as) => (await reportFile(job, as)).text()));
    const kept = JSON.stringify([
      job.row(0),
      journal.entries,
      spec.keep?.plan,
      spec.items.map(spec.keep?.pack ?? String),
    ]);
    const written = [...report, kept, JSON.stringify(job.getSnapshot())].join('\n');
    expect(written).toContain(name);
    expect(written).not.toContain(password);
    expect(written).not.toContain(password.slice(0, 11));
    expect(action.script).toHaveProperty('never');
  });

  it('is taken out of the homeserver’s own words too, where an admin typed a short one', async () => {
    const { name } = addUser(model, 'anna');
    const secrets = new Secrets(secret, { id: name, value: 'hunter22' });
    vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
      init.method === 'POST'
        ? Promise.resolve(Response.json({ errcode: 'M_WEAK', error: 'hunter22 is too weak' }, { status: 400 }))
        : model.handle(new Request(url, init)),
    );
    const { job } = await reset([name], secrets);
    expect(inWords(job.row(0))).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('[password] is too weak'),
    });
  });

  it('is not made any more when whoever began the job has signed out', async () => {
    const { name } = addUser(model, 'anna');
    const secrets = new Secrets(secret);
    secrets.close();
    const { job, sent } = await reset([name], secrets);
    expect([job.row(0).status, sent]).toEqual(['skipped', []]);
  });
});
