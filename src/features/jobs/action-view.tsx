import { msg } from '@lingui/core/macro';
import { canUndo, undoWords, type AnyAction } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { changedBy } from '~/actions/undo';
import { useSession } from '~/data/session';
import { OF_ENTITY } from '~/entities/action/of-entity';
import { HandedNote } from '~/entities/action/HandedNote';
import { SecretsNote } from '~/entities/action/SecretsNote';
import type { Handover } from '~/data/handover';
import type { JobView } from '~/entities/job/job-view';
import { asServer } from '~/job-store/action-jobs';
import type { Job, Json, LedgerRow } from '~/jobs/job';
import { paths } from '~/lib/paths';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import { Notice } from '~/ui/Notice';
import { wordsOf } from '~/lib/words';

const ofPlan = ['before', 'after'];
const headers = { before: msg`Before`, after: msg`After` };
/** A member is named by two IDs. */
const lookOf = ({ entity }: AnyAction): LedgerLook => {
  const { header, cell } = OF_ENTITY[entity];
  return { idHeader: header, ...(entity !== 'member' && { idCell: cell }), headers, ofPlan };
};

/** Where an action for many has a wizard of its own. */
const WIZARDS: Readonly<Partial<Record<string, string>>> = { 'user.external-ids-remove': paths.externalIds() };

/** How the jobs of an action are shown. All of it follows from the action. */
export function viewOfAction(action: AnyAction): JobView {
  return {
    look: () => lookOf(action),
    ...notesOf(action),
    undo: ({ id }) =>
      canUndo(action) ? { to: paths.undoJob(id), counts: isSure, shows: isChange } : wordsOf(undoWords(action)),
    ...((action.entity === 'user' || action.entity === 'room') && {
      again: (rows, plan) => ({
        to: WIZARDS[action.kind] ?? paths.bulk(action.kind),
        with: { ...leftBy(action, rows), input: inputIn(plan) },
      }),
    }),
  };
}

function notesOf({ secret, hands, afterwards }: AnyAction): Pick<JobView, 'Notes'> {
  if (secret) return { Notes: SecretsNote };
  if (hands) return { Notes: HandedNote };
  return afterwards ? { Notes: Afterwards } : {};
}

/** What a job left, as the page for many takes it. */
const leftBy = ({ entity }: AnyAction, rows: readonly LedgerRow[]): Handover => {
  const left = { ids: rows.map(({ id }) => id), from: 'job' } as const;
  return entity === 'room' ? { rooms: left } : { users: left };
};

/** What was entered, as a job of an action keeps it. */
const inputIn = (plan: Json): Json =>
  (typeof plan === 'object' && plan !== null && 'input' in plan ? plan.input : undefined) ?? null;

const isChange = (row: LedgerRow): boolean => changedBy(row) !== null;
const isSure = (row: LedgerRow): boolean => changedBy(row)?.doubtful === false;

/** What to know when it is done. */
function Afterwards({ job }: { job: Job }) {
  const server = asServer(useSession());
  const sentences = actionOf(job.getSnapshot().kind)?.afterwards?.(server) ?? [];
  return <Notice>{sentences.map(wordsOf).join(' ')}</Notice>;
}
