import { lookAtDestination, resetConnection } from '~/api/federation-asks';
import { isFailing, type Destination } from '~/api/federation';
import { lacks } from '~/api/since';
import { defineAction } from '~/actions/action';
import { withValues } from '~/lib/text';
import { isoTime } from '~/lib/times';

/**
 * When Synapse last failed to reach it, ms; 0 or null: it does not wait. `after`: it is to wait no longer for that failure. A server
 * that is still down fails again within the same second, and then Synapse waits again: it was still retried.
 */
type State = { retry_last_ts: number | null; after?: number };

const REACHED = /*i18n*/ { id: 'destination.not-waiting', message: 'not waiting' };
const WAITING = /*i18n*/ {
  id: 'destination.waiting',
  message: 'waiting since the failed attempt of {time}',
} as const;
const FAILED_AGAIN = /*i18n*/ {
  id: 'destination.retry.failed-again',
  message: 'Synapse tried at once, and could not reach the server. It waits again.',
};

/** How long Synapse gets for its attempt before it is looked at. A server that does not answer at all takes longer. */
const ATTEMPT_MS = 2000;

export const retryDestination = defineAction<Destination, State>({
  kind: 'destination.retry',
  entity: 'destination',
  icon: 'retry',
  label: /*i18n*/ { id: 'destination.retry.label', message: 'Retry now' },
  phrase: {
    one: /*i18n*/ { id: 'destination.retry.one', message: 'Retry {id}' },
    many: /*i18n*/ {
      id: 'destination.retry.many',
      message: 'Retry {count, plural, =0 {servers} one {# server} other {# servers}}',
    },
  },
  keywords: ['reset', 'connection', 'federation', 'reconnect', 'backoff'],
  guard: ({ version }) => lacks(version, 'destination-rooms'),
  gone: /*i18n*/ {
    id: 'destination.gone',
    message: 'This homeserver has never sent anything to it.',
  },
  look: lookAtDestination,
  watch: { read: ({ retry_last_ts: last }) => ({ retry_last_ts: last ?? 0 }) },
  same: ({ retry_last_ts: one, after }, { retry_last_ts: now }) =>
    (one ?? 0) === (now ?? 0) || (after !== undefined && (now ?? 0) > after),
  goal: (_, { retry_last_ts: last }) => ({ retry_last_ts: 0, ...(last != null && last > 0 && { after: last }) }),
  write: (name) => resetConnection(name),
  harmless: true,
  // Each makes Synapse open a connection, which may hang for a while.
  policy: { concurrency: 4 },
  // The second time there is nothing to reset: refused, and nothing happens.
  repeatable: true,
  undo: {
    never: /*i18n*/ {
      id: 'destination.retry.undo',
      message: 'There is nothing to undo: if the server can’t be reached, Synapse waits again by itself.',
    },
  },
  script: {
    never: /*i18n*/ {
      id: 'destination.retry.script',
      message: 'Not available as a script: it could not tell a new attempt from the one before.',
    },
  },
  consequences: () => [
    /*i18n*/ {
      id: 'destination.retry.at-once',
      message: 'Synapse stops waiting, and tries to reach the server at once. That happens in the background.',
    },
    /*i18n*/ {
      id: 'destination.retry.again',
      message: 'If it still can’t be reached, Synapse waits again, at first for a short time.',
    },
  ],
  words({ retry_last_ts: last }) {
    if (last === null || last <= 0) return REACHED;
    return withValues(WAITING, { time: `${(isoTime(last) ?? String(last)).slice(0, 16).replace('T', ' ')} UTC` });
  },
  async aftermath({ id }, look, wait) {
    await wait(ATTEMPT_MS);
    return isFailing(await look(lookAtDestination(id))) ? FAILED_AGAIN : null;
  },
});
