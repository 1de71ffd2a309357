import { t } from '@lingui/core/macro';
import { SimpleGrid, Skeleton, Text, Title, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconDoorEnter, IconPhotoX, IconUnlink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useJobs } from '~/job-store/jobs';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { users } from '~/data/users';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { RecentJobs } from '~/ui/job/RecentJobs';
import { Page } from '~/ui/Page';
import { together, type Reading } from '~/ui/reading';
import classes from './HomePage.module.css';
import { isolated, isolatedWords } from '~/lib/shown-text';
import { Outside } from '~/ui/Outside';
import { OldSynapse } from './OldSynapse';

const JOBS = [
  {
    to: paths.joinRooms(),
    title: 'Join users to rooms',
    about: 'Many users into many rooms at once, from lists, a space, a filter or a CSV.',
    icon: IconDoorEnter,
  },
  {
    to: paths.deleteMedia(),
    title: 'Delete media by date',
    about: 'Old uploads or the remote cache, with the exact files and sizes before anything goes.',
    icon: IconPhotoX,
  },
  {
    to: paths.externalIds(),
    title: 'Remove external IDs',
    about: 'Unlink the accounts of one sign-in provider, with a file of what was removed.',
    icon: IconUnlink,
  },
] as const;

/** The homeserver at a glance: two questions that cost it little, the bulk jobs, and recent activity. */
export function HomePage() {
  const session = useSession();
  const jobs = useJobs();
  const usersTotal = useQuery(users.total(session.homeserver, session));
  const roomsTotal = useQuery(rooms.total(session.homeserver));
  return (
    <Page
      title={isolated(session.serverName)}
      about={<Outside as="id" text={session.homeserver.baseUrl} />}
      reading={{ of: together([usersTotal, roomsTotal]), refresh: t`Refresh numbers` }}
    >
      <OldSynapse version={session.version} />
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        <CountTile name="Users" reading={usersTotal} to={paths.users()} />
        <CountTile name="Rooms" reading={roomsTotal} to={paths.rooms()} />
        <Tile name="Synapse" value={isolatedWords(session.version)} />
        <Tile name="Authentication" value={session.mas ? 'MAS' : 'Synapse'} />
      </SimpleGrid>
      <section>
        <Title order={2} size="h4" mb="sm">
          Bulk jobs
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          {JOBS.map(({ to, title, about, icon: Icon }) => (
            <UnstyledButton key={to} component={Link} to={to} className={classes.job}>
              <Icon size={24} stroke={1.5} aria-hidden className={classes.icon} />
              <span className={classes.title}>{title}</span>
              <span className={classes.about}>{about}</span>
            </UnstyledButton>
          ))}
        </SimpleGrid>
        <Text size="sm" c="dimmed" mt="sm">
          Each of them shows a plan with exact IDs first. Nothing changes before you confirm it.
        </Text>
      </section>
      <section>
        <Title order={2} size="h4" mb="sm">
          Recent activity
        </Title>
        <div className={classes.recent}>
          <RecentJobs jobs={jobs} />
        </div>
      </section>
    </Page>
  );
}

function CountTile({ name, reading, to }: { name: string; reading: Reading<number>; to: string }) {
  const { data, error } = reading;
  const value = data === undefined ? (error ? 'could not be read' : undefined) : formatCount(data);
  return <Tile name={name} value={value} title={error?.message} to={to} />;
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
