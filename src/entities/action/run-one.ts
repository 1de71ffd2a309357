import { msg, t } from '@lingui/core/macro';
import { canUndo, type AnyAction, type LookAt } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { afterMoreLooks } from '~/actions/more-looks';
import { changedBy, undoVerdict, unlessUndone } from '~/actions/undo';
import type { ActionItem } from '~/actions/plan';
import type { ActionPlan } from '~/actions/titles';
import { send } from '~/api/ask';
import { actionHere, asServer, startAction } from '~/job-store/action-jobs';
import { homeserverFor } from '~/job-store/jobs';
import { newerChanges } from '~/job-store/newer-changes';
import { nameOfOther } from '~/data/account-looks';
import { watchShown } from '~/data/account-memory';
import { sessionOf, type Session } from '~/data/session';
import type { ItemStatus, Job, JobSnapshot, Json } from '~/jobs/job';
import { whenResting } from '~/jobs/phase';
import { openAs } from '~/entities/session/open-as';
import { paths } from '~/lib/paths';
import { isolated } from '~/lib/shown-text';
import { sentences, type Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';
import { wordsOf } from '~/lib/words';
import { showToast, toasts } from '~/ui/toasts';

/** A job with one item, from a click. */

/** Runs to where nothing more happens by itself. Where the browser stores nothing, it does not stop to ask. */
async function untilRest(job: Job): Promise<JobSnapshot> {
  for (;;) {
    const snapshot = await whenResting(job);
    const { state, kept } = snapshot;
    const isUnkept = state.phase === 'paused' && state.why === 'unkept';
    if (!isUnkept || (kept?.ok === false && kept.stale)) return snapshot;
    job.resume();
  }
}

export interface OneResult {
  readonly job: Job;
  readonly status: ItemStatus;
  /** Why not, or how it is now. */
  readonly reason: Text;
  /** The browser stores nothing: the record ends with this tab. */
  readonly isUnkept: boolean;
  /** It is undone from the notice. */
  readonly offersUndo: boolean;
}

interface One {
  readonly item: ActionItem;
  readonly input: Json;
  /** The secret that the admin typed. */
  readonly typed?: string | undefined;
  /** The job that this one undoes. */
  readonly undoes?: ActionPlan['undoes'];
}

/** Begins it at once. @returns the job, and how it ended when it has */
export function beginOne(
  action: AnyAction,
  { item, input, typed, undoes }: One,
  session: Session,
): { job: Job; ended: Promise<OneResult> } {
  const job = startAction(action, { items: [item], input, ...(undoes && { undoes }) }, session, 1, typed);
  return { job, ended: untilRest(job).then((snapshot) => resultOf(job, snapshot, canUndo(action) && !undoes)) };
}

/** How the one item of a job that can’t be undone from its notice ended, when it has. */
export const endOfOne = (job: Job): Promise<OneResult> =>
  untilRest(job).then((snapshot) => resultOf(job, snapshot, false));

function resultOf(job: Job, { state, kept }: JobSnapshot, offersUndo: boolean): OneResult {
  const { status, reason } = job.row(0);
  const why = reason === '' && 'reason' in state ? state.reason : reason;
  return { job, status, reason: why, isUnkept: kept?.ok === false, offersUndo };
}

/** What there is to say of how one item ended. */
export const bodyOf = ({ reason, isUnkept }: OneResult): string =>
  wordsOf(isUnkept ? sentences(reason, UNKEPT) : reason);

const UNKEPT = msg`This browser can’t store jobs here: Activity forgets this one when the tab is closed.`;

// Another account has nothing to do with what this one did.
watchShown(() => toasts.set([]));

/** A notice in the corner: for what is done, and for what ended when nobody looked any more. */
export function showResult(result: OneResult): void {
  const { job, status, offersUndo } = result;
  const { title, owner } = job.getSnapshot();
  const isDone = status === 'done';
  const whose = nameOfOther(owner);
  const words = titleOf(wordsOf(title), status);
  const path = paths.job(job.id);
  showToast({
    tone: isDone ? 'good' : 'warning',
    title: whose === null ? words : t`${isolated(whose)}: ${words}`,
    body: bodyOf(result),
    actions: [
      ...(isDone && offersUndo ? [{ label: t`Undo`, onClick: () => void undoOne(job) }] : []),
      whose === null ? { label: t`Open job`, to: path } : { label: t`Open job`, onClick: () => openAs(owner, path) },
    ],
  });
}

/** What became of one item, in a head. */
export const HEADS: Readonly<Record<ItemStatus, Text>> = {
  done: msg`Done`,
  failed: msg`Failed`,
  skipped: msg`Nothing was changed`,
  unknown: msg`No answer came`,
  waiting: msg`Not finished`,
  running: msg`Not finished`,
};

/** The same behind the title of its job. */
function titleOf(job: string, status: ItemStatus): string {
  switch (status) {
    case 'done':
      return t`${job}: done`;
    case 'failed':
      return t`${job}: failed`;
    case 'skipped':
      return t`${job}: nothing was changed`;
    case 'unknown':
      return t`${job}: no answer came`;
    case 'waiting':
    case 'running':
      return t`${job}: not finished`;
  }
}

/** Puts back what a job with one item changed: looks first, and leaves alone what someone changed since. */
export async function undoOne(job: Job): Promise<void> {
  const snapshot = job.getSnapshot();
  const { id, kind, title, owner } = snapshot;
  const known = actionOf(kind);
  const changed = changedBy(job.row(0));
  if (!known || !changed) return;
  const name = wordsOf(title);
  const couldNot = (reason: Text, newer?: string) =>
    showToast({
      tone: 'warning',
      title: t`Not undone: ${name}`,
      body: wordsOf(reason),
      actions: [
        newer === undefined
          ? { label: t`Open job`, to: paths.job(id) }
          : { label: t`Open newer job`, to: paths.job(newer) },
      ],
    });
  try {
    // As whoever began the job, with today’s token: the notice may be older than this session.
    const homeserver = homeserverFor(owner);
    const session = sessionOf(owner);
    if (!session) return;
    const action = actionHere(known, session);
    const guarded = action.guard?.(asServer(session)) ?? null;
    if (guarded !== null) return couldNot(guarded);
    const look: LookAt = (one) => send(homeserver, one);
    const seen = await look(action.look(changed.id, asServer(session)));
    const found = await afterMoreLooks(action, undoVerdict(action, changed, seen, owner.userId), {
      seen,
      input: null,
      look,
      server: asServer(session),
      isUndo: true,
    });
    if (found.verdict !== 'will') {
      const newer = found.changedSince
        ? (await newerChanges(action, snapshot, new Map([[changed.id, found.now]]))).get(changed.id)
        : undefined;
      return newer ? couldNot(unlessUndone(action, found.now, newer.title), newer.id) : couldNot(found.reason);
    }
    const { ended } = beginOne(action, { item: found.item, input: null, undoes: { id, title } }, session);
    const result = await ended;
    if (result.status === 'done') showResult(result);
    else couldNot(result.reason);
  } catch (error) {
    couldNot(textOfError(error));
  }
}
