import { Button, Skeleton } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { errorSentence } from '~/api/errors';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { users } from '~/data/users';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { isAtLeast } from '~/lib/versions';
import classes from './home.module.css';

/**
 * Two small requests and no more: a list of one row tells its total. Totals of media would make the server add up all of
 * them (`statistics.py`), each time somebody comes home.
 */
export function Glance() {
  const session = useSession();
  const { homeserver, version, mas } = session;
  // `GET /v3/users` came with 1.103.
  const listed = isAtLeast(version, '1.103');
  const userTotal = useQuery({ ...users.total(homeserver, session), enabled: listed });
  const roomTotal = useQuery(rooms.total(homeserver));
  return (
    <dl className={classes.glance}>
      {listed ? (
        <Total
          name="Users"
          to={paths.users()}
          query={userTotal}
          about={mas ? 'deactivated and locked ones too' : 'deactivated, locked ones and guests too'}
        />
      ) : (
        <Tile name="Users" value="–" about="The users list needs Synapse 1.103 or newer." />
      )}
      <Total name="Rooms" to={paths.rooms()} query={roomTotal} about="that this homeserver is in, or was" />
      <Tile
        name="Synapse"
        value={<bdi>{version}</bdi>}
        about={mas ? 'accounts are kept by Matrix Authentication Service' : 'keeps its accounts itself'}
      />
    </dl>
  );
}

interface TotalProps {
  name: string;
  to: string;
  query: UseQueryResult<number>;
  about: string;
}

function Total({ name, to, query, about }: TotalProps) {
  const { data, error, isFetching, refetch } = query;
  if (data !== undefined) {
    return (
      <Tile
        name={name}
        value={
          <Link to={to} className={classes.total} aria-label={`${formatCount(data)} ${name.toLowerCase()}`}>
            {formatCount(data)}
          </Link>
        }
        about={about}
      />
    );
  }
  if (error && !isFetching) {
    return (
      <Tile
        name={name}
        value="–"
        about={
          <span role="alert">
            {errorSentence(error)}{' '}
            <Button variant="subtle" size="compact-xs" onClick={() => void refetch()}>
              Try again
            </Button>
          </span>
        }
      />
    );
  }
  return (
    <Tile
      name={name}
      value={
        <div aria-busy="true">
          <Skeleton h="1.4rem" w="5rem" />
        </div>
      }
      about={about}
    />
  );
}

function Tile({ name, value, about }: { name: string; value: ReactNode; about: ReactNode }) {
  return (
    <div className={classes.tile}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{value}</dd>
      <dd className={classes.small}>{about}</dd>
    </div>
  );
}
