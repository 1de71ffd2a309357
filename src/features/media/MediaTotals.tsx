import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Paper, Text } from '@mantine/core';
import { UPLOADERS_PAGE } from '~/api/statistics';
import { useLongRead } from '~/data/long-read';
import { sumOfMedia, type MediaSum } from '~/data/media-usage';
import { useSession } from '~/data/session';
import { canSearchUploaders, isSpan, uploaderFilter, type UploaderListState } from '~/data/statistics';
import { formatBytes } from '~/lib/bytes';
import { formatCount, isCount } from '~/lib/numbers';
import { ErrorNote } from '~/ui/ErrorNote';
import { AsOf, StaleNote } from '~/ui/Freshness';
import { Reading } from './ReadFirst';

interface MediaTotalsProps {
  /** Of the list: its search and its days. */
  state: UploaderListState;
  /** How many users match; undefined: not known yet. */
  users: number | undefined;
}

/** All files of the users that match, added up here: Synapse has no total. At once where one request does, else at a click. */
export function MediaTotals({ state, users }: MediaTotalsProps) {
  const { homeserver } = useSession();
  const span = uploaderFilter(state);
  const canAsk = canSearchUploaders(state) && isSpan(state);
  const isQuick = canAsk && users !== undefined && isCount(users) && users <= UPLOADERS_PAGE;
  const reading = useLongRead(
    [homeserver.baseUrl, 'statistics', 'sum', span],
    (signal, show) => sumOfMedia(homeserver, span, signal, show),
    isQuick,
  );
  const { data, error, isFetching } = reading;
  if (!canAsk || users === undefined) return null;
  const requests = isCount(users) ? Math.ceil(users / UPLOADERS_PAGE) : null;
  return (
    <Paper withBorder px="md" py="sm" mb="sm" component="section" aria-label={t`Totals`}>
      <Group gap="sm" mih={32}>
        {data !== undefined && <Text fw={600}>{sumWords(data)}</Text>}
        {data === undefined && !isFetching && (
          <>
            <Text size="sm">
              <Trans>Synapse tells no total. Glia can add up what it says of each user.</Trans>
            </Text>
            <Button size="xs" variant="default" onClick={reading.refetch}>
              {requests === null
                ? t`Add up`
                : t`Add up (${plural(requests, { one: '# request', other: '# requests' })})`}
            </Button>
          </>
        )}
        {isFetching && data === undefined && <Reading reading={reading} />}
        {data !== undefined && <AsOf reading={reading} label={t`Add up again`} />}
      </Group>
      {error && data === undefined && <ErrorNote title={t`Could not add up the files`} error={error} />}
      <StaleNote reading={reading} />
      <Text size="xs" c="dimmed" mt={4}>
        {data !== undefined && data.unknown > 0 && `${unknownWords(data.unknown)} `}
        <Trans>
          The sum of what Synapse’s statistics say of each user who matches. Copies of other homeservers’ files are not
          in it: Synapse has no statistics of them.
        </Trans>
      </Text>
    </Paper>
  );
}

function sumWords({ users, files, bytes }: MediaSum): string {
  const size = formatBytes(bytes);
  const [count, owners] = [formatCount(files), formatCount(users)];
  return t`${size} in ${count} files of ${owners} users`;
}

const unknownWords = (count: number): string =>
  t`${plural(count, { one: 'Of # user no size is known.', other: 'Of # users no size is known.' })}`;
