import { plural, t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { roomPicker } from '~/data/pickers';
import { useSession } from '~/data/session';
import { Picker, usePickSearch, type PickProps } from '~/entities/list/Picker';

/** Finds rooms and adds those that are picked. */
export function PickRooms({ onPick }: PickProps) {
  const { homeserver, serverName } = useSession();
  const looking = usePickSearch();
  const found = useQuery({ ...roomPicker(homeserver, serverName, looking.searched), enabled: looking.opened });
  return (
    <Picker
      looking={looking}
      found={found}
      button={t`Pick rooms…`}
      title={t`Pick rooms`}
      add={(count) => t`Add ${plural(count, { one: '# room', other: '# rooms' })}`}
      onPick={onPick}
    />
  );
}
