import { Trans } from '@lingui/react/macro';
import { Menu } from '@mantine/core';
import { IconPhotoX } from '@tabler/icons-react';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';

/** In the menu of a room: changes that have a wizard of their own. */
export function RoomWizards({ roomId }: { roomId: string }) {
  const openWith = useOpenWith();
  return (
    <>
      <Menu.Item
        leftSection={<IconPhotoX size={16} aria-hidden />}
        onClick={() => openWith(paths.deleteMedia(), { rooms: { ids: [roomId] } })}
      >
        <Trans>Delete media by date…</Trans>
      </Menu.Item>
      <Menu.Divider />
    </>
  );
}
