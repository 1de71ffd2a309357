import { Trans } from '@lingui/react/macro';
import { Menu } from '@mantine/core';
import { IconDoorEnter, IconFileZip, IconTrash, IconUnlink } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';

/** In the menu of a user: changes that have a wizard of their own. */
export function UserWizards({ userId }: { userId: string }) {
  const openWith = useOpenWith();
  const take = (to: string) => openWith(to, { users: { ids: [userId] } });
  return (
    <>
      <Menu.Item leftSection={<IconDoorEnter size={16} aria-hidden />} onClick={() => take(paths.joinRooms())}>
        <Trans>Join to rooms…</Trans>
      </Menu.Item>
      <Menu.Item leftSection={<IconUnlink size={16} aria-hidden />} onClick={() => take(paths.externalIds())}>
        <Trans>Remove external IDs…</Trans>
      </Menu.Item>
      <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => take(paths.deleteMedia())}>
        <Trans>Delete media…</Trans>
      </Menu.Item>
      <Menu.Item component={Link} to={paths.dataRequest(userId)} leftSection={<IconFileZip size={16} aria-hidden />}>
        <Trans>Data request and erasure…</Trans>
      </Menu.Item>
      <Menu.Divider />
    </>
  );
}
