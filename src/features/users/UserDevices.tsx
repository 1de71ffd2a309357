import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Group, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { deviceId } from '~/actions/device/device';
import { endSessions } from '~/actions/user/end-sessions';
import type { Device } from '~/api/users';
import { ActionButton } from '~/entities/action/ActionButton';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { useSession } from '~/data/session';
import { users } from '~/data/users';
import { isCount } from '~/lib/numbers';
import type { Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Section } from '~/ui/Section';
import { Outside } from '~/ui/Outside';
import { SelectableTable } from '~/entities/list/SelectableTable';

export const DEVICE_COLUMNS: readonly Column<Device>[] = [
  {
    id: 'device',
    header: msg`Session`,
    width: 'minmax(12rem, 1.5fr)',
    cell: (device) => (
      <div style={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0 }}>
        <Outside text={device.display_name} none={t`no name`} longest={80} />
        <Id value={device.device_id} />
      </div>
    ),
  },
  {
    id: 'seen',
    header: msg`Last seen`,
    width: 'minmax(7.5rem, 0.7fr)',
    cell: (device) => <Moment ms={device.last_seen_ts} />,
  },
  {
    id: 'ip',
    header: msg`IP address`,
    width: 'minmax(8rem, 0.8fr)',
    cell: ({ last_seen_ip: ip }) => (ip == null || ip === '' ? t`unknown` : <Id value={ip} />),
  },
  {
    id: 'agent',
    header: msg`Client`,
    width: 'minmax(12rem, 2fr)',
    cell: (device) => <Outside text={device.last_seen_user_agent} none={t`unknown`} />,
  },
];

const columnsOf = (userId: string): readonly Column<Device>[] => [
  ...DEVICE_COLUMNS,
  {
    id: 'actions',
    header: msg`Actions`,
    width: '4.5rem',
    align: 'end',
    cell: ({ device_id }) => <ActionMenu entity="device" id={deviceId(userId, device_id)} look="row" />,
  },
];

const countWords = (total: number): string =>
  isCount(total)
    ? t`${plural(total, { one: '# session', other: '# sessions' })}`
    : t`The homeserver doesn’t say how many`;

const keyOf = (device: Device): string => device.device_id;

/** Where a user is signed in: a device is one session. */
export function UserDevices({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(users.devices(homeserver, userId));
  const columns = useMemo(() => columnsOf(userId), [userId]);
  return (
    <Section
      unread={t`Could not load the sessions`}
      refresh={t`Refresh sessions`}
      tools={
        <Group gap="sm">
          <Title order={2} size="h4">
            <Trans>Sessions</Trans>
          </Title>
          {reading.data && reading.data.rows.length > 0 && (
            <ActionButton actions={[endSessions]} id={userId} seen={{ devices: reading.data.rows }} />
          )}
        </Group>
      }
      reading={reading}
    >
      {({ rows, odd, total }) => (
        <>
          <OddRowsNote odd={odd} />
          <SelectableTable
            label={t`Sessions`}
            columns={columns}
            rows={rows}
            rowKey={keyOf}
            entity="device"
            idOf={({ device_id }) => deviceId(userId, device_id)}
            caption={countWords(total)}
            empty={<EmptyNote title={t`No sessions`}>{t`This user is not signed in anywhere.`}</EmptyNote>}
          />
        </>
      )}
    </Section>
  );
}
