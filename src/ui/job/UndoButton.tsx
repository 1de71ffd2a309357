import { plural, t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { Job, JobSnapshot, LedgerRow } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { NotYetButton } from '~/ui/NotYetButton';
import { useTally } from './use-tally';

export interface UndoOffer {
  /** Where the undo of this job is planned. */
  to: string;
  /** Whether a row can be undone, by what the ledger keeps of it. The plan looks whether that still holds. */
  counts(row: LedgerRow): boolean;
  /** Whether the plan shows this row besides, though it undoes it only where that is chosen. */
  shows?(row: LedgerRow): boolean;
}

interface UndoButtonProps {
  job: Job;
  snapshot: JobSnapshot;
  offer: UndoOffer;
  /** Another job undid it: what that left can be looked at again. */
  isUndone: boolean;
}

/** Leads to the plan of an undo; where there is none it says why. */
export function UndoButton({ job, snapshot, offer, isUndone }: UndoButtonProps) {
  const found = useUndoCount(job, snapshot, offer);
  const count = found?.sure ?? 0;
  const icon = <IconArrowBackUp size={16} aria-hidden />;
  const label = isUndone
    ? t`Undo again…`
    : plural(count, { 0: 'Undo…', one: 'Undo # change…', other: 'Undo # changes…' });
  const reason = whyNot(snapshot, found);
  if (reason === null) {
    return (
      <Button component={Link} to={offer.to} variant="default" leftSection={icon}>
        {label}
      </Button>
    );
  }
  return (
    <NotYetButton reason={reason} variant="default" leftSection={icon}>
      {label}
    </NotYetButton>
  );
}

interface Counted {
  /** Rows that can be undone. */
  sure: number;
  /** Rows that the plan shows besides. */
  shown: number;
}

function whyNot(snapshot: JobSnapshot, found: Counted | null): string | null {
  if (snapshot.state.phase === 'lost') {
    return t`This browser lost the record of this job, so Glia doesn’t know what can be undone.`;
  }
  if (!isOver(snapshot)) return t`The job is not finished. Let it finish, or stop it first.`;
  if (found === null) return t`Glia is still counting what can be undone.`;
  return found.sure + found.shown === 0 ? t`This job changed nothing that can be undone.` : null;
}

/** How many rows can be undone; null until it can be said. */
function useUndoCount(job: Job, snapshot: JobSnapshot, { counts, shows }: UndoOffer): Counted | null {
  const begin = useMemo(
    () => () => {
      const found: Counted = { sure: 0, shown: 0 };
      return {
        take(row: LedgerRow) {
          if (counts(row)) found.sure += 1;
          else if (shows?.(row)) found.shown += 1;
        },
        result: () => found,
      };
    },
    [counts, shows],
  );
  return useTally(job, snapshot, begin);
}
