import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { lacks } from '~/api/since';
import { useSession } from '~/data/session';
import { userDetails } from '~/data/user-details';
import { wordsOf } from '~/lib/words';
import { ErrorNote } from '~/ui/ErrorNote';

const DAY_MS = 86_400_000;

/** How many invitations a user sent and how many rooms they joined lately: what gives a spammer away. Counted when it is asked for. */
export function InviteCounts({ userId }: { userId: string }) {
  const { homeserver, version } = useSession();
  const [days, setDays] = useState('7');
  const [isAsked, ask] = useState(false);
  const since = days === 'all' ? null : Number(days) * DAY_MS;
  const { data, error, isFetching, refetch } = useQuery({
    ...userDetails.counts(homeserver, userId, since),
    enabled: isAsked,
  });
  const lacking = lacks(version, 'invite-counts');
  if (lacking !== null) {
    return (
      <Text size="sm" c="dimmed">
        {unknownWords(wordsOf(lacking))}
      </Text>
    );
  }
  return (
    <>
      <Group gap="sm" align="flex-end">
        <Select
          label={t`Invitations sent and rooms joined`}
          data={[
            { value: '1', label: t`in the last 24 hours` },
            { value: '7', label: t`in the last 7 days` },
            { value: '30', label: t`in the last 30 days` },
            { value: 'all', label: t`since the account was created` },
          ]}
          value={days}
          onChange={(value) => setDays(value ?? '7')}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          size="sm"
        />
        {!isAsked && (
          <Button size="sm" variant="default" onClick={() => ask(true)}>
            <Trans>Count</Trans>
          </Button>
        )}
        <Text size="sm" role="status" mb={8}>
          {data ? countWords(data) : isFetching ? t`Counting…` : ''}
        </Text>
      </Group>
      {error && <ErrorNote title={t`Could not count`} error={error} onRetry={() => void refetch()} />}
    </>
  );
}

const countWords = ({ invites, joins }: { invites: number; joins: number }): string =>
  t`Sent ${plural(invites, { one: '# invitation', other: '# invitations' })}, joined ${plural(joins, { one: '# room', other: '# rooms' })}`;

const unknownWords = (reason: string): string => t`Invitations sent and rooms joined: unknown. ${reason}`;
