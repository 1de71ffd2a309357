import { plural, t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { ReadList, type ReadControl } from '~/entities/list/ReadList';
import { Notice } from '~/ui/Notice';
import { READ_WORDS } from './ReadAllRooms';

/** In place of the list, once it was read: which rooms were replaced is asked of each, at the admin’s word. */
export function AskReplaced({ rooms, ...control }: ReadControl & { rooms: number }) {
  return (
    <ReadList {...control} words={READ_WORDS} title={t`No list says which rooms were replaced`}>
      <Text size="sm">
        {plural(rooms, {
          one: 'Glia asks about the # room that fits your other filters, and was not asked about yet: one request.',
          other:
            'Glia asks about each of the # rooms that fit your other filters, and were not asked about yet: # requests. Set other filters first to ask about fewer. Reading changes nothing.',
        })}
      </Text>
    </ReadList>
  );
}

export function UntoldNote({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Notice tone="warning" role="status" title={t`The list may be incomplete`}>
      {plural(count, {
        one: 'Whether # room was replaced could not be told.',
        other: 'Whether # rooms were replaced could not be told.',
      })}
    </Notice>
  );
}
