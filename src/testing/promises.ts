import { describe, expect, it, vi } from 'vitest';
import { send } from '~/api/ask';
import { groundOf, verdictFor } from '~/testing/actions';
import { modelForEach } from '~/testing/model-for-each';
import { runToTheEnd } from '~/testing/signed-in';
import type { JobSpec, Json, LedgerRow } from '~/jobs/job';
import { whenOver } from '~/jobs/phase';
import { wordsOf } from '~/lib/words';
import { createJob } from '~/jobs/runner';
import { asKept, describedBy, Hurry, Notebook } from '~/testing/engine';
import type { Fault } from '~/mocks/faults';
import type { MockHomeserver } from '~/mocks/homeserver';
import { LateLanding } from '~/mocks/late-landing';
import type { World } from '~/testing/action-worlds';
import { canUndo, undoWords, type AnyAction } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { actionJob } from '~/actions/job';
import { verdictOf, verdictOfError, type ActionItem } from '~/actions/plan';
import { reviveAction } from '~/actions/revive';
import { Secrets } from '~/actions/secrets';
import { actionFor } from '~/actions/under-mas';
import { changedBy, undoVerdict } from '~/actions/undo';
import { inWords } from '~/testing/in-words';

/**
 * What every action promises, tried out on each of them: a new one is covered by its world in `testing/action-worlds.ts`, and its
 * variant for MAS by the one in `testing/worlds/mas.ts`.
 */
export interface Promising {
  readonly actions: readonly AnyAction[];
  readonly worlds: Readonly<Record<string, World>>;
  /** The homeserver of each test. */
  make(): MockHomeserver;
  /** What stands in the words of a refusal. */
  readonly refusal: RegExp;
}

const WRITES = /^(PUT|POST|DELETE)/;
const DRIFT = /^Changed since the plan|a new one with the same name/;

const idOf = (spec: JobSpec<ActionItem>) => spec.items[0]?.id ?? '';

/** What someone else does to it leaves it as it was planned, or leads to the goal: that it has no third state is true. */
function expectTwoStates({ identity }: AnyAction, { items }: JobSpec<ActionItem>): void {
  expect(identity).toBeUndefined();
  expect(items.map(({ planned }) => Object.values(planned as object))).toEqual([[expect.any(Boolean)]]);
}

const named = (actions: readonly AnyAction[]) => actions.map((action) => [action.kind, action] as const);
/** What is gone is as it was to be; a plan finds nothing to look at, and says that. */
const leadsToNothing = ({ absent }: AnyAction) => absent !== undefined;
/** Of a row that may be this job's doing. What is gone stays so, and nothing is left to undo; a task that may be its is listed. */
const doubtful = (action: AnyAction): unknown =>
  leadsToNothing(action) && !action.tasks ? null : expect.objectContaining({ doubtful: true });
/** What it makes, is given or hands out lives in the page alone. */
const keepsSecret = ({ secret, hands }: AnyAction) => secret !== undefined || hands !== undefined;
/** Neither a look nor a task shows whether it was done. */
const isBlind = ({ unseen, tasks }: AnyAction) => unseen === true && !tasks;

export function keepPromises({ actions, worlds, make, refusal }: Promising): void {
  const allActions = actions.map((action) => actionFor(action, make()));
  let model: MockHomeserver;
  modelForEach((made) => (model = made), false, make);

  const ground = () => groundOf(model);

  async function run(spec: JobSpec<ActionItem>, fault?: Omit<Fault, 'match'>): Promise<LedgerRow> {
    if (fault) model.faults.next({ ...fault, match: WRITES });
    const [row] = await runToTheEnd(model, spec, () => undefined);
    if (!row) throw new Error('The job has no row.');
    return row;
  }

  /** Something else answers the first change. */
  function answerOnce(answer: () => Response): void {
    let isAnswered = false;
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      if (isAnswered || !WRITES.test(init.method ?? 'GET')) return model.handle(new Request(url, init));
      isAnswered = true;
      return Promise.resolve(answer());
    });
  }

  /** One action where it is tried out. */
  function trying(action: AnyAction) {
    const { kind } = action;
    const world = worlds[kind];
    if (!world) throw new Error(`${kind} has no world in src/testing.`);
    const input: Json = world.input ?? null;
    const seen = (id: string) => send(ground().homeserver(), action.look(id, ground().server()));
    const verdict = (id: string) =>
      seen(id).then(
        (found) => verdictOf(action, id, found, input, model.adminId),
        (error: unknown) => verdictOfError(id, error),
      );
    async function planned(id = world?.make(model) ?? ''): Promise<JobSpec<ActionItem>> {
      const found = await verdictFor(model, action, id, input);
      if (found.verdict !== 'will') throw new Error(`The plan says: ${wordsOf(found.reason)}`);
      const typed = world?.secret && { id, value: world.secret(model, id) };
      const secrets = keepsSecret(action) ? new Secrets(action.secret, typed) : null;
      return actionJob(action, { items: [found.item], input }, ground(), secrets);
    }
    /** The job as the next page finds it on disk. */
    const revived = (spec: JobSpec<ActionItem>) => {
      return reviveAction(kind, asKept(spec), ground());
    };
    return { world, input, seen, verdict, planned, revived };
  }

  const shown = allActions.filter(({ unseen }) => !unseen);

  describe.each(named(allActions))('%s', (kind, action) => {
    const { world, planned, revived } = trying(action);

    it('the plan changes nothing, the run reaches its goal by one request, and says so', async () => {
      const spec = await planned();
      expect(model.log.writes()).toEqual([]);
      expect(world.isReached(model, idOf(spec))).toBe(false);
      const row = await run(spec);
      expect(row).toMatchObject({ status: 'done', before: { kept: 'action/1' } });
      expect(world.isReached(model, idOf(spec))).toBe(true);
      expect(model.log.writes()).toHaveLength(1);
    });

    it('what changed since the plan, or was made anew, is left alone', async () => {
      const spec = await planned();
      const { drift } = world;
      if (!drift) return expectTwoStates(action, spec);
      drift(model, idOf(spec));
      const { status, reason } = await run(spec);
      expect(inWords([status, reason])).toEqual(['skipped', expect.stringMatching(DRIFT)]);
      expect(model.log.writes()).toEqual([]);
    });

    it('what is gone since the plan is skipped, and nothing is sent, unless the homeserver would still change it', async () => {
      const spec = await planned();
      world.remove(model, idOf(spec));
      const why = leadsToNothing(action) ? 'Already ' : inWords(action.gone ?? 'does not exist');
      const { status, reason } = { status: 'skipped', reason: why, ...world.whenGone };
      expect(inWords(await run(spec))).toMatchObject({ status, reason: expect.stringContaining(reason) });
      expect(model.log.writes()).toHaveLength(status === 'done' ? 1 : 0);
    });

    it('a refusal fails with the server’s own reason, and changes nothing', async () => {
      const spec = await planned();
      const row = await run(spec, { answer: '403' });
      expect(inWords(row)).toMatchObject({ status: 'failed', reason: expect.stringMatching(refusal) });
      expect(world.isReached(model, idOf(spec))).toBe(false);
      expect(changedBy(row)).toBeNull();
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

    it('a busy homeserver and a lost token only delay it, also after the change itself was answered', async () => {
      for (const answer of ['429', '401'] as const) {
        // That is the answer to another token than the admin's.
        if (action.byIts && answer === '401') continue;
        for (const match of [WRITES, /^GET/]) {
          const spec = await planned();
          // Of the reads the first is the look before the change.
          model.faults.next({ match, answer, after: match === WRITES ? 0 : 1 });
          expect(await run(spec)).toMatchObject({ status: 'done' });
          expect(model.log.writes().filter(({ worked }) => (worked ?? 0) >= 200 && (worked ?? 0) < 300)).toHaveLength(
            1,
          );
          model.faults.clear();
          world.remove(model, idOf(spec));
        }
      }
    });

    it('without an answer it is unknown, whenever the homeserver carries it out', async () => {
      const spec = await planned();
      const late = new LateLanding(model, WRITES);
      vi.stubGlobal('fetch', late.fetch);
      const job = createJob(spec, new Hurry());
      job.start();
      await whenOver(job);
      expect([job.row(0).status, world.isReached(model, idOf(spec))]).toEqual(['unknown', false]);
      await late.land();
      expect(world.isReached(model, idOf(spec))).toBe(true);
      job.verifyUnknown();
      await whenOver(job);
      const row = job.row(0);
      expect(changedBy(row)).toEqual(doubtful(action));
      // What no look shows stays unknown.
      expect([row.status, job.getSnapshot().canVerify]).toEqual(
        isBlind(action) ? ['unknown', false] : ['skipped', true],
      );
      expect(wordsOf(row.reason).includes('or by someone else')).toBe(!isBlind(action));
    });

    it('where the page goes away between the look and the answer, it is unknown until a look tells', async () => {
      const spec = await planned();
      const notebook = new Notebook();
      vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
        WRITES.test(init.method ?? 'GET') ? new Promise(() => undefined) : model.handle(new Request(url, init)),
      );
      const job = createJob(spec, new Hurry(), { journal: notebook });
      job.start();
      await vi.waitFor(() => expect(notebook.entries.map(([what]) => what)).toContain('sent'));
      vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
      model.log.clear();
      const next = createJob(revived(spec), new Hurry(), { restored: notebook.restored(job) });
      expect([next.getSnapshot().state.phase, next.row(0).status]).toEqual(['paused', 'unknown']);
      next.resume();
      await whenOver(next);
      // It looks before it sends anything; what no look shows is not sent again.
      expect(model.log.entries[0]?.method ?? 'GET').toBe('GET');
      const ended = [next.row(0).status, world.isReached(model, idOf(spec)), model.log.writes().length];
      expect(ended).toEqual(isBlind(action) ? ['unknown', false, 0] : ['done', true, 1]);
    });

    it('comes back from disk as it was', async () => {
      const spec = await planned();
      const back = revived(spec);
      expect(describedBy(back as JobSpec<unknown>)).toEqual(describedBy(spec as JobSpec<unknown>));
      expect(actionFor(actionOf(back.kind) ?? action, model)).toBe(action);
      // What was made for it, such as a password, does not come back: nothing is sent.
      const row = await run(back);
      expect(row.status).toBe(keepsSecret(action) ? 'skipped' : 'done');
      expect(world.isReached(model, idOf(spec))).toBe(!keepsSecret(action));
      expect(kind).toBe(back.kind);
    });
  });

  describe.each(named(allActions.filter(canUndo)))('%s', (_kind, action) => {
    const { world, seen, planned } = trying(action);

    it('an undo puts back what was there, and leaves alone what someone changed since', async () => {
      const spec = await planned();
      const id = idOf(spec);
      const changed = changedBy(await run(spec));
      if (!changed) throw new Error('The row tells nothing to undo.');
      expect(changed.doubtful).toBe(false);
      const undo = undoVerdict(action, changed, await seen(id), model.adminId);
      if (undo.verdict !== 'will') throw new Error(`The undo says: ${wordsOf(undo.reason)}`);
      const undoing = () =>
        actionJob(action, { items: [undo.item], input: null, undoes: { id: 'x', title: spec.title } }, ground());
      expect(inWords(undoing().title)).toBe(`Undo: ${wordsOf(spec.title)}`);
      expect(await run(undoing())).toMatchObject({ status: 'done' });
      expect(world.isReached(model, id)).toBe(false);

      expect(undoVerdict(action, changed, await seen(id), model.adminId)).toMatchObject({ verdict: 'nothing' });
      expect(await run(undoing())).toMatchObject({ status: 'skipped' });
      expect(model.log.writes()).toEqual([]);
      world.set(model, id, true);
      world.drift?.(model, id);
      const outcome = world.drift ? 'cannot' : 'will';
      expect(undoVerdict(action, changed, await seen(id), model.adminId)).toMatchObject({ verdict: outcome });
    });
  });

  it.each(named(allActions.filter((action) => !canUndo(action))))(
    '%s: that it can’t be undone is said before',
    (_, one) => {
      expect(inWords(undoWords(one))).toMatch(/\w.*\.$/);
    },
  );

  describe.each(named(shown))('%s', (_kind, action) => {
    const { world, input, verdict, planned } = trying(action);

    it('nor is the homeserver’s own answer to the letter, where nothing has changed', async () => {
      const spec = await planned();
      const [item] = spec.items;
      const success =
        item &&
        action.write(item.id, item.goal, {
          server: ground().server(),
          input,
          now: item.planned,
          identity: item.identity,
        }).success;
      // Any other answer says how the item is now, or names it.
      if (!success || success === 'thing' || 'lists' in success) return;
      answerOnce(() => Response.json('exactly' in success ? success.exactly : { [success.has]: 'success' }));
      // One that was not answered by the homeserver is sent again, by the job or by whoever looks at it.
      expect(await run(spec)).toMatchObject({ status: 'done' });
      expect(world.isReached(model, idOf(spec))).toBe(true);
    });

    it('what is refused because it is so by then is skipped, and called nobody’s doing', async () => {
      const spec = await planned();
      answerOnce(() => {
        world.set(model, idOf(spec), true);
        return Response.json({ errcode: 'M_FORBIDDEN', error: 'It is so already' }, { status: 403 });
      });
      const { status, reason } = await run(spec);
      expect(inWords([status, reason])).toEqual(['skipped', expect.stringMatching(/or by someone else/)]);
    });

    it('what is so already is nothing to do, in the plan and just before the change', async () => {
      const spec = await planned();
      world.set(model, idOf(spec), true);
      expect(await verdict(idOf(spec))).toMatchObject({ verdict: leadsToNothing(action) ? 'cannot' : 'nothing' });
      const { status, reason } = await run(spec);
      expect(inWords([status, reason])).toEqual(['skipped', expect.stringMatching(/^Already /)]);
      expect(model.log.writes()).toEqual([]);
    });

    it('after a 429 that changed nothing, what someone else did since is theirs', async () => {
      // It may have changed something, and is sent again.
      if (action.writtenWhenBusy) return;
      const spec = await planned();
      const { handle } = model;
      vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
        const response = await handle.call(model, new Request(url, init));
        if (response.status === 429) world.set(model, idOf(spec), true);
        return response;
      });
      const row = await run(spec, { answer: '429' });
      expect(inWords([row.status, row.reason])).toEqual(['skipped', expect.stringMatching(/^Already /)]);
      expect(changedBy(row)).toBeNull();
    });

    it('an answered success stays a success of this job, though only a later look confirms it', async () => {
      // Where more requests follow, the first answer alone is no success.
      if (action.carryOut) return;
      const spec = await planned();
      let isAnswered = false;
      let isCutOff = true;
      vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
        if (isAnswered && isCutOff) throw new TypeError('Failed to fetch');
        const response = await model.handle(new Request(url, init));
        isAnswered ||= response.ok && WRITES.test(init.method ?? 'GET');
        return response;
      });
      const job = createJob(spec, new Hurry());
      job.start();
      await whenOver(job);
      const [item] = spec.items;
      const success =
        item &&
        action.write(item.id, item.goal, {
          server: ground().server(),
          input,
          now: item.planned,
          identity: item.identity,
        }).success;
      // Some answers say how the item is now, and need no look.
      const saysItself = success === 'thing' || (success !== undefined && 'lists' in success);
      expect(job.row(0).status).toBe(saysItself ? 'done' : 'unknown');
      isCutOff = false;
      job.verifyUnknown();
      await whenOver(job);
      expect(job.row(0).status).toBe('done');
      expect(model.log.writes()).toHaveLength(1);
    });

    it('an answer that is lost never ends as a success: it may be anybody’s doing', async () => {
      const spec = await planned();
      const row = await run(spec, { answer: 'reset-after' });
      expect(world.isReached(model, idOf(spec))).toBe(true);
      expect(row.status).toBe('skipped');
      expect(inWords(row.reason)).toMatch(/or by someone else/);
      expect(model.log.writes()).toHaveLength(1);
      expect(changedBy(row)).toEqual(doubtful(action));
    });
  });

  const refusing = allActions.flatMap((action) => {
    const { refused, input = null } = worlds[action.kind] ?? {};
    return refused ? [{ action, refused, input }] : [];
  });

  it.each(refusing)('$action.kind: what it must not change is refused in the plan, with the reason', async (one) => {
    const id = one.refused(model);
    const seen = await send(ground().homeserver(), one.action.look(id, ground().server()));
    const found = verdictOf(one.action, id, seen, one.input, model.adminId);
    expect(inWords(found)).toMatchObject({ verdict: 'cannot', reason: expect.stringMatching(/\w/) });
  });
}
