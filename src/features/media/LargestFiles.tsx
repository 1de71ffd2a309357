import { msg, plural, t } from '@lingui/core/macro';
import { NativeSelect, Text } from '@mantine/core';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { useLongRead } from '~/data/long-read';
import { LARGEST, largestFiles, type LargestFiles as Found, type OwnedFile } from '~/data/media-usage';
import { useSession } from '~/data/session';
import { OF_FILE, WHICH_FILE } from '~/entities/media/columns';
import { FilesTable } from '~/entities/media/FilesTable';
import { UserLink } from '~/entities/user/UserLink';
import { formatBytes } from '~/lib/bytes';
import { formatCount } from '~/lib/numbers';
import type { Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { ReadFirst } from './ReadFirst';

const USERS = [20, 100, 500] as const;

const COLUMNS: readonly Column<OwnedFile>[] = [
  WHICH_FILE,
  {
    id: 'owner',
    header: msg`Owner`,
    width: 'minmax(11rem, 1.2fr)',
    cell: ({ owner }) => <UserLink userId={owner} />,
  },
  { id: 'media_length', ...OF_FILE.media_length },
  { id: 'created_ts', ...OF_FILE.created_ts },
  { id: 'last_access_ts', ...OF_FILE.last_access_ts },
  { id: 'state', ...OF_FILE.state },
];

/** The largest files that the lists of the users with most media hold. */
export function LargestFiles() {
  const { homeserver, serverName } = useSession();
  const [search, setSearch] = useSearchParams();
  const users = USERS.find((one) => String(one) === search.get('users')) ?? USERS[0];
  const reading = useLongRead([homeserver.baseUrl, 'media', 'largest', users], (signal, show) =>
    largestFiles(homeserver, users, signal, show),
  );
  const mxcOf = useCallback(({ media_id: id }: OwnedFile) => `mxc://${serverName}/${id}`, [serverName]);
  const atMost = formatCount(users + 1);
  const most = formatCount(LARGEST);
  return (
    <ReadFirst
      reading={reading}
      cost={t`Synapse can’t list the largest files of all users. Glia can read the ${most} largest files of each of the users with the most media, and say down to which size the list is complete. That takes up to ${atMost} requests, one after the other. Reading changes nothing.`}
      button={t`Find the largest files`}
      unread={t`Could not find the largest files`}
      refresh={t`Find the largest files again`}
      choice={
        <NativeSelect
          size="sm"
          label={t`Users to read`}
          value={users}
          data={USERS.map((one) => ({ value: String(one), label: formatCount(one) }))}
          onChange={({ currentTarget: { value } }) =>
            setSearch({ tab: 'largest', ...(value !== String(USERS[0]) && { users: value }) })
          }
        />
      }
    >
      {(found) => (
        <>
          <Text size="sm">{howSure(found)}</Text>
          <FilesTable
            label={t`Largest files`}
            rows={found.files}
            mxcOf={mxcOf}
            columns={COLUMNS}
            of={{ from: 'list' }}
            empty={<EmptyNote title={t`No files`}>{t`No user of this homeserver has uploaded anything.`}</EmptyNote>}
          />
        </>
      )}
    </ReadFirst>
  );
}

/** Down to which size the list is complete. */
function howSure({ files, read, of, bound }: Found): string {
  const users = t`${plural(read, { one: '# user was read.', other: '# users were read.' })}`;
  if (bound === null) {
    return t`${users} Of some users Synapse tells no size: a file of theirs may be larger than some of these.`;
  }
  const smallest = files.at(-1)?.media_length ?? 0;
  if (read >= of || bound <= smallest) return t`${users} No file that was not read can be larger than these.`;
  const size = formatBytes(bound);
  return t`${users} The list is complete for files larger than ${size}: no user who was not read has more than that in all. Smaller ones may be missing.`;
}
