import type { AnyAction, Server } from '~/actions/action';
import { changes, definePlaybook, type Step } from '~/actions/playbook';
import { setExternalIds } from '~/actions/user/external-ids-change';
import { setThreepids } from '~/actions/user/threepids';
import type { Text } from '~/lib/text';
import { spamWave, type SpamInput } from './spam-wave';

/** Erases one account: all that cleans up after spam, and what would stay linked to it. */

/** Nothing of it is a choice: who asks to be erased asks for all of it. */
export const ERASE_ALL: SpamInput = {
  lock: true,
  redact: true,
  reason: '',
  media: 'delete',
  deactivate: true,
  erase: true,
};

const without = (key: string, action: AnyAction, input: Readonly<Record<string, readonly []>>): Step<SpamInput> => ({
  key,
  label: action.label,
  action,
  input: () => input,
  // A deactivated account has none any more.
  orElse: 'leave-out',
});

const ADDRESSES = without('addresses', setThreepids, { threepids: [] });
const LINKS = without('external-ids', setExternalIds, { external_ids: [] });

export const erasure = definePlaybook<SpamInput>({
  kind: 'playbook.erasure',
  entity: 'user',
  phrase: {
    one: /*i18n*/ { id: 'playbook.erasure.one', message: 'Erase {id}' },
    many: /*i18n*/ {
      id: 'playbook.erasure.many',
      message: 'Erase {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  labels: {
    ...spamWave.labels,
    addresses: /*i18n*/ { id: 'playbook.erasure.addresses', message: 'Remove email and phone' },
    'external-ids': /*i18n*/ { id: 'playbook.erasure.external-ids', message: 'Remove external IDs' },
  },
  steps: (input) =>
    // Deactivating comes last: nothing of a deactivated account can be changed.
    spamWave
      .steps(input)
      .flatMap((step) => (step.key === 'deactivate' ? [ADDRESSES as Step, LINKS as Step, step] : [step])),
  policy: { concurrency: 1, start: 1 },
});

/** Why it can’t run on this homeserver; null where it can. */
export function whyNoErasure(server: Server): Text | null {
  for (const step of erasure.steps(ERASE_ALL)) {
    const reason = changes(step) ? (step.action.guard?.(server) ?? null) : null;
    if (reason !== null) return reason;
  }
  return null;
}
