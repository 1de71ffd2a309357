import { msg, t } from '@lingui/core/macro';
import { isFailing, type Destination } from '~/api/federation';
import { isTime } from '~/lib/times';
import type { Mark } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';

/** A retry takes the failure away before anybody was reached, and a server may be listed before the first attempt. */
const NOT_FAILING: Mark = {
  label: msg`not failing`,
  tone: 'plain',
  meaning: msg`Synapse has noted no failed attempt since it last reached this server, or since it was told to retry.`,
};
const FAILING: Mark = {
  label: msg`failing`,
  tone: 'warning',
  meaning: msg`The last attempt to reach this server failed. Synapse waits before it tries again.`,
};

/** Whether the server can be reached, as a label. */
export const destinationMarks = (destination: Destination): Mark[] => [isFailing(destination) ? FAILING : NOT_FAILING];

/** When Synapse stops waiting, epoch ms; null where it does not wait. */
export function nextAttempt({ retry_last_ts: last, retry_interval: wait }: Destination): number | null {
  if (last == null || last <= 0) return null;
  return last + (wait ?? 0);
}

/** When Synapse tries again: a time, or “due” where it has passed and nothing was to be sent since. */
export function NextAttempt({ of, none }: { of: Destination; none: string }) {
  const at = nextAttempt(of);
  if (at === null) return none;
  return hasPassed(at) ? t`due` : <Moment ms={at} />;
}

const hasPassed = (ms: number): boolean => isTime(ms) && ms <= Date.now();
