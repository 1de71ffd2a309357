import { plural, t } from '@lingui/core/macro';
import { Button, Group, Text } from '@mantine/core';
import type { AllUsers } from '~/data/all-users';
import { clock } from '~/lib/dates';
import { Notice } from '~/ui/Notice';
import { missingWords } from './missing-words';
import type { ReadControl } from '~/entities/list/ReadList';
import { ReadProgress } from './ReadAllUsers';

interface ReadNotesProps extends ReadControl {
  data: AllUsers;
  /** Bridged users that fit the filters otherwise, and are hidden. */
  bridged: number;
  /** A job has ended since, or users were changed in another way. */
  isStale: boolean;
}

/** How the list was read, and what may be wrong with it by now. */
export function ReadNotes({ reading, progress, onRead, onCancel, data, bridged, isStale }: ReadNotesProps) {
  const { odd, missing } = data;
  const time = clock(data.to);
  if (reading.isFetching) return <ReadProgress progress={progress} onCancel={onCancel} />;
  const read = data.users.length;
  return (
    <>
      {read > 0 && (
        <Text size="xs" c="dimmed">
          {t`Filtered from the ${plural(read, { one: '# user', other: '# users' })} that Glia read.`}{' '}
          {bridged > 0 && plural(bridged, { one: '# bridged user is hidden.', other: '# bridged users are hidden.' })}
        </Text>
      )}
      {(missing > 0 || odd > 0) && (
        <Notice tone="warning" role="status" title={t`The list may be incomplete`}>
          {missing > 0 && <div>{missingWords(missing)}</div>}
          {odd > 0 && (
            <div>
              {plural(odd, {
                one: 'Glia could not read # user, and does not know whether they match.',
                other: 'Glia could not read # users, and does not know whether they match.',
              })}
            </div>
          )}
        </Notice>
      )}
      {isStale && (
        <Notice tone="warning" role="status" title={t`Users may have changed since ${time}`}>
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
