import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { Job, JobSnapshot, LedgerRow } from '~/jobs/job';
import { readRows } from '~/jobs/row-slices';
import { plural } from '~/lib/numbers';
import { isOver } from '~/jobs/phase';
import { NotYetButton } from '~/ui/NotYetButton';

export interface UndoOffer {
  /** Where the undo of this job is planned. */
  to: string;
  /** What is undone: `['join', 'joins']`. */
  noun: readonly [one: string, many: string];
  /** Whether a row can be undone, by what the ledger keeps of it. The plan looks whether that still holds. */
  counts(row: LedgerRow): boolean;
}

/** Leads to the plan of an undo; where there is none it says why. */
export function UndoButton({ job, snapshot, offer }: { job: Job; snapshot: JobSnapshot; offer: UndoOffer }) {
  const count = useUndoCount(job, snapshot, offer);
  const icon = <IconArrowBackUp size={16} aria-hidden />;
  const label = count === null || count === 0 ? 'Undo…' : `Undo ${plural(count, offer.noun[0], offer.noun[1])}…`;
  const reason = whyNot(snapshot, count);
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

function whyNot(snapshot: JobSnapshot, count: number | null): string | null {
  if (snapshot.state.phase === 'lost') return 'This browser lost its journal: what can be undone is not known here.';
  if (!isOver(snapshot)) return 'The job is not over: let it finish or stop it first.';
  if (count === null) return 'Still counting what can be undone.';
  return count === 0 ? 'This job did nothing that can be undone.' : null;
}

/** How many rows can be undone; null until it can be said. */
function useUndoCount(job: Job, snapshot: JobSnapshot, { counts }: UndoOffer): number | null {
  const [counted, setCounted] = useState<{ job: Job; version: number; count: number } | null>(null);
  const over = isOver(snapshot);
  const { version } = snapshot;
  useEffect(() => {
    if (!over) return;
    const given = new AbortController();
    let count = 0;
    const take = (row: LedgerRow) => {
      if (counts(row)) count += 1;
    };
    const countAll = async () => {
      await readRows(job, take, given.signal);
      if (!given.signal.aborted) setCounted({ job, version, count });
    };
    void countAll();
    return () => given.abort();
  }, [job, over, version, counts]);
  return over && counted?.job === job && counted.version === version ? counted.count : null;
}
