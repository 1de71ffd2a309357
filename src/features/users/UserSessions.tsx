import { Stack } from '@mantine/core';
import { UserConnections } from './UserConnections';
import { UserDevices } from './UserDevices';
import { UserPushers } from './UserPushers';

/** Where a user is signed in, from where they came, and where notifications go. */
export function UserSessions({ userId }: { userId: string }) {
  return (
    <Stack gap="xl">
      <UserDevices userId={userId} />
      <UserConnections userId={userId} />
      <UserPushers userId={userId} />
    </Stack>
  );
}
