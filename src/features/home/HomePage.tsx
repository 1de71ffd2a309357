import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { SimpleGrid, Skeleton, Text, Title, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconDoorEnter, IconPhotoX, IconUnlink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useJobs } from '~/job-store/jobs';
import { overview } from '~/data/overview';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { RecentJobs } from '~/ui/job/RecentJobs';
import { Page } from '~/ui/Page';
import { together, type Reading } from '~/ui/reading';
import classes from './HomePage.module.css';
import { isolated, isolatedWords } from '~/lib/shown-text';
import { wordsOf, wordsOfError } from '~/lib/words';
import { Outside } from '~/ui/Outside';
import { AttentionList } from './AttentionList';
import { useChecks } from './checks';

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

/** The homeserver at a glance: two questions that cost it little, the bulk jobs, and recent activity. */
export function HomePage() {
  const { t } = useLingui();
  const session = useSession();
  const jobs = useJobs();
  const accounts = useQuery(overview.accounts(session.homeserver, session));
  const roomsTotal = useQuery(rooms.total(session.homeserver));
  const checks = useChecks(session, jobs);
  const asked = checks.filter(({ onDemand, found }) => !onDemand || found !== undefined);
  return (
    <Page
      title={isolated(session.serverName)}
      about={<Outside as="id" text={session.homeserver.baseUrl} />}
      reading={{
        of: together([
          roomsTotal,
          ...asked.flatMap(({ reading, lacking = null }) => (lacking === null ? (reading ?? []) : [])),
        ]),
        refresh: t`Refresh overview`,
      }}
    >
      <AttentionList checks={checks} />
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        <CountTile name={t`Users`} reading={{ ...accounts, data: accounts.data?.total }} to={paths.users()} />
        <CountTile name={t`Rooms`} reading={roomsTotal} to={paths.rooms()} />
        <Tile name={t`Synapse version`} value={isolatedWords(session.version)} />
        <Tile name={t`Authentication`} value={session.mas ? 'MAS' : 'Synapse'} />
      </SimpleGrid>
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
    </Page>
  );
}

function CountTile({ name, reading, to }: { name: string; reading: Reading<number>; to: string }) {
  const { t } = useLingui();
  const { data, error } = reading;
  const value = data === undefined ? (error ? t`could not be read` : undefined) : formatCount(data);
  return <Tile name={name} value={value} title={error ? wordsOfError(error) : undefined} to={to} />;
}

interface TileProps {
  name: string;
  /** Undefined: on its way. */
  value: string | undefined;
  title?: string | undefined;
  to?: string;
}

function Tile({ name, value, title, to }: TileProps) {
  const content = (
    <>
      <span className={classes.name}>{name}</span>
      <span className={classes.value} title={title}>
        {value ?? <Skeleton h={20} w="60%" mt={6} />}
      </span>
    </>
  );
  if (to === undefined) return <div className={classes.tile}>{content}</div>;
  return (
    <UnstyledButton component={Link} to={to} className={classes.tile} aria-busy={value === undefined}>
      {content}
      <IconChevronRight size={16} aria-hidden className={classes.leads} />
    </UnstyledButton>
  );
}
