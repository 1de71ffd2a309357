import { msg, t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import type { MasSession } from '~/data/mas-sessions';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { UserLink } from '~/entities/user/UserLink';
import type { Column } from '~/ui/DataTable';
import { Id } from '~/ui/Id';
import { Marks, type Mark } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import { isAdminScope } from './scopes';

const ACTIVE: Mark = { label: msg`active`, tone: 'good' };
const ENDED: Mark = { label: msg`ended`, tone: 'plain' };
const ADMIN: Mark = { label: msg`admin`, tone: 'note', meaning: msg`It may use the Admin API of Synapse or of MAS.` };

const USER: Column<MasSession> = {
  id: 'user',
  header: msg`User`,
  width: 'minmax(9rem, 1.4fr)',
  cell: ({ userId }) => (userId === '' ? t`no user` : <UserLink userId={userId} />),
};

const CLIENT: Column<MasSession> = {
  id: 'client',
  header: msg`Client`,
  width: 'minmax(8rem, 1.4fr)',
  cell: ({ clientName, clientId, title, agent }) => (
    <div style={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0 }}>
      {clientName !== undefined && clientName !== '' ? (
        <Outside text={clientName} longest={60} />
      ) : clientId === null ? (
        <Outside text={title ?? agent} none={t`unknown`} longest={60} />
      ) : (
        <Id value={clientId} />
      )}
      {clientId !== null && title !== null && (
        <Text span size="xs" c="dimmed">
          <Outside text={title} longest={60} />
        </Text>
      )}
    </div>
  ),
};

const DEVICE: Column<MasSession> = {
  id: 'device',
  header: msg`Device`,
  width: 'minmax(6rem, 0.7fr)',
  cell: ({ device }) => (device === null ? t`none` : <Id value={device} />),
};

const REST: readonly Column<MasSession>[] = [
  {
    id: 'active',
    header: msg`Last active`,
    width: 'minmax(7.5rem, 0.7fr)',
    cell: ({ lastActive }) => <Moment ms={lastActive} />,
  },
  {
    id: 'ip',
    header: msg`IP address`,
    width: 'minmax(7rem, 0.8fr)',
    cell: ({ ip }) => (ip === null ? t`unknown` : <Id value={ip} />),
  },
  {
    id: 'created',
    header: msg`Created`,
    width: 'minmax(7.5rem, 0.7fr)',
    cell: ({ created }) => <Moment ms={created} />,
  },
  {
    id: 'state',
    header: msg`Status`,
    width: 'minmax(5rem, 0.6fr)',
    cell: ({ ended, scopes }) => (
      <Marks marks={[ended === null ? ACTIVE : ENDED, ...(scopes.some(isAdminScope) ? [ADMIN] : [])]} />
    ),
  },
  {
    id: 'actions',
    header: msg`Actions`,
    width: '4.5rem',
    align: 'end',
    cell: ({ name, ended }) => ended === null && <ActionMenu entity="mas-session" id={name} look="row" />,
  },
];

/** @param ofOne whose sessions they are stands on the page already */
export const sessionColumns = (kind: MasSession['kind'], ofOne: boolean): readonly Column<MasSession>[] => [
  ...(ofOne ? [] : [USER]),
  CLIENT,
  ...(kind === 'user' ? [] : [DEVICE]),
  ...REST,
];
