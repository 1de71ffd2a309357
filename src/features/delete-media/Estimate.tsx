import { plural, t } from '@lingui/core/macro';
import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listUploaders } from '~/api/statistics';
import type { Session } from '~/data/session';
import { isCount } from '~/lib/numbers';
import { wordsOfError } from '~/lib/words';
import { readingRequests } from './estimate';

/** What the reading for a plan would cost: one request tells it, and it is sent only where that is wanted. */
export function Estimate({ session: { homeserver } }: { session: Session }) {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [homeserver.baseUrl, 'statistics', 'owners'],
    queryFn: async ({ signal }) => (await listUploaders(homeserver, { limit: 1 }, signal)).total,
    enabled: false,
    retry: false,
  });
  return (
    <Group gap="xs" mt="xs">
      <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
        {t`How much is there to read?`}
      </Button>
      <Text size="sm" role="status" style={{ flex: '1 1 16rem' }}>
        {error ? wordsOfError(error) : data === undefined ? null : words(data)}
      </Text>
    </Group>
  );
}

function words(owners: number): string {
  if (!isCount(owners)) return t`The homeserver does not say how many users have files.`;
  const users = plural(owners, { one: '# user has files', other: '# users have files' });
  const requests = plural(readingRequests(owners), { one: 'about # request', other: 'about # requests' });
  return t`${users}, so the review takes ${requests}. Users with more than 1,000 files take more, and so do avatars.`;
}
