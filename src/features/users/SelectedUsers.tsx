import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { sendNotice } from '~/actions/user/notice';
import type { UsersQuery } from '~/api/users';
import { BulkMenu } from '~/entities/action/BulkMenu';
import type { Selected } from '~/entities/list/list';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';

/** What can be done with the selected users. */
export function SelectedUsers({ selected }: { selected: Selected<UsersQuery> }) {
  const openWith = useOpenWith();
  const take = (to: string) => openWith(to, { users: selected });
  return (
    <>
      <Button size="xs" onClick={() => take(paths.joinRooms())}>
        <Trans>Join to rooms…</Trans>
      </Button>
      <Button size="xs" variant="default" onClick={() => take(paths.externalIds())}>
        <Trans>Remove external IDs…</Trans>
      </Button>
      <Button size="xs" variant="default" onClick={() => take(paths.deleteMedia())}>
        <Trans>Delete media…</Trans>
      </Button>
      <BulkMenu
        entity="user"
        onChoose={({ kind }) => take(kind === sendNotice.kind ? paths.notices() : paths.bulk(kind))}
      />
    </>
  );
}
