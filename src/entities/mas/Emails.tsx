import { msg, plural, t } from '@lingui/core/macro';
import { Button, Group, TextInput } from '@mantine/core';
import { useMemo, useState, type FormEvent } from 'react';
import { addEmail } from '~/actions/mas/email';
import { emailId } from '~/actions/mas/ids';
import { masEmails, type MasAddress } from '~/data/mas-things';
import { useSession } from '~/data/session';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { UserLink } from '~/entities/user/UserLink';
import type { Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';
import { NewestFirst } from './NewestFirst';
import { unlessNobody } from './unless-nobody';

const nameOf = ({ userId, email }: MasAddress): string => emailId(userId, email);
const keyOf = ({ id }: MasAddress): string => id;

const ADDRESS: Column<MasAddress> = {
  id: 'email',
  header: msg`Email address`,
  width: 'minmax(14rem, 2fr)',
  cell: ({ email }) => <Id value={email} />,
};
const USER: Column<MasAddress> = {
  id: 'user',
  header: msg`User`,
  width: 'minmax(12rem, 1.5fr)',
  cell: ({ userId }) => (userId === '' ? t`unknown` : <UserLink userId={userId} />),
};
const REST: readonly Column<MasAddress>[] = [
  {
    id: 'created',
    header: msg`Added`,
    width: 'minmax(7.5rem, 0.7fr)',
    cell: ({ created_at }) => <Moment ms={Date.parse(created_at)} />,
  },
  {
    id: 'actions',
    header: msg`Actions`,
    width: '4.5rem',
    align: 'end',
    cell: (row) => row.userId !== '' && <ActionMenu entity="email" id={nameOf(row)} look="row" />,
  },
];

const CHOSEN = { entity: 'email', idOf: nameOf, canSelect: ({ userId }: MasAddress) => userId !== '' } as const;

interface EmailsProps {
  /** Whose; missing: of all accounts. */
  userId?: string;
  /** Only this one, whole; '': all. */
  address?: string;
}

/** Email addresses that MAS keeps. Synapse gets a copy of them. */
export function Emails({ userId, address = '' }: EmailsProps) {
  const session = useSession();
  const user = userId ?? '';
  const columns = useMemo(() => [ADDRESS, ...(userId === undefined ? [USER] : []), ...REST], [userId]);
  return (
    <>
      <NewestFirst
        queryKey={[session.homeserver.baseUrl, 'mas', 'emails', user, address]}
        read={(before, signal) => unlessNobody(masEmails(session, { user, address }, { before, signal }))}
        label={t`Email addresses`}
        unread={t`Could not load the email addresses`}
        refresh={t`Refresh email addresses`}
        columns={columns}
        rowKey={keyOf}
        chosen={CHOSEN}
        count={(total) => t`${plural(total, { one: '# email address', other: '# email addresses' })}`}
        empty={
          <EmptyNote title={t`No email addresses`}>
            {address === '' ? t`MAS has none here.` : t`No account of MAS has this address.`}
          </EmptyNote>
        }
      />
      {userId !== undefined && <AddEmail userId={userId} />}
    </>
  );
}

function AddEmail({ userId }: { userId: string }) {
  const [text, setText] = useState('');
  const [added, setAdded] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  const address = text.trim();
  // What else is wrong with it, MAS says.
  const isAddress = /^[^\s@]+@[^\s@]+$/.test(address);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isAddress) setAdded(address);
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-start" gap="xs" mt="sm">
        <TextInput
          label={t`New email address`}
          placeholder={t`anna@example.org`}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setTried(false);
          }}
          error={isTried && !isAddress && t`An email address looks like anna@example.org.`}
          w={{ base: '100%', xs: 320 }}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" variant="default" mt={{ base: 0, xs: 24 }}>
          {t`Add email address…`}
        </Button>
      </Group>
      {added !== null && (
        <ActionDialog
          action={addEmail}
          id={emailId(userId, added)}
          onDone={() => setText('')}
          onClose={() => setAdded(null)}
        />
      )}
    </form>
  );
}
