import { msg, plural, t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { personalId } from '~/actions/mas/ids';
import { issuePersonalToken } from '~/actions/mas/personal-issue';
import { personalTokens, type MasToken } from '~/data/mas-things';
import { useMasLacks } from '~/data/mas-server';
import { useSession } from '~/data/session';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { UserLink } from '~/entities/user/UserLink';
import { asServer } from '~/job-store/action-jobs';
import { wordsOf } from '~/lib/words';
import type { Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Marks, type Mark } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { NotYetButton } from '~/ui/NotYetButton';
import { Outside } from '~/ui/Outside';
import { NewestFirst } from './NewestFirst';
import { isAdminScope } from './scopes';
import { Several } from './Several';
import { unlessNobody } from './unless-nobody';

const VALID: Mark = { label: msg`valid`, tone: 'good' };
const REVOKED: Mark = { label: msg`revoked`, tone: 'plain' };
const EXPIRED: Mark = { label: msg`expired`, tone: 'plain' };
const FOR_EVER: Mark = { label: msg`never expires`, tone: 'warning' };
const ADMIN: Mark = { label: msg`admin`, tone: 'note', meaning: msg`It may use the Admin API of Synapse or of MAS.` };

function marksOf({ revoked_at, expires_at, scope }: MasToken): Mark[] {
  const isAdmin = scope.split(' ').some(isAdminScope);
  if (revoked_at != null) return [REVOKED];
  if (expires_at != null && Date.parse(expires_at) < Date.now()) return [EXPIRED];
  return [VALID, ...(expires_at == null ? [FOR_EVER] : []), ...(isAdmin ? [ADMIN] : [])];
}

const ms = (time: string | null | undefined): number | null => (time == null ? null : Date.parse(time));
const nameOf = ({ id, userId }: MasToken): string => personalId(id, userId);

const USER: Column<MasToken> = {
  id: 'user',
  header: msg`Acts as`,
  width: 'minmax(8rem, 1.2fr)',
  cell: ({ userId }) => (userId === '' ? t`unknown` : <UserLink userId={userId} />),
};

const REST: readonly Column<MasToken>[] = [
  {
    id: 'scope',
    header: msg`Scopes`,
    width: 'minmax(11rem, 1.8fr)',
    cell: ({ scope }) => <Several ids={scope.split(' ')} />,
  },
  { id: 'state', header: msg`Status`, width: 'minmax(8rem, 1fr)', cell: (row) => <Marks marks={marksOf(row)} /> },
  {
    id: 'expires',
    header: msg`Expires`,
    width: 'minmax(6.5rem, 0.7fr)',
    cell: ({ expires_at }) => <Moment ms={ms(expires_at)} none={t`never`} />,
  },
  {
    id: 'active',
    header: msg`Last used`,
    width: 'minmax(6.5rem, 0.7fr)',
    cell: ({ last_active_at }) => <Moment ms={ms(last_active_at)} none={t`not known`} />,
  },
  {
    id: 'owner',
    header: msg`Issued by`,
    width: 'minmax(8rem, 1fr)',
    cell: ({ owner }) => (owner === '' ? t`a client` : <UserLink userId={owner} />),
  },
  {
    id: 'actions',
    header: msg`Actions`,
    width: '4.5rem',
    align: 'end',
    cell: (row) => row.revoked_at == null && <ActionMenu entity="personal-token" id={nameOf(row)} look="row" />,
  },
];

const NAME: Column<MasToken> = {
  id: 'name',
  header: msg`Name`,
  width: 'minmax(8rem, 1.3fr)',
  cell: ({ human_name }) => <Outside text={human_name} none={t`no name`} longest={80} />,
};

const keyOf = ({ id }: MasToken): string => id;
const CHOSEN = {
  entity: 'personal-token',
  idOf: nameOf,
  canSelect: ({ revoked_at }: MasToken) => revoked_at == null,
} as const;

interface PersonalTokensProps {
  /** Whom they act as; '': all. */
  user: string;
  status: 'active' | 'finished' | 'any';
  /** The user of this page, for whom one can be issued. */
  userId?: string;
}

/** Tokens that admins issued for accounts: each acts as its account, with the rights in its scopes. */
export function PersonalTokens({ user, status, userId }: PersonalTokensProps) {
  const session = useSession();
  const lacking = useMasLacks('personal-sessions');
  const columns = useMemo(() => [NAME, ...(userId === undefined ? [USER] : []), ...REST], [userId]);
  if (lacking !== null) return <EmptyNote title={t`Not on this MAS`}>{wordsOf(lacking)}</EmptyNote>;
  return (
    <NewestFirst
      queryKey={[session.homeserver.baseUrl, 'mas', 'personal', user, status]}
      read={(before, signal) => unlessNobody(personalTokens(session, { user, status }, { before, signal }))}
      label={t`Personal access tokens`}
      unread={t`Could not load the tokens`}
      refresh={t`Refresh tokens`}
      columns={columns}
      rowKey={keyOf}
      chosen={CHOSEN}
      count={(total) => t`${plural(total, { one: '# token', other: '# tokens' })}`}
      tools={userId !== undefined && <Issue userId={userId} />}
      empty={
        <EmptyNote title={t`No personal access tokens`}>
          {t`An admin can issue one for a script: it acts as the user, with the rights that you choose.`}
        </EmptyNote>
      }
    />
  );
}

function Issue({ userId }: { userId: string }) {
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const reason = issuePersonalToken.guard?.(asServer(session)) ?? null;
  const look = { size: 'xs', leftSection: <IconKey size={14} aria-hidden /> } as const;
  return (
    <>
      {reason === null ? (
        <Button {...look} onClick={() => setOpen(true)}>{t`Issue token…`}</Button>
      ) : (
        <NotYetButton {...look} reason={wordsOf(reason)}>{t`Issue token…`}</NotYetButton>
      )}
      {isOpen && <ActionDialog action={issuePersonalToken} id={userId} onClose={() => setOpen(false)} />}
    </>
  );
}
