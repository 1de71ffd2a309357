import { canUndo, type AnyAction } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { changedBy, undoVerdict } from '~/actions/undo';
import type { ActionPlan } from '~/actions/job';
import type { ActionItem } from '~/actions/plan';
import { send } from '~/api/ask';
import { asServer, startAction } from '~/job-store/action-jobs';
import type { Session } from '~/data/session';
import type { Job, JobSnapshot, Json } from '~/jobs/job';
import { whenResting } from '~/jobs/phase';
import { paths } from '~/lib/paths';
import type { Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';
import { showToast } from '~/ui/toasts';
import { wordsOf } from '~/lib/words';

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
  readonly isDone: boolean;
  /** Why not, or how it is now. */
  readonly reason: Text;
}

/** @param undoes the job that this one undoes */
export async function runOne(
  action: AnyAction,
  { item, input, undoes }: { item: ActionItem; input: Json; undoes?: ActionPlan['undoes'] },
  session: Session,
): Promise<OneResult> {
  const job = startAction(action, { items: [item], input, ...(undoes && { undoes }) }, session, 1);
  const { state, kept, title } = await untilRest(job);
  const row = job.row(0);
  const isDone = row.status === 'done';
  const reason = row.reason !== '' ? row.reason : 'reason' in state ? state.reason : '';
  if (isDone) {
    showToast({
      tone: 'good',
      title: `${wordsOf(title)}: done`,
      body:
        kept?.ok === false
          ? `${wordsOf(reason)} This browser stores nothing here, so the Jobs page forgets it with this tab.`
          : wordsOf(reason),
      actions: [
        ...(canUndo(action) && !undoes ? [{ label: 'Undo', onClick: () => void undoOne(job, session) }] : []),
        { label: 'Open job', to: paths.job(job.id) },
      ],
    });
  }
  return { job, isDone, reason };
}

/** Puts back what a job with one item changed: looks first, and leaves alone what someone changed since. */
export async function undoOne(job: Job, session: Session): Promise<void> {
  const { id, kind, title } = job.getSnapshot();
  const action = actionOf(kind);
  const changed = changedBy(job.row(0));
  if (!action || !changed) return;
  const couldNot = (reason: Text) =>
    showToast({
      tone: 'warning',
      title: `Not undone: ${wordsOf(title)}`,
      body: wordsOf(reason),
      actions: [{ label: 'Open job', to: paths.job(id) }],
    });
  try {
    const seen = await send(session.homeserver, action.look(changed.id, asServer(session)));
    const found = undoVerdict(action, changed, seen, session.userId);
    if (found.verdict !== 'will') return couldNot(found.reason);
    const { isDone, reason } = await runOne(action, { item: found.item, input: null, undoes: { id, title } }, session);
    if (!isDone) couldNot(reason);
  } catch (error) {
    couldNot(textOfError(error));
  }
}
