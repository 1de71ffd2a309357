import type { AnyAction, LookAt } from '~/actions/action';
import { partsOf } from '~/actions/member/member';
import { afterMoreLooks } from '~/actions/more-looks';
import { verdictOf, verdictOfError, type ActionItem, type Verdict } from '~/actions/plan';
import { changedByStep } from '~/actions/playbook-undo';
import { stateOf } from '~/actions/reading';
import { actionFor } from '~/actions/under-mas';
import { changedBy, undoVerdict, unlessUndone, type Changed } from '~/actions/undo';
import { HomeserverError } from '~/api/errors';
import { send } from '~/api/ask';
import type { UsersQuery } from '~/api/users';
import type { Job, JobSnapshot, Json, Outcome } from '~/jobs/job';
import { readRows } from '~/jobs/row-slices';
import { asServer } from './action-jobs';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from './jobs';
import { findRooms, type RoomTargets } from './list-rooms';
import { listMatching } from './list-users';
import { newerChanges, type NewerJob } from './newer-changes';
import type { Making } from './plan-draft';
import type { Session } from '~/data/session';
import { sentences, withValues, type Text } from '~/lib/text';
import { wordsOfError } from '~/lib/words';

/** Plans of actions for many items, and of their undo. Making one only reads. */

const READ_EACH = /*i18n*/ { id: 'plan.read-each', message: 'Read each of them' };
const READ_CHANGED = /*i18n*/ { id: 'plan.read-changed', message: 'Read what the job changed' };
const NOT_CHANGED = /*i18n*/ { id: 'plan.not-changed', message: 'The job did not change it.' };
const UNLESS_CHOSEN = /*i18n*/ { id: 'plan.unless-chosen', message: 'It is left alone unless you choose otherwise.' };
const NOT_READ = /*i18n*/ { id: 'plan.not-read', message: 'It could not be read: {reason}' } as const;

/** What is to be changed. A filter means all that match it. */
export type Targets = { ids: readonly string[] } | { filter: UsersQuery; total: number } | { rooms: RoomTargets };

export interface ActionPlanned {
  /** One an item, in the order of the choice; those that can't be changed first. */
  readonly verdicts: readonly Verdict[];
  readonly items: readonly ActionItem[];
  readonly input: Json;
  /** What the admin should know of how it was made. */
  readonly notes: readonly Text[];
  /** Epoch ms. */
  readonly at: number;
}

const RANK = { cannot: 0, will: 1, nothing: 2 } as const;

export const idOf = (verdict: Verdict): string => (verdict.verdict === 'will' ? verdict.item.id : verdict.id);

function plannedOf(verdicts: readonly Verdict[], input: Json, notes: readonly Text[]): ActionPlanned {
  const items = verdicts.flatMap((one) => (one.verdict === 'will' ? [one.item] : []));
  const sorted = verdicts.toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict]);
  return { verdicts: sorted, items, input, notes, at: Date.now() };
}

/** Looks at each of them. */
export function planAction(
  given: AnyAction,
  targets: Targets,
  input: Json,
  session: Session,
  making: Making<ActionPlanned>,
): void {
  // The same for all items: what an action reads once for a plan is kept by it.
  const server = asServer(session);
  const action = actionFor(given, server);
  const lookAtAll = (ids: readonly string[], notes: readonly Text[], lost: readonly Verdict[] = []) =>
    lookAt(action, ids, session, making, {
      title: READ_EACH,
      judge: (id, seen, look) =>
        afterMoreLooks(action, verdictOf(action, id, seen, input, session.userId), {
          seen,
          input,
          look,
          server,
        }),
      finish: (verdicts) => making.finish(plannedOf([...lost, ...verdicts], input, notes)),
    });
  if ('ids' in targets) lookAtAll(myselfLast(action, [...new Set(targets.ids)], session.userId), []);
  else if ('rooms' in targets) {
    findRooms(session, targets.rooms, making, ({ ids, notes, lost }) =>
      lookAtAll(
        ids,
        notes,
        lost.map(({ id, reason }) => ({ verdict: 'cannot', id, now: null, reason })),
      ),
    );
  } else listMatching(session, targets.filter, making, ({ ids, notes }) => lookAtAll(ids, notes));
}

/** Whoever has left a room can’t remove anybody else from it: one’s own membership comes last. */
function myselfLast({ entity }: AnyAction, ids: readonly string[], me: string): readonly string[] {
  const isMine = (id: string) => entity === 'member' && partsOf(id).userId === me;
  return [...ids.filter((id) => !isMine(id)), ...ids.filter(isMine)];
}

/** What a job changed, by its ledger, and how it is now. */
export interface UndoPlanned extends ActionPlanned {
  /** Rows of the job that changed nothing. */
  readonly untouched: number;
  /** Changed by the job or by someone else: in the plan only where they are chosen. */
  readonly doubtful: number;
  /** Later jobs that changed some of the items again, newest first: they are undone before this one. */
  readonly newer: readonly NewerJob[];
}

/** One step of a job of a playbook. */
export interface StepOf {
  readonly of: Job;
  readonly step: string;
}

/**
 * @param from what is undone: a job of the action, or a step that carried it out
 * @param takesDoubtful whether what the job or someone else changed is put back too
 */
export async function planActionUndo(
  action: AnyAction,
  from: Job | StepOf,
  takesDoubtful: boolean,
  session: Session,
  making: Making<UndoPlanned>,
): Promise<void> {
  const { of: job, step } = 'of' in from ? from : { of: from, step: null };
  const changes = new Map<string, Changed>();
  let untouched = 0;
  await readRows(
    job,
    (row) => {
      const changed = step === null ? [changedBy(row)].filter((one) => one !== null) : changedByStep(row, step);
      for (const one of changed) changes.set(one.id, one);
      if (changed.length === 0) untouched += 1;
    },
    making.signal,
  );
  if (making.signal.aborted) return;
  const source = job.getSnapshot();
  planUndoOf(action, { changes: [...changes.values()], untouched, notes: [], takesDoubtful, source }, session, making);
}

/** What was changed, by a ledger or by a file. */
interface Known {
  changes: readonly Changed[];
  untouched: number;
  notes: readonly Text[];
  takesDoubtful: boolean;
  /** The job; missing where only a file names it. */
  source?: JobSnapshot;
}

/** What of it can be put back, as each item is now. */
export function planUndoOf(
  given: AnyAction,
  { changes: known, untouched, notes, takesDoubtful, source }: Known,
  session: Session,
  making: Making<UndoPlanned>,
): void {
  const changes = new Map(known.map((one) => [one.id, one]));
  const server = asServer(session);
  const action = actionFor(given, server);
  // Where MAS signs users in, what is put back in Synapse may have no effect: the admin reads that before confirming.
  const all = server.mas ? [...notes, ...(action.afterwards?.(server) ?? [])] : notes;
  lookAt(action, [...changes.keys()], session, making, {
    title: READ_CHANGED,
    async judge(id, seen, look) {
      const changed = changes.get(id);
      if (!changed) return { verdict: 'cannot', id, now: null, reason: NOT_CHANGED };
      const undoing = { seen, input: null, look, server, isUndo: true } as const;
      const found = await afterMoreLooks(action, undoVerdict(action, changed, seen, session.userId), undoing);
      return found.verdict === 'will' && changed.doubtful && !takesDoubtful
        ? {
            verdict: 'cannot',
            id,
            now: stateOf(action, seen),
            reason: sentences(found.reason, UNLESS_CHOSEN),
          }
        : found;
    },
    finish(verdicts) {
      const doubtful = [...changes.values()].filter((one) => one.doubtful).length;
      const end = (newer: ReadonlyMap<string, NewerJob>) =>
        making.finish({
          ...plannedOf(
            verdicts.map((one) => withNewer(action, one, newer)),
            null,
            all,
          ),
          untouched,
          doubtful,
          newer: [...new Map([...newer.values()].map((one) => [one.id, one])).values()],
        });
      const since = new Map<string, Json>();
      for (const one of verdicts) if (one.verdict === 'cannot' && one.changedSince) since.set(one.id, one.now);
      if (!source || since.size === 0) return end(new Map());
      newerChanges(action, source, since, making.signal)
        .then(end)
        .catch((error: unknown) => making.fail(wordsOfError(error)));
    },
  });
}

/** Where a newer job changed an item since, that job has to be undone first. */
function withNewer(action: AnyAction, one: Verdict, newer: ReadonlyMap<string, NewerJob>): Verdict {
  const job = one.verdict === 'cannot' ? newer.get(one.id) : undefined;
  return one.verdict === 'cannot' && job ? { ...one, reason: unlessUndone(action, one.now, job.title) } : one;
}

interface Looks {
  title: Text;
  judge(id: string, seen: unknown, look: LookAt): Verdict | Promise<Verdict>;
  finish(verdicts: readonly Verdict[]): void;
}

function lookAt(
  action: AnyAction,
  ids: readonly string[],
  session: Session,
  making: Pick<Making<never>, 'read'>,
  { title, judge, finish }: Looks,
): void {
  const owner = ownerOf(session);
  const server = asServer(session);
  const found = new Map<string, Verdict>();
  if (ids.length === 0) return finish([]);
  const job = startScan<string>({
    kind: 'scan',
    title,
    owner,
    items: ids,
    describe: (id) => ({ id, columns: {} }),
    async run(id, { signal }): Promise<Outcome> {
      try {
        const look: LookAt = (one) => send(homeserverFor(owner), one, signal);
        found.set(id, await judge(id, await look(action.look(id, server)), look));
        return { status: 'done' };
      } catch (error) {
        if (!isItsWord(error)) throw error;
        const verdict = verdictOfError(id, error, action.gone);
        found.set(id, verdict);
        return { status: 'skipped', reason: verdict.reason };
      }
    },
    classify: classifyHomeserverError,
    // What could not be read may be read again.
    verify: () => Promise.resolve({ status: 'not-done' }),
    repeatable: true,
  });
  making.read(job, 'items', () => {
    for (const index of job.indexes(['failed', 'unknown'])) {
      const { id, reason } = job.row(index);
      found.set(id, { verdict: 'cannot', id, now: null, reason: withValues(NOT_READ, { reason }) });
    }
    finish(ids.flatMap((id) => found.get(id) ?? []));
  });
}

/** Whether the answer is about this item alone: it is gone, or belongs to another homeserver. */
const isItsWord = (error: unknown): boolean =>
  error instanceof HomeserverError && error.kind === 'matrix' && (error.notFound || error.status === 400);
