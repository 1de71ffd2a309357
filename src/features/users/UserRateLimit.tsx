import { t } from '@lingui/core/macro';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { removeRateLimit, setRateLimit } from '~/actions/user/rate-limit';
import { useSession } from '~/data/session';
import { userDetails } from '~/data/user-details';
import { ActionPencil } from '~/entities/action/ActionPencil';
import type { RateLimit as Limit } from '~/api/users';
import { wordsOf, wordsOfError } from '~/lib/words';

/** How fast a user may send, if the homeserver's own limit does not count for them: from a request of its own. */
export function RateLimit({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const { data, error } = useQuery(userDetails.rateLimit(homeserver, userId));
  if (data !== undefined) return wordsOf(setRateLimit.words(asJson(data)));
  return error ? <bdi>{unknownBecause(wordsOfError(error))}</bdi> : <Skeleton h={14} w={160} aria-busy />;
}

export function RateLimitPencil({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const { data } = useQuery(userDetails.rateLimit(homeserver, userId));
  if (data === undefined) return null;
  return (
    <>
      <ActionPencil actions={[setRateLimit]} id={userId} seen={data} />
      {data && <ActionPencil actions={[removeRateLimit]} id={userId} seen={data} look="x" />}
    </>
  );
}

const asJson = (limit: Limit | null) =>
  limit && { messages_per_second: limit.messages_per_second, burst_count: limit.burst_count };

const unknownBecause = (reason: string): string => t`unknown. ${reason}`;
