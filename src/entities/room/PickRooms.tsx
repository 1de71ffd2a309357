import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { roomPicker } from '~/data/pickers';
import { useSession } from '~/data/session';
import { Picker, usePickSearch, type PickProps } from '~/entities/list/Picker';

/** The rooms that are found while one types, or only the spaces among them. */
export function useRoomSearch(onlySpaces = false) {
  const { t } = useLingui();
  const { homeserver, serverName } = useSession();
  const looking = usePickSearch();
  const { data, isFetching, error } = useQuery({
    ...roomPicker(homeserver, serverName, looking.searched, onlySpaces),
    enabled: looking.opened,
  });
  const marked = data?.options.map(({ isSpace, ...option }) => ({
    ...option,
    ...(isSpace && !onlySpaces && { tag: t`Space` }),
  }));
  return { looking, found: { data: data && { ...data, options: marked ?? [] }, isFetching, error } };
}

/** Finds rooms and adds those that are picked. */
export function PickRooms({ onPick }: PickProps) {
  const { t } = useLingui();
  return (
    <Picker
      {...useRoomSearch()}
      button={t`Pick rooms…`}
      title={t`Pick rooms`}
      add={(count) => t`Add ${plural(count, { one: '# room', other: '# rooms' })}`}
      onPick={onPick}
    />
  );
}
