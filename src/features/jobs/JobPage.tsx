import { use } from 'react';
import { useParams } from 'react-router';
import { actionOf } from '~/actions/all';
import { viewOf, type JobView } from '~/entities/job/job-view';
import { useJob, useJobs, useNamedJob, useOpened, useSignedInAs } from '~/job-store/jobs';
import type { Job } from '~/jobs/job';
import { wordsOf } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { JobDetails } from '~/ui/job/JobDetails';
import { lostWords } from '~/ui/job/words';
import { Page } from '~/ui/Page';
import { viewOfAction } from './action-view';
import { JobLinks } from './JobLinks';
import { JobScript } from './JobScript';
import { RequestsTab } from './RequestsTab';
import { SameAgain } from './SameAgain';

/** A job of any kind, while it runs and afterwards: the one place where it is shown. */
export function JobPage() {
  const { jobId = '' } = useParams();
  const named = useNamedJob(jobId);
  const isLost = named?.state.phase === 'lost';
  const job = useOpened(isLost ? undefined : named);
  if (job) return <OneJob key={job.id} job={job} />;
  if (named && isLost) {
    return (
      <Page title={wordsOf(named.title)}>
        <EmptyNote title="This browser lost the journal of this job">{lostWords(named)}</EmptyNote>
      </Page>
    );
  }
  return (
    <Page title="Job">
      <EmptyNote title="This browser knows no such job">
        Jobs are kept in the browser that ran them, and only the account that began one can open it.
      </EmptyNote>
    </Page>
  );
}

function OneJob({ job }: { job: Job }) {
  const { id, owner, kind, undoes } = useJob(job);
  const signedIn = useSignedInAs(owner);
  const jobs = useJobs();
  const action = actionOf(kind);
  const featured = viewOf(kind);
  // A wizard may show the jobs of an action that it begins in its own way.
  const view: JobView = featured ? use(featured) : action ? viewOfAction(action) : UNKNOWN;
  const undoneBy = jobs.filter((other) => other.undoes === id);
  const { Notes } = view;
  return (
    <JobDetails
      job={job}
      signedIn={signedIn}
      look={view.look(job)}
      sum={view.sum}
      notes={Notes && <Notes job={job} />}
      undo={view.undo(job)}
      isUndone={undoneBy.length > 0}
      links={
        <JobLinks
          undoes={undoes === undefined ? null : { id: undoes, source: jobs.find((other) => other.id === undoes) }}
          undoneBy={undoneBy}
        />
      }
      actions={
        <>
          {signedIn && <SameAgain job={job} view={view} />}
          {action && <JobScript job={job} action={action} />}
        </>
      }
      tabs={[{ id: 'requests', label: 'Request log', content: <RequestsTab job={job} /> }]}
    />
  );
}

/** A job that another version of Glia began. */
const UNKNOWN: JobView = { look: () => ({}), undo: () => 'This version of Glia can’t undo such a job.' };
