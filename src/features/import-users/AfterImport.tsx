import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import { readKeptAccount } from '~/actions/account-kept';
import { PasswordsNote } from '~/entities/account/PasswordsNote';
import { roomsOf } from '~/entities/account/rooms-of';
import { useOpenWith } from '~/entities/list/use-open-with';
import { useJob, useSignedInAs } from '~/job-store/jobs';
import type { Job, LedgerRow } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { readRows } from '~/jobs/row-slices';
import { csvLine } from '~/lib/csv';
import { paths } from '~/lib/paths';
import { useTally } from '~/ui/job/use-tally';
import { useWhileShown } from '~/ui/use-while-shown';

/** What comes after accounts were made: their passwords, their rooms, and the way back. */
export function AfterImport({ job }: { job: Job }) {
  const { t } = useLingui();
  const snapshot = useJob(job);
  const signedIn = useSignedInAs(snapshot.owner);
  const openWith = useOpenWith();
  const sum = useTally(job, snapshot, tally);
  const whileShown = useWhileShown(job.id);
  const canAct = signedIn && isOver(snapshot) && sum !== null;
  const join = async () => {
    const signal = whileShown();
    let pairs = csvLine(['user', 'room']);
    await readRows(job, (row) => {
      if (isThere(row)) for (const room of roomsOf(row)) pairs += csvLine([row.id, room]);
    });
    if (!signal.aborted) openWith(paths.joinRooms(), { pairs });
  };
  const deactivate = async () => {
    const signal = whileShown();
    const ids: string[] = [];
    await readRows(job, (row) => {
      if (isMade(row)) ids.push(row.id);
    });
    if (!signal.aborted) openWith(paths.bulk('user.deactivate'), { users: { ids, from: 'job' } });
  };
  return (
    <>
      <PasswordsNote job={job} />
      {canAct && (sum.joins > 0 || sum.made > 0) && (
        <Group gap="sm">
          {sum.joins > 0 && (
            <Button size="xs" onClick={() => void join()}>
              {t`Join the users to their rooms: ${plural(sum.joins, { one: '# join', other: '# joins' })}…`}
            </Button>
          )}
          {sum.made > 0 && (
            <Button size="xs" variant="default" onClick={() => void deactivate()}>
              {t`Deactivate ${plural(sum.made, { one: '# created account', other: '# created accounts' })}…`}
            </Button>
          )}
        </Group>
      )}
    </>
  );
}

/** Its answer said that this job made it, whatever became of its fields. */
const isMade = ({ before }: LedgerRow): boolean => readKeptAccount(before)?.made === true;
/** It is there: made, or changed. */
const isThere = (row: LedgerRow): boolean => row.status === 'done' || isMade(row);

const tally = () => {
  const sum = { joins: 0, made: 0 };
  return {
    take(row: LedgerRow) {
      if (isMade(row)) sum.made += 1;
      if (isThere(row)) sum.joins += roomsOf(row).length;
    },
    result: () => ({ ...sum }),
  };
};
