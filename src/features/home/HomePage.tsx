import { Title } from '@mantine/core';
import { jobHref, useJobs } from '~/data/jobs';
import { useSession } from '~/data/session';
import { Id } from '~/ui/Id';
import { RecentJobs } from '~/ui/job/RecentJobs';
import { Page } from '~/ui/Page';
import { Glance } from './Glance';
import classes from './home.module.css';
import { JobCards } from './JobCards';

/** The homeserver at a glance, what can be done here, and what ran lately. */
export function HomePage() {
  const { homeserver, userId } = useSession();
  return (
    <Page
      title="Home"
      about={
        <span className={classes.about}>
          <Id value={homeserver.baseUrl} />
          <span className={classes.as}>
            as <Id value={userId} />
          </span>
        </span>
      }
    >
      <Glance />
      <section aria-labelledby="bulk-jobs" className={classes.section}>
        <Title order={2} size="h4" id="bulk-jobs">
          Bulk jobs
        </Title>
        <JobCards />
      </section>
      <section aria-labelledby="ran-lately" className={classes.section}>
        <Title order={2} size="h4" id="ran-lately">
          What ran here lately
        </Title>
        <div className={classes.lately}>
          <RecentJobs jobs={useJobs()} hrefOf={jobHref} />
        </div>
      </section>
    </Page>
  );
}
