import { plural, t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { userPicker } from '~/data/pickers';
import { useSession } from '~/data/session';
import { Picker, usePickSearch, type PickProps } from '~/entities/list/Picker';

/** Finds users and adds those that are picked. */
export function PickUsers({ onPick }: PickProps) {
  const { homeserver, serverName } = useSession();
  const looking = usePickSearch();
  const found = useQuery({ ...userPicker(homeserver, serverName, looking.searched), enabled: looking.opened });
  return (
    <Picker
      looking={looking}
      found={found}
      button={t`Pick users…`}
      title={t`Pick users`}
      add={(count) => t`Add ${plural(count, { one: '# user', other: '# users' })}`}
      onPick={onPick}
    />
  );
}
