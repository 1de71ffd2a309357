import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { deviceId } from '~/actions/device/device';
import type { Device } from '~/api/users';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { useSession } from '~/data/session';
import { users } from '~/data/users';
import { isCount } from '~/lib/numbers';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Section } from '~/ui/Section';
import { TableCaption } from '~/ui/TableCaption';
import { Outside } from '~/ui/Outside';

export const DEVICE_COLUMNS: readonly Column<Device>[] = [
  {
    id: 'device',
    header: msg`Device`,
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
    ? t`${plural(total, { one: '# device', other: '# devices' })}`
    : t`The homeserver doesn’t say how many`;

const keyOf = (device: Device): string => device.device_id;

/** Where a user is signed in: a device is one session. */
export function UserDevices({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(users.devices(homeserver, userId));
  return (
    <Section
      unread={t`Could not load the devices`}
      refresh={t`Refresh devices`}
      tools={
        <Title order={2} size="h4">
          <Trans>Devices</Trans>
        </Title>
      }
      reading={reading}
    >
      {({ rows, odd, total }) => (
        <>
          <OddRowsNote odd={odd} />
          {rows.length > 0 && <TableCaption>{countWords(total)}</TableCaption>}
          <DataTable
            label={t`Devices`}
            columns={columnsOf(userId)}
            rows={rows}
            rowKey={keyOf}
            empty={<EmptyNote title={t`No devices`}>{t`This user is not signed in anywhere.`}</EmptyNote>}
          />
        </>
      )}
    </Section>
  );
}
