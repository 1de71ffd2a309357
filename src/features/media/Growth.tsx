import { t } from '@lingui/core/macro';
import { NativeSelect, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { useLongRead } from '~/data/long-read';
import { growthByMonth, sumOfMedia, type MonthSum } from '~/data/media-usage';
import { useSession } from '~/data/session';
import { formatBytes } from '~/lib/bytes';
import { lastMonths } from '~/lib/months';
import { formatCount } from '~/lib/numbers';
import { sentences } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { MonthPlot } from '~/ui/charts/MonthPlot';
import { ReadFirst } from './ReadFirst';

const COUNTS = [12, 24, 36] as const;

/** How much was uploaded in each month, of what is still there. */
export function Growth() {
  const { homeserver } = useSession();
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const count = COUNTS.find((one) => String(one) === search.get('months')) ?? COUNTS[0];
  const key = [homeserver.baseUrl, 'statistics', 'growth'];
  const reading = useLongRead([...key, count], (signal, show) =>
    growthByMonth(
      lastMonths(count),
      ({ key: month, from, until }) =>
        // A month that was read stays: a reading that failed resumes there. The one that runs is read anew.
        client.fetchQuery({
          queryKey: [...key, 'month', month],
          queryFn: () => sumOfMedia(homeserver, { from_ts: from, until_ts: until }, signal),
          staleTime: until < Date.now() ? 10 * 60_000 : 0,
          retry: false,
        }),
      show,
    ),
  );
  const requests = formatCount(count);
  return (
    <ReadFirst
      reading={reading}
      cost={t`Glia asks Synapse’s statistics about each month: at least ${requests} requests, one after the other, and more for months in which over 1,000 users uploaded something. Files that have been deleted since are not counted. Reading changes nothing.`}
      button={t`Read the months`}
      unread={t`Could not read the months`}
      refresh={t`Read the months again`}
      choice={
        <NativeSelect
          size="sm"
          label={t`Months`}
          value={count}
          data={COUNTS.map((one) => ({ value: String(one), label: formatCount(one) }))}
          onChange={({ currentTarget: { value } }) =>
            setSearch({ tab: 'growth', ...(value !== String(COUNTS[0]) && { months: value }) })
          }
        />
      }
    >
      {(months) => (
        <>
          <Text size="sm">{sumWords(months)}</Text>
          <MonthPlot caption={t`Size of the files uploaded in each month`} months={months} />
        </>
      )}
    </ReadFirst>
  );
}

function sumWords(months: readonly MonthSum[]): string {
  const files = formatCount(months.reduce((sum, month) => sum + month.files, 0));
  const size = formatBytes(months.reduce((sum, month) => sum + month.bytes, 0));
  const unknown = months.some((month) => month.unknown > 0);
  const words = t`In these months: ${files} files, ${size} in all.`;
  const note = t`Of some users Synapse tells no size: they are missing in the sizes.`;
  return unknown ? wordsOf(sentences(words, note)) : words;
}
