import { plural, t } from '@lingui/core/macro';
import { Button, Group, Text } from '@mantine/core';
import type { RoomRow } from '~/api/rooms';
import type { WholeList } from '~/data/whole-list';
import { ListProgress, type ReadControl } from '~/entities/list/ReadList';
import { clock } from '~/lib/dates';
import { Notice } from '~/ui/Notice';
import { READ_WORDS } from './ReadAllRooms';

interface RoomReadNotesProps extends ReadControl {
  data: WholeList<RoomRow>;
  /** A job has ended since, or rooms were changed in another way. */
  isStale: boolean;
}

/** How the list was read, and what may be wrong with it by now. */
export function RoomReadNotes({ reading, progress, onRead, onCancel, data, isStale }: RoomReadNotesProps) {
  const { odd, missing } = data;
  const time = clock(data.to);
  if (reading.isFetching) return <ListProgress progress={progress} words={READ_WORDS} onCancel={onCancel} />;
  const read = data.rows.length;
  return (
    <>
      {read > 0 && (
        <Text size="xs" c="dimmed">
          {t`Filtered from the ${plural(read, { one: '# room', other: '# rooms' })} that Glia read.`}
        </Text>
      )}
      {(missing > 0 || odd > 0) && (
        <Notice tone="warning" role="status" title={t`The list may be incomplete`}>
          {missing > 0 && (
            <div>
              {plural(missing, {
                one: 'The list changed while Glia read it: at least # room may be missing.',
                other: 'The list changed while Glia read it: # rooms may be missing.',
              })}
            </div>
          )}
          {odd > 0 && (
            <div>
              {plural(odd, {
                one: 'Glia could not read # room, and does not know whether it matches.',
                other: 'Glia could not read # rooms, and does not know whether they match.',
              })}
            </div>
          )}
        </Notice>
      )}
      {isStale && (
        <Notice tone="warning" role="status" title={t`Rooms may have changed since ${time}`}>
          <Group gap="xs">
            {t`A job has finished since Glia read this list.`}
            <Button size="compact-sm" variant="default" onClick={onRead}>
              {t`Read it again`}
            </Button>
          </Group>
        </Notice>
      )}
    </>
  );
}
