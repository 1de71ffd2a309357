import { t } from '@lingui/core/macro';
import { lookAtRoom, type Looked } from '~/actions/member/room';
import { getRateLimit, type RateLimit } from '~/api/users';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import type { Making } from '~/job-store/plan-draft';
import { unreadNotes } from '~/job-store/scans';
import type { Session } from '~/data/session';
import type { Job, Outcome } from '~/jobs/job';
import { readRows } from '~/jobs/row-slices';
import type { Text } from '~/lib/text';
import {
  madeBy,
  NOTHING_CHOSEN,
  planUndo,
  type Found,
  type UndoChoices,
  type UndoFindings,
  type UndoPlan,
} from './undo-plan';

export interface UndoPlanned {
  findings: UndoFindings;
  choices: UndoChoices;
  plan: UndoPlan;
  /** Rows that changed nothing: skipped, or never run. */
  untouched: number;
  notes: readonly Text[];
  /** Epoch ms. */
  at: number;
}

/** The same findings with other choices. */
export const withChoices = (planned: UndoPlanned, choices: UndoChoices): UndoPlanned => ({
  ...planned,
  choices,
  plan: planUndo(planned.findings, choices),
});

const READ_ROOMS = /*i18n*/ { id: 'join.undo.scan', message: 'Read the rooms as they are now' };

/** Reads the ledger, and then each room it names once. */
export async function beginUndoScan(session: Session, job: Job, making: Making<UndoPlanned>): Promise<void> {
  const { userId: me } = session;
  const found: Found[] = [];
  let untouched = 0;
  await readRows(
    job,
    (row) => {
      const one = madeBy(row);
      if (one) found.push(one);
      else untouched += 1;
    },
    making.signal,
  );
  if (making.signal.aborted) return;
  const rooms = new Map<string, Looked>();
  const ownLimit = t`Your own rate limit`;
  let limit: RateLimit | null | undefined;
  const owner = ownerOf(session);
  const ids = new Set(found.flatMap((one) => (one.kind === 'not' ? [] : [one.roomId])));
  const scan = startScan<string>({
    kind: 'scan',
    title: READ_ROOMS,
    owner,
    items: [ownLimit, ...ids],
    describe: (id) => ({ id, columns: {} }),
    run: async (id, { signal }): Promise<Outcome> => {
      const hs = homeserverFor(owner);
      if (id === ownLimit) limit = await getRateLimit(hs, me, signal);
      else rooms.set(id, await lookAtRoom(hs, id, me, signal));
      return { status: 'done' };
    },
    // What could not be read may be read again.
    verify: () => Promise.resolve({ status: 'not-done' }),
    classify: classifyHomeserverError,
    repeatable: true,
  });
  const finish = () => {
    const findings = { found, rooms, me, limit };
    const choices = NOTHING_CHOSEN;
    const plan = planUndo(findings, choices);
    const notes = unreadNotes(scan);
    making.finish({ findings, choices, plan, untouched, notes, at: Date.now() });
  };
  making.read(scan, 'rooms', finish);
}
