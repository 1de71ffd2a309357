import { t } from '@lingui/core/macro';
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { lock, unlock } from '~/actions/user/lock';
import { resetUserPassword } from '~/actions/user/reset-password';
import { HomeserverError } from '~/api/errors';
import type { User } from '~/api/users';
import { useSession } from '~/data/session';
import { users } from '~/data/users';
import { ActionButton } from '~/entities/action/ActionButton';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { serverOf } from '~/lib/mxid';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';
import { isolated, shownText, shownTitle } from '~/lib/shown-text';
import { EmptyNote } from '~/ui/EmptyNote';
import { Headline } from '~/ui/Headline';
import { Id } from '~/ui/Id';
import { Marks } from '~/ui/Marks';
import { OddFieldNote } from '~/ui/OddRowsNote';
import { Page } from '~/ui/Page';
import { Section } from '~/ui/Section';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { localpartOf } from '~/entities/user/localpart';
import { userBadges } from '~/entities/user/badges';
import { UserDevices } from './UserDevices';
import { UserFacts } from './UserFacts';
import { UserMedia } from './UserMedia';
import { UserPicture } from '~/entities/user/UserPicture';
import { UserRooms } from './UserRooms';
import { Outside } from '~/ui/Outside';

const USERS = { label: 'Users', to: paths.users() };

export function UserPage() {
  const { userId = '' } = useParams();
  const { serverName } = useSession();
  // Another user is another page: nothing of the former one may stay.
  return serverOf(userId) === serverName ? (
    <LocalUser key={userId} userId={userId} />
  ) : (
    <OtherUser key={userId} userId={userId} />
  );
}

function LocalUser({ userId }: { userId: string }) {
  const { homeserver, version } = useSession();
  const reading = useQuery(users.one(homeserver, userId));
  const { error } = reading;
  const data = reading.data?.value;
  const absent = error instanceof HomeserverError && error.notFound;
  const name = shownTitle(data?.displayname);
  return (
    <Page
      title={name ?? isolated(localpartOf(userId))}
      parent={USERS}
      picture={
        <UserPicture name={shownText(data?.displayname) ?? localpartOf(userId)} mxcUrl={data?.avatar_url} size="lg" />
      }
      about={<Headline id={userId} marks={data && <Marks marks={userBadges(data)} />} />}
      actions={data && <Actions user={data} />}
      reading={{ of: reading, refresh: t`Refresh user` }}
    >
      {absent ? (
        <EmptyNote title="This homeserver has no such user">
          There is no account <Outside as="id" text={userId} />, nor was there one: deactivated and erased accounts are
          still found.
        </EmptyNote>
      ) : (
        <TabsInUrl
          label="About this user"
          tabs={[
            {
              id: 'account',
              label: 'Account',
              content: (
                <Section unread={t`The user could not be read`} reading={reading}>
                  {({ value, problem }) => (
                    <>
                      <OddFieldNote problem={problem} />
                      <UserFacts user={value} version={version} />
                    </>
                  )}
                </Section>
              ),
            },
            { id: 'rooms', label: 'Rooms', content: <UserRooms userId={userId} /> },
            { id: 'devices', label: 'Devices', content: <UserDevices userId={userId} /> },
            { id: 'media', label: 'Media', content: <UserMedia userId={userId} /> },
          ]}
        />
      )}
    </Page>
  );
}

/** Of a user of another server this homeserver knows only which of its rooms they are in. */
function OtherUser({ userId }: { userId: string }) {
  const { serverName } = useSession();
  const server = serverOf(userId);
  if (server === null) {
    return (
      <Page title="Not a user ID" parent={USERS}>
        <EmptyNote title="This is not a valid user ID">A user ID looks like @name:server.</EmptyNote>
      </Page>
    );
  }
  return (
    <Page title={isolated(localpartOf(userId))} parent={USERS} about={<Id value={userId} />}>
      <Text size="sm">
        This user’s account is on <Outside as="id" text={server} />, not on <Outside as="id" text={serverName} />: only
        the rooms that this homeserver is in too are known.
      </Text>
      <UserRooms userId={userId} />
    </Page>
  );
}

function Actions({ user }: { user: User }) {
  const userId = user.name;
  const openWith = useOpenWith();
  const take = (to: string) => openWith(to, { users: { ids: [userId] } });
  return (
    <>
      <Button size="xs" variant="default" onClick={() => take(paths.joinRooms())}>
        Join to rooms…
      </Button>
      <Button size="xs" variant="default" onClick={() => take(paths.externalIds())}>
        Remove external ids…
      </Button>
      <Button size="xs" variant="default" onClick={() => take(paths.deleteMedia())}>
        Delete media…
      </Button>
      <ActionButton actions={[resetUserPassword]} id={userId} seen={user} />
      <ActionButton actions={[lock, unlock]} id={userId} seen={user} />
      <ActionMenu entity="user" id={userId} look="page" />
    </>
  );
}
