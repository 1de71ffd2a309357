import { useParams } from 'react-router';
import { canUndo, undoWords } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { changedBy } from '~/actions/undo';
import { SecretsNote } from '~/entities/action/SecretsNote';
import { useNamedJob, useOpened, useSignedInAs } from '~/job-store/jobs';
import type { Job } from '~/jobs/job';
import { paths } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import { ReportView } from '~/ui/job/ReportView';
import { Page } from '~/ui/Page';

const LOOK: LedgerLook = { idHeader: 'ID', idCell: (id) => <Id value={id} /> };

/** A job while it runs and afterwards: what it does, to what, with which outcome. */
export function JobPage() {
  const { jobId = '' } = useParams();
  const job = useOpened(useNamedJob(jobId));
  return (
    <Page title="Job">
      {job ? (
        <OneJob job={job} />
      ) : (
        <EmptyNote title="This browser knows no such job">
          Jobs are kept in the browser that ran them, and only the account that began one can open it.
        </EmptyNote>
      )}
    </Page>
  );
}

function OneJob({ job }: { job: Job }) {
  const { owner, kind } = job.getSnapshot();
  const signedIn = useSignedInAs(owner);
  const action = actionOf(kind);
  const undo =
    action === undefined
      ? {}
      : canUndo(action)
        ? {
            undo: {
              to: paths.undoJob(job.id),
              noun: ['change', 'changes'] as const,
              counts: isChange,
            },
          }
        : { undo: undoWords(action) };
  return <ReportView job={job} signedIn={signedIn} look={LOOK} notes={<SecretsNote job={job} />} {...undo} />;
}

const isChange = (row: Parameters<typeof changedBy>[0]): boolean => changedBy(row) !== null;
