import { Button } from '@mantine/core';
import type { UsersQuery } from '~/api/users';
import { BulkMenu } from '~/entities/action/BulkMenu';
import type { Selected } from '~/entities/list/list';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';

/** What can be done with the users selected. */
export function SelectedUsers({ selected }: { selected: Selected<UsersQuery> }) {
  const openWith = useOpenWith();
  const take = (to: string) => openWith(to, { users: selected });
  return (
    <>
      <Button size="xs" onClick={() => take(paths.joinRooms())}>
        Join to rooms…
      </Button>
      <Button size="xs" variant="default" onClick={() => take(paths.externalIds())}>
        Remove external ids…
      </Button>
      <Button size="xs" variant="default" onClick={() => take(paths.deleteMedia())}>
        Delete media…
      </Button>
      <BulkMenu entity="user" onChoose={({ kind }) => take(paths.bulk(kind))} />
    </>
  );
}
