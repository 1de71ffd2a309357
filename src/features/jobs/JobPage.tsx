import { t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Anchor } from '@mantine/core';
import { use } from 'react';
import { Link, useParams } from 'react-router';
import { actionOf } from '~/actions/all';
import { viewOf, type JobView } from '~/entities/job/job-view';
import { useJob, useJobs, useNamedJob, useOpened, useSignedInAs } from '~/job-store/jobs';
import type { Job } from '~/jobs/job';
import { isReading } from '~/jobs/reading-kind';
import { paths } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { JobDetails } from '~/ui/job/JobDetails';
import { Page } from '~/ui/Page';
import { viewOfAction } from './action-view';
import { JobLinks } from './JobLinks';
import { JobScript } from './JobScript';
import { RequestsTab } from './RequestsTab';
import { SameAgain } from './SameAgain';

/** A job of any kind, while it runs and afterwards: the one place where it is shown. */
export function JobPage() {
  const { t } = useLingui();
  const { jobId = '' } = useParams();
  const job = useOpened(useNamedJob(jobId));
  if (job) return <OneJob key={job.id} job={job} />;
  return (
    <Page title={t`Job`}>
      <EmptyNote title={t`This job is not in this browser`}>
        {t`Jobs are saved in the browser that ran them, and only the account that started a job can open it.`}{' '}
        <Anchor component={Link} to={paths.jobs()} underline="always" inherit>
          {t`Show all jobs of this browser`}
        </Anchor>
      </EmptyNote>
    </Page>
  );
}

function OneJob({ job }: { job: Job }) {
  const { t } = useLingui();
  const { id, owner, kind, undoes } = useJob(job);
  const signedIn = useSignedInAs(owner);
  const jobs = useJobs();
  const action = actionOf(kind);
  const featured = viewOf(kind);
  // A wizard may show the jobs of an action that it begins in its own way.
  const view: JobView = featured ? use(featured) : action ? viewOfAction(action) : isReading({ kind }) ? READ : UNKNOWN;
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
      tabs={[{ id: 'requests', label: t`Request log`, content: <RequestsTab job={job} /> }]}
    />
  );
}

const READ: JobView = { look: () => ({}), undo: () => t`There is nothing to undo: nothing was changed.` };

/** A job that another version of Glia began. */
const UNKNOWN: JobView = { look: () => ({}), undo: () => t`This version of Glia can’t undo this kind of job.` };
