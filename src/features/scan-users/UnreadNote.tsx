import { msg, plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { UserLink } from '~/entities/user/UserLink';
import type { Unread } from '~/job-store/user-scans';
import { wordsOf } from '~/lib/words';
import { DataTable, type Column } from '~/ui/DataTable';
import { Notice } from '~/ui/Notice';
import { Outside } from '~/ui/Outside';

const COLUMNS: readonly Column<Unread>[] = [
  {
    id: 'user',
    header: msg`User`,
    width: 'minmax(14rem, 1fr)',
    cell: ({ userId }) => <UserLink userId={userId} />,
  },
  {
    id: 'reason',
    header: msg`Reason`,
    width: 'minmax(14rem, 2fr)',
    cell: ({ reason }) => <Outside text={wordsOf(reason)} longest={500} />,
  },
];
const idOf = ({ userId }: Unread): string => userId;

/** Who could not be read, by name: nothing is known of them, so no filter finds them. */
export function UnreadNote({ unread, onResume }: { unread: readonly Unread[]; onResume(): void }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const count = unread.length;
  if (count === 0) return null;
  return (
    <>
      <Notice
        tone="warning"
        role="status"
        title={plural(count, { one: '# user could not be read', other: '# users could not be read' })}
      >
        <span>{t`Nothing is known of them, so no filter finds them: they don’t count as users without an email address, for example.`}</span>
        <Group gap="xs" mt={6}>
          <Button size="xs" variant="default" onClick={onResume}>
            {plural(count, { one: 'Read # user again', other: 'Read # users again' })}
          </Button>
          <Button size="xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t`Hide them` : t`Show them`}
          </Button>
        </Group>
      </Notice>
      {open && (
        <DataTable
          label={t`Users that could not be read`}
          columns={COLUMNS}
          rows={unread}
          rowKey={idOf}
          maxHeight="20rem"
        />
      )}
    </>
  );
}
