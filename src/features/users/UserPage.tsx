import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { lock, unlock } from '~/actions/user/lock';
import { resetUserPassword } from '~/actions/user/reset-password';
import { HomeserverError } from '~/api/errors';
import type { User } from '~/api/users';
import { mediaPageQuery, USUAL_MEDIA_LIST } from '~/data/media-list';
import { useSession } from '~/data/session';
import { userDetails } from '~/data/user-details';
import { users } from '~/data/users';
import { ActionButton } from '~/entities/action/ActionButton';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { serverOf } from '~/lib/mxid';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { isolated, shownText, shownTitle } from '~/lib/shown-text';
import { EmptyNote } from '~/ui/EmptyNote';
import { Headline } from '~/ui/Headline';
import { Id } from '~/ui/Id';
import { OddFieldNote } from '~/ui/OddRowsNote';
import { Page } from '~/ui/Page';
import { Section } from '~/ui/Section';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { localpartOf } from '~/entities/user/localpart';
import { UserState } from '~/entities/user/UserState';
import { MAS_TABS } from './mas-tabs';
import { NotOnSynapse } from './NotOnSynapse';
import { UserActivity } from './UserActivity';
import { UserFacts } from './UserFacts';
import { UserMedia } from './UserMedia';
import { UserSessions } from './UserSessions';
import { UserPicture } from '~/entities/user/UserPicture';
import { UserRooms } from './UserRooms';
import { UserWizards } from './UserWizards';
import { Outside } from '~/ui/Outside';

const USERS = { label: msg`Users`, to: paths.users() };

export function UserPage() {
  const { userId = '' } = useParams();
  const { serverName } = useSession();
  // With a key of its own, so that nothing of the user shown before stays on the page.
  return serverOf(userId) === serverName ? (
    <LocalUser key={userId} userId={userId} />
  ) : (
    <OtherUser key={userId} userId={userId} />
  );
}

function LocalUser({ userId }: { userId: string }) {
  const { homeserver, version } = useSession();
  const masTabs = homeserver.mas ? MAS_TABS : [];
  const reading = useQuery(users.one(homeserver, userId));
  const { error } = reading;
  const data = reading.data?.value;
  const counts = useKnownCounts(userId);
  const absent = error instanceof HomeserverError && error.notFound;
  const name = shownTitle(data?.displayname);
  return (
    <Page
      title={name ?? isolated(localpartOf(userId))}
      parent={USERS}
      picture={
        <UserPicture name={shownText(data?.displayname) ?? localpartOf(userId)} mxcUrl={data?.avatar_url} size="lg" />
      }
      about={<Headline id={userId} marks={data && <UserState user={data} />} />}
      actions={data && <Actions user={data} />}
      reading={{ of: reading, refresh: t`Refresh user` }}
    >
      {absent ? (
        <NotOnSynapse userId={userId} />
      ) : (
        <TabsInUrl
          label={t`About this user`}
          tabs={[
            {
              id: 'account',
              label: t`Account`,
              content: (
                <Section unread={t`Could not load the user`} reading={reading}>
                  {({ value, problem }) => (
                    <>
                      <OddFieldNote problem={problem} />
                      <UserFacts user={value} version={version} />
                    </>
                  )}
                </Section>
              ),
            },
            {
              id: 'rooms',
              label: t`Rooms`,
              content: <UserRooms userId={userId} canJoin={data?.deactivated === false} isCounted />,
            },
            { id: 'devices', label: t`Sessions`, count: counts.devices, content: <UserSessions userId={userId} /> },
            ...masTabs.map(({ id, label, content }) => ({ id, label: wordsOf(label), content: content(userId) })),
            { id: 'media', label: t`Media`, count: counts.media, content: <UserMedia userId={userId} /> },
            { id: 'activity', label: t`Activity`, content: <UserActivity userId={userId} /> },
          ]}
        />
      )}
    </Page>
  );
}

/** What the answers so far said. Nothing is asked for the sake of a number. */
function useKnownCounts(userId: string) {
  const { homeserver } = useSession();
  const rooms = useQuery({ ...userDetails.memberships(homeserver, userId), enabled: false });
  const devices = useQuery({ ...users.devices(homeserver, userId), enabled: false });
  const files = useQuery({ ...users.media(homeserver, userId, mediaPageQuery(USUAL_MEDIA_LIST)), enabled: false });
  return {
    rooms: rooms.data?.rows.filter(({ membership }) => membership === 'join').length,
    devices: devices.data?.total,
    media: files.data?.total,
  };
}

/** A user of another homeserver: only the rooms that they share with users of this one are known. */
function OtherUser({ userId }: { userId: string }) {
  const server = serverOf(userId);
  if (server === null) {
    return (
      <Page title={t`Not a user ID`} parent={USERS}>
        <EmptyNote title={t`This is not a valid user ID`}>{t`A user ID looks like @name:example.org.`}</EmptyNote>
      </Page>
    );
  }
  return (
    <Page title={isolated(localpartOf(userId))} parent={USERS} about={<Id value={userId} />}>
      <Text size="sm">
        <Trans>
          This user belongs to <Outside as="id" text={server} />. Glia only knows which rooms they share with users of
          this homeserver.
        </Trans>
      </Text>
      <UserRooms userId={userId} />
    </Page>
  );
}

function Actions({ user }: { user: User }) {
  const userId = user.name;
  return (
    <>
      <ActionButton actions={[resetUserPassword]} id={userId} seen={user} />
      <ActionButton actions={[lock, unlock]} id={userId} seen={user} />
      <ActionMenu entity="user" id={userId} look="page">
        <UserWizards userId={userId} />
      </ActionMenu>
    </>
  );
}
