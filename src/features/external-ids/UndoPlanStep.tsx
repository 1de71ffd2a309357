import { Checkbox, Stack, Text } from '@mantine/core';
import { plural } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';
import { Notice } from '~/ui/Notice';
import { withJob } from '~/ui/wizard/job-param';
import { PlanTable, type PlanColumn } from '~/ui/wizard/PlanTable';
import { StepActions } from '~/ui/wizard/StepActions';
import classes from './external-ids.module.css';
import { idsAsTheyAre, idWords } from './plan';
import type { UndoRow } from './undo-plan';
import { withUnsure, type UndoPlanned } from './undo-scan';

/** Each user's ids now, and what is put back. */
export function UndoPlanStep({ planned, onPlan }: { planned: UndoPlanned; onPlan(planned: UndoPlanned): void }) {
  const { plan, untouched, takesUnsure, at, undoes } = planned;
  const { items, idCount, hidden, unsure, late, rows } = plan;
  return (
    <Stack gap="md">
      <Text size="sm">
        {items.length === 0
          ? 'No id can be put back.'
          : `${plural(idCount, 'id')} would be put back to ${plural(items.length, 'user')}, ${plural(hidden, 'of them', 'of them')} deactivated or locked.`}{' '}
        {untouched > 0 && `${plural(untouched, 'row')} of the job changed nothing and is left out here.`}
      </Text>
      <Text size="sm" c="dimmed">
        Made from what the job’s ledger kept, and from what the homeserver said <Moment ms={at} />. Nothing was changed
        by looking.
      </Text>
      {unsure > 0 && (
        <Checkbox
          checked={takesUnsure}
          onChange={(event) => onPlan(withUnsure(planned, event.currentTarget.checked))}
          label={`Also put back the IDs of ${plural(unsure, 'user')} that the job or someone else removed`}
          description="The job’s request got no answer, and later the IDs were gone. Nobody can tell whether the job removed them or someone else did."
        />
      )}
      {late > 0 && (
        <Notice tone="warning" title={`The IDs of ${plural(late, 'user')} may be removed again`}>
          A request of the job got no answer. It may still be carried out after the IDs are put back. Glia looks again
          when the undo is finished, and when you open its report.
        </Notice>
      )}
      <PlanTable
        label="What would be put back"
        rows={rows}
        columns={COLUMNS}
        verdicts={{ will: 'will be put back', nothing: 'nothing to undo', cannot: 'can’t be undone' }}
        fileStem="external-ids-undo-plan"
        empty={<EmptyNote title="The job changed nothing">None of its rows says that ids were removed.</EmptyNote>}
      />
      <StepActions
        back={{ label: 'Back to choosing', to: withJob(paths.undoExternalIds('choose'), undoes) }}
        next={{
          label: 'Go on to confirm',
          to: withJob(paths.undoExternalIds('confirm'), undoes),
          disabled: items.length === 0 ? 'The plan has nothing to do.' : null,
        }}
      />
    </Stack>
  );
}

const COLUMNS: readonly PlanColumn<UndoRow>[] = [
  {
    id: 'user',
    header: 'User',
    width: 'minmax(15rem, 1.5fr)',
    text: (row) => row.id,
    cell: (row) => <Id value={row.id} />,
  },
  {
    id: 'now',
    header: 'Now',
    width: 'minmax(11rem, 1fr)',
    text: (row) => (row.now === null ? 'not known' : idsAsTheyAre(row.now)),
    cell: (row) => <Ids ids={row.now} none={row.now === null ? 'not known' : 'none'} />,
  },
  {
    id: 'adds',
    header: 'Puts back',
    width: 'minmax(12rem, 1.2fr)',
    text: (row) => (row.adds.length === 0 ? '' : idsAsTheyAre(row.adds)),
    cell: (row) => <Ids ids={row.adds} none="–" />,
  },
];

function Ids({ ids, none }: { ids: UndoRow['now']; none: string }) {
  if (ids === null || ids.length === 0) return <span className={classes.none}>{none}</span>;
  return (
    <span className={classes.ids}>
      {ids.map((id) => (
        <span key={idWords(id)} className={classes.id}>
          <bdi>{idWords(id)}</bdi>
        </span>
      ))}
    </span>
  );
}
