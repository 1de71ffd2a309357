import { use } from 'react';
import { useParams } from 'react-router';
import { actionOf } from '~/actions/all';
import { viewOf, type JobView } from '~/entities/job/job-view';
import { useNamedJob, useOpened, useSignedInAs } from '~/job-store/jobs';
import type { Job } from '~/jobs/job';
import { EmptyNote } from '~/ui/EmptyNote';
import { ReportView } from '~/ui/job/ReportView';
import { lostWords } from '~/ui/job/words';
import { Page } from '~/ui/Page';
import { viewOfAction } from './action-view';
import { wordsOf } from '~/lib/words';

/** A job of any kind, while it runs and afterwards: what it does, to what, with which outcome. */
export function JobPage() {
  const { jobId = '' } = useParams();
  const named = useNamedJob(jobId);
  const isLost = named?.state.phase === 'lost';
  const job = useOpened(isLost ? undefined : named);
  return (
    <Page title="Job">
      {job ? (
        <OneJob key={job.id} job={job} />
      ) : named && isLost ? (
        <EmptyNote title={wordsOf(named.title)}>{lostWords(named)}</EmptyNote>
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
  const featured = viewOf(kind);
  const view: JobView = action ? viewOfAction(action) : featured ? use(featured) : UNKNOWN;
  const { Notes } = view;
  return (
    <ReportView
      job={job}
      signedIn={signedIn}
      look={view.look(job)}
      notes={Notes && <Notes job={job} />}
      undo={view.undo(job)}
    />
  );
}

/** A job that another version of Glia began. */
const UNKNOWN: JobView = { look: () => ({}), undo: () => 'This version of Glia can’t undo such a job.' };
