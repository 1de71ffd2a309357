import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Pusher } from '~/api/user-details';
import { useSession } from '~/data/session';
import { userDetails } from '~/data/user-details';
import { DataTable, type Column } from '~/ui/DataTable';
import { Id } from '~/ui/Id';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Outside } from '~/ui/Outside';
import { Section } from '~/ui/Section';
import { TableCaption } from '~/ui/TableCaption';

const inLines = { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0 } as const;

export const PUSHER_COLUMNS: readonly Column<Pusher>[] = [
  {
    id: 'app',
    header: msg`App`,
    width: 'minmax(11rem, 1.2fr)',
    cell: ({ app_display_name, app_id }) => (
      <div style={inLines}>
        <Outside text={app_display_name} none={t`no name`} longest={80} />
        {app_id != null && <Id value={app_id} />}
      </div>
    ),
  },
  {
    id: 'device',
    header: msg`Device`,
    width: 'minmax(9rem, 1fr)',
    cell: ({ device_display_name, device_id }) => (
      <div style={inLines}>
        <Outside text={device_display_name} none={t`unknown`} longest={80} />
        {device_id != null && <Id value={device_id} />}
      </div>
    ),
  },
  {
    id: 'to',
    header: msg`Sent to`,
    width: 'minmax(14rem, 2fr)',
    cell: ({ kind, data, pushkey }) => {
      // An email pusher sends to its key.
      const to = data?.url ?? (kind === 'email' ? pushkey : null);
      return to === null ? t`unknown` : <Outside as="id" text={to} longest={200} />;
    },
  },
  {
    id: 'enabled',
    header: msg`Notifications`,
    width: '7rem',
    cell: ({ enabled }) => (enabled === false ? t`switched off` : t`on`),
  },
];

const keyOf = ({ app_id, pushkey }: Pusher): string => JSON.stringify([app_id, pushkey]);

/** Where notifications for this user are sent. */
export function UserPushers({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(userDetails.pushers(homeserver, userId));
  return (
    <Section
      unread={t`Could not load the pushers`}
      refresh={t`Refresh pushers`}
      tools={
        <Title order={2} size="h4">
          <Trans>Pushers</Trans>
        </Title>
      }
      reading={reading}
    >
      {({ rows, odd }) => (
        <>
          <OddRowsNote odd={odd} />
          {rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>None: this user gets no push notifications and no email notifications.</Trans>
            </Text>
          ) : (
            <>
              <TableCaption>{countWords(rows.length)}</TableCaption>
              <DataTable label={t`Pushers`} columns={PUSHER_COLUMNS} rows={rows} rowKey={keyOf} maxHeight="24rem" />
            </>
          )}
        </>
      )}
    </Section>
  );
}

const countWords = (count: number): string => plural(count, { one: '# pusher', other: '# pushers' });
