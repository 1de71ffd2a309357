import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { send } from '~/api/ask';
import { classifyHomeserverError, homeserverFor } from '~/job-store/jobs';
import { signOut } from '~/data/session';
import { BASE, runToTheEnd, signInTo } from '~/testing/signed-in';
import type { JobSpec, Json, LedgerRow } from '~/jobs/job';
import { asKept, describedBy } from '~/testing/engine';
import type { Fault } from '~/mocks/faults';
import { MockHomeserver } from '~/mocks/homeserver';
import { ACTION_WORLDS } from '~/testing/action-worlds';
import { actionOf, allActions } from './all';
import { actionJob, type Ground } from './job';
import { verdictOf, type ActionItem } from './plan';
import { reviveAction } from './revive';
import { changedBy, undoVerdict } from './undo';
import { wordsOf } from '~/lib/words';
import { inWords } from '~/testing/in-words';

/** What every action promises, tried out on each of them: a new one is covered by its world in `testing/action-worlds.ts`. */

let model: MockHomeserver;
const WRITES = /^(PUT|POST|DELETE)/;

beforeEach(() => {
  model = new MockHomeserver();
  signInTo(model);
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
});
afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
});

const ground = (): Ground => {
  const owner = { baseUrl: BASE, userId: model.adminId };
  const { serverName, version, mas } = model;
  return {
    owner,
    server: () => ({ serverName, version, mas }),
    homeserver: () => homeserverFor(owner),
    classify: classifyHomeserverError,
  };
};

const idOf = (spec: JobSpec<ActionItem>) => spec.items[0]?.id ?? '';

async function run(spec: JobSpec<ActionItem>, fault?: Omit<Fault, 'match'>): Promise<LedgerRow> {
  if (fault) model.faults.next({ ...fault, match: WRITES });
  const [row] = await runToTheEnd(model, spec, () => undefined);
  if (!row) throw new Error('The job has no row.');
  return row;
}

describe.each(allActions.map((action) => [action.kind, action] as const))('%s', (kind, action) => {
  const world = ACTION_WORLDS[kind];
  if (!world) throw new Error(`${kind} has no world in testing/action-worlds.ts.`);
  const input: Json = world.input ?? null;

  const seen = (id: string) => send(ground().homeserver(), action.look(id, ground().server()));
  const verdict = async (id: string) => verdictOf(action, id, await seen(id), input, model.adminId);

  async function planned(id = world?.make(model) ?? ''): Promise<JobSpec<ActionItem>> {
    const found = await verdict(id);
    if (found.verdict !== 'will') throw new Error(`The plan says: ${wordsOf(found.reason)}`);
    return actionJob(action, { items: [found.item], input }, ground());
  }
  it('the plan changes nothing, the run reaches its goal by one request, and says so', async () => {
    const spec = await planned();
    expect(model.log.writes()).toEqual([]);
    expect(world.isReached(model, idOf(spec))).toBe(false);
    const row = await run(spec);
    expect(row).toMatchObject({ status: 'done', before: { kept: 'action/1' } });
    expect(world.isReached(model, idOf(spec))).toBe(true);
    expect(model.log.writes()).toHaveLength(1);
  });

  it('what is so already is nothing to do, in the plan and just before the change', async () => {
    const spec = await planned();
    world.set(model, idOf(spec), true);
    expect(await verdict(idOf(spec))).toMatchObject({ verdict: 'nothing' });
    const { status, reason } = await run(spec);
    expect(inWords([status, reason])).toEqual(['skipped', expect.stringMatching(/^Already /)]);
    expect(model.log.writes()).toEqual([]);
  });

  it('what is gone since the plan is skipped, and nothing is sent', async () => {
    const spec = await planned();
    world.remove(model, idOf(spec));
    expect(inWords(await run(spec))).toMatchObject({
      status: 'skipped',
      reason: expect.stringContaining('does not exist'),
    });
    expect(model.log.writes()).toEqual([]);
  });

  it('a refusal fails with the server’s own reason, and changes nothing', async () => {
    const spec = await planned();
    const row = await run(spec, { answer: '403' });
    expect(inWords(row)).toMatchObject({ status: 'failed', reason: expect.stringContaining('M_FORBIDDEN') });
    expect(world.isReached(model, idOf(spec))).toBe(false);
  });

  it('a proxy’s 404 in the place of an answer is never a success, nor “gone”', async () => {
    const spec = await planned();
    let isRestarting = true;
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      if (!isRestarting || !WRITES.test(init.method ?? 'GET')) return model.handle(new Request(url, init));
      isRestarting = false;
      return Promise.resolve(new Response('404 page not found', { status: 404 }));
    });
    const { status, reason } = await run(spec);
    expect(isRestarting).toBe(false);
    expect(reason).not.toContain('does not exist');
    expect(status === 'done').toBe(world.isReached(model, idOf(spec)));
    expect(['done', 'unknown', 'waiting']).toContain(status);
  });

  it('nor is a portal’s own success, in the place of a look or of an answer to the change', async () => {
    const spec = await planned();
    model.faults.next({ match: /^GET/, answer: 'portal' });
    const unread = await run(spec);
    // One that is read again is done by its own request; one that is not was not changed.
    expect(unread.status === 'done').toBe(world.isReached(model, idOf(spec)));
    expect(unread.reason).not.toContain('Already');
    world.remove(model, idOf(spec));
    const other = await planned();
    const row = await run(other, { answer: 'portal' });
    expect(row.status === 'done').toBe(world.isReached(model, idOf(other)));
  });

  it('a busy homeserver and a lost token only delay it', async () => {
    for (const answer of ['429', '401'] as const) {
      const spec = await planned();
      expect(await run(spec, { answer })).toMatchObject({ status: 'done' });
      world.remove(model, idOf(spec));
    }
  });

  it('an answer that is lost never ends as a success: it may be anybody’s doing', async () => {
    const spec = await planned();
    const row = await run(spec, { answer: 'reset-after' });
    expect(world.isReached(model, idOf(spec))).toBe(true);
    expect(row.status).toBe('skipped');
    expect(inWords(row.reason)).toMatch(/or by someone else/);
    expect(model.log.writes()).toHaveLength(1);
    expect(changedBy(row)).toMatchObject({ doubtful: true });
  });

  it('an undo puts back what was there, and leaves alone what someone changed since', async () => {
    const spec = await planned();
    const id = idOf(spec);
    const changed = changedBy(await run(spec));
    if (!changed) throw new Error('The row tells nothing to undo.');
    expect(changed.doubtful).toBe(false);
    const undo = undoVerdict(action, changed, await seen(id), model.adminId);
    if (undo.verdict !== 'will') throw new Error(`The undo says: ${wordsOf(undo.reason)}`);
    const undoing = () =>
      actionJob(action, { items: [undo.item], input, undoes: { id: 'x', title: spec.title } }, ground());
    expect(inWords(undoing().title)).toBe(`Undo: ${wordsOf(spec.title)}`);
    expect(await run(undoing())).toMatchObject({ status: 'done' });
    expect(world.isReached(model, id)).toBe(false);

    expect(undoVerdict(action, changed, await seen(id), model.adminId)).toMatchObject({ verdict: 'nothing' });
    expect(await run(undoing())).toMatchObject({ status: 'skipped' });
    expect(model.log.writes()).toEqual([]);
  });

  it('comes back from disk as it was', async () => {
    const spec = await planned();
    const { plan, items } = asKept(spec);
    const back = reviveAction(kind, { plan, items }, ground());
    expect(describedBy(back as JobSpec<unknown>)).toEqual(describedBy(spec as JobSpec<unknown>));
    expect(actionOf(back.kind)).toBe(action);
    expect(await run(back)).toMatchObject({ status: 'done' });
  });
});

const refusing = allActions.flatMap((action) => {
  const { refused, input = null } = ACTION_WORLDS[action.kind] ?? {};
  return refused ? [{ action, refused, input }] : [];
});

it.each(refusing)('$action.kind: what it must not change is refused in the plan, with the reason', async (one) => {
  const id = one.refused(model);
  const seen = await send(ground().homeserver(), one.action.look(id, ground().server()));
  const found = verdictOf(one.action, id, seen, one.input, model.adminId);
  expect(inWords(found)).toMatchObject({ verdict: 'cannot', reason: expect.stringMatching(/\w/) });
});
