import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { SimpleGrid, Text, Title, UnstyledButton } from '@mantine/core';
import { IconDoorEnter, IconPhotoX, IconUnlink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { lacksIn } from '~/data/lacks';
import { overview } from '~/data/overview';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { useJobs } from '~/job-store/jobs';
import { paths } from '~/lib/paths';
import { isolated, isolatedWords } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { RecentJobs } from '~/ui/job/RecentJobs';
import { Outside } from '~/ui/Outside';
import { Page } from '~/ui/Page';
import { together } from '~/ui/reading';
import { verbatim } from '~/ui/verbatim';
import { AttentionList } from './AttentionList';
import { useChecks } from './checks';
import { Closer } from './Closer';
import classes from './HomePage.module.css';
import { Numbers } from './Numbers';
import { Trends } from './Trends';
import { useTrend } from './use-trend';

const JOBS = [
  {
    to: paths.joinRooms(),
    title: msg`Join users to rooms`,
    about: msg`Join many users to many rooms at once: from a list, a space, a filter or a CSV file.`,
    icon: IconDoorEnter,
  },
  {
    to: paths.deleteMedia(),
    title: msg`Delete media by date`,
    about: msg`Delete old uploads, or the remote media cache. You see the files and their sizes first.`,
    icon: IconPhotoX,
  },
  {
    to: paths.externalIds(),
    title: msg`Remove external IDs`,
    about: msg`Unlink users from one sign-in provider, and keep a backup of what was removed.`,
    icon: IconUnlink,
  },
] as const;

/** The homeserver at a glance, by six requests at most: what needs attention, a few numbers, and what ran here last. */
export function HomePage() {
  const { t } = useLingui();
  const session = useSession();
  const { homeserver, version, mas } = session;
  const jobs = useJobs();
  const checks = useChecks(session, jobs);
  const accounts = useQuery(overview.accounts(homeserver, session));
  const roomsTotal = useQuery(rooms.total(homeserver));
  const canFail = lacksIn(session, 'destinations') === null;
  const failing = useQuery({ ...overview.failing(homeserver), enabled: canFail });
  const failingCount = failing.data?.failing.length;
  const { days, problem, note, forget } = useTrend(homeserver.baseUrl, {
    users: accounts.data?.total,
    rooms: roomsTotal.data,
    failing: failing.data?.isPart ? undefined : failingCount,
  });
  const asked = checks.flatMap(({ reading, lacking = null, onDemand, found }) =>
    lacking !== null || reading === undefined || (onDemand && found === undefined) ? [] : [reading],
  );
  const synapse = verbatim(isolatedWords(version));
  return (
    <Page
      title={isolated(session.serverName)}
      about={
        <>
          <Outside as="id" text={homeserver.baseUrl} /> ·{' '}
          {mas ? <Trans>Synapse {synapse}, accounts in MAS</Trans> : <Trans>Synapse {synapse}</Trans>}
        </>
      }
      reading={{ of: together([roomsTotal, ...asked]), refresh: t`Refresh overview` }}
    >
      <AttentionList checks={checks} />
      <Numbers
        users={{ value: accounts.data?.total, error: accounts.error }}
        rooms={{ value: roomsTotal.data, error: roomsTotal.error }}
        failing={canFail ? { value: failingCount, error: failing.error, isPart: failing.data?.isPart ?? false } : null}
        days={days}
      />
      <Trends days={days} problem={problem} onForget={forget} />
      <section>
        <Title order={2} size="h4" mb="sm">
          <Trans>Bulk jobs</Trans>
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          {JOBS.map(({ to, title, about, icon: Icon }) => (
            <UnstyledButton key={to} component={Link} to={to} className={classes.job}>
              <Icon size={24} stroke={1.5} aria-hidden className={classes.icon} />
              <span className={classes.title}>{wordsOf(title)}</span>
              <span className={classes.about}>{wordsOf(about)}</span>
            </UnstyledButton>
          ))}
        </SimpleGrid>
        <Text size="sm" c="dimmed" mt="sm">
          <Trans>Each of them shows a plan with exact IDs first. Nothing changes until you confirm it.</Trans>
        </Text>
      </section>
      <section>
        <Title order={2} size="h4" mb="sm">
          <Trans>Recent activity</Trans>
        </Title>
        <div className={classes.recent}>
          <RecentJobs jobs={jobs} />
        </div>
      </section>
      <Closer usersTotal={accounts.data?.total} onRead={note} />
    </Page>
  );
}
