import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconReload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { retryDestination } from '~/actions/destination/retry';
import { failingDestinations } from '~/api/federation';
import type { DestinationFilter } from '~/data/federation';
import { useLacks } from '~/data/lacks';
import { useSession } from '~/data/session';
import type { Selected } from '~/entities/list/list';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';
import { textOfError } from '~/lib/text-error';
import { wordsOf } from '~/lib/words';
import { NotYetButton } from '~/ui/NotYetButton';
import { showToast } from '~/ui/toasts';
import { useWhileShown } from '~/ui/use-while-shown';

/** Retries what is selected, by a plan. Of servers that can be reached there is nothing to retry. */
export function SelectedDestinations({ selected }: { selected: Selected<DestinationFilter> }) {
  const { homeserver } = useSession();
  const openWith = useOpenWith();
  const lacking = useLacks('destination-rooms');
  // Another selection while the servers are read is another wish.
  const whileShown = useWhileShown(JSON.stringify(selected));
  const { mutate, isPending } = useMutation({
    mutationFn: async (): Promise<readonly string[] | null> => {
      if ('ids' in selected) return selected.ids;
      const signal = whileShown();
      const { rows } = await failingDestinations(homeserver, selected.filter.destination);
      if (signal.aborted) return null;
      return rows.map(({ destination }) => destination);
    },
    onSuccess: (ids) => ids && openWith(paths.bulk(retryDestination.kind), { things: { entity: 'destination', ids } }),
    onError: (error) =>
      showToast({
        tone: 'warning',
        title: t`Could not load the servers`,
        body: wordsOf(textOfError(error)),
        actions: [],
      }),
  });
  const reason =
    lacking === null
      ? 'filter' in selected && selected.filter.failing !== true
        ? t`Set the status filter to “Failing” first: the other servers need no retry.`
        : null
      : wordsOf(lacking);
  const look = { size: 'xs', leftSection: <IconReload size={14} aria-hidden /> } as const;
  return reason === null ? (
    <Button {...look} loading={isPending} onClick={() => mutate()}>{t`Retry now…`}</Button>
  ) : (
    <NotYetButton {...look} reason={reason}>{t`Retry now…`}</NotYetButton>
  );
}
