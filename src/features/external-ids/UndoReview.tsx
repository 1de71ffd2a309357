import { Checkbox } from '@mantine/core';
import { UserLink } from '~/entities/job/UserLink';
import { plural } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { Notice } from '~/ui/Notice';
import { withJob } from '~/ui/wizard/job-param';
import { useLeftIn } from '~/ui/wizard/left-out';
import type { PlanColumn } from '~/ui/wizard/PlanTable';
import { Review } from '~/ui/wizard/Review';
import classes from './external-ids.module.css';
import { idsAsTheyAre, idWords } from './plan';
import type { PutBackItem, UndoRow } from './undo-plan';
import { withUnsure, type UndoPlanned } from './undo-scan';

interface UndoReviewProps {
  planned: UndoPlanned;
  onPlan(planned: UndoPlanned): void;
  /** With exactly what runs. */
  onRun(items: readonly PutBackItem[], count: number): void;
}

/** Each user’s IDs now, what is put back, and the last click. */
export function UndoReview({ planned, onPlan, onRun }: UndoReviewProps) {
  const { plan, findings, untouched, takesUnsure, at, undoes } = planned;
  const { idCount, hidden, unsure, late, rows } = plan;
  const left = useLeftIn(findings, rows);
  const counted = plural(left.count, 'user');
  return (
    <Review
      sentence={`Put back the removed IDs of ${counted}.`}
      nothing="No ID can be put back."
      undo="You can undo this by removing them again."
      touches={[
        `The plan holds ${plural(idCount, 'ID')}; ${plural(hidden, 'of the users is', 'of the users are')} deactivated or locked.`,
        'Just before each change Glia reads the user again. Users who have other IDs by then are skipped and listed in the report.',
        'Where another account has taken an ID since, the homeserver refuses, and nothing about that user changes.',
        'Nobody is signed in or out.',
        ...(untouched > 0 ? [`${plural(untouched, 'item')} of the job changed nothing and are not shown.`] : []),
      ]}
      madeAt={at}
      left={left}
      table={{
        label: 'What would be put back',
        columns: COLUMNS,
        verdicts: { will: 'will be put back', nothing: 'nothing to undo', cannot: 'can’t be undone' },
        fileStem: 'external-ids-undo-plan',
        empty: <EmptyNote title="The job changed nothing">None of its rows says that IDs were removed.</EmptyNote>,
      }}
      back={{ label: 'Back to choosing', to: withJob(paths.undoExternalIds('choose'), undoes) }}
      act={`Put back the IDs of ${counted}`}
      counted={counted}
      typed={false}
      onRun={(count) =>
        onRun(
          plan.items.filter(({ userId }) => !left.leftOut.has(userId)),
          count,
        )
      }
    >
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
    </Review>
  );
}

const COLUMNS: readonly PlanColumn<UndoRow>[] = [
  {
    id: 'user',
    header: 'User',
    width: 'minmax(15rem, 1.5fr)',
    text: (row) => row.id,
    cell: (row) => <UserLink userId={row.id} />,
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
