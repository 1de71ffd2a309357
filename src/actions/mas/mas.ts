import { masLacks, type MasFeature } from '~/api/mas/since';
import { lookAtMasUserNamed, masNameOf } from '~/api/mas/users';
import type { Ask } from '~/api/ask';
import { NEEDS_MAS_API, type LookAt, type Server } from '~/actions/action';
import type { Text } from '~/lib/text';

/** What the actions on things that only MAS has share. */

export const ofMas = {
  at: 'mas',
  guard: ({ masApi }: Server): Text | null => (masApi === true ? null : NEEDS_MAS_API),
  script: {
    never: /*i18n*/ {
      id: 'mas.no-script',
      message: 'Not available as a script: at MAS, Glia’s scripts only change accounts.',
    },
  },
} as const;

/** The same, where not every MAS has what it takes. */
export const guardOfMas =
  (feature: MasFeature) =>
  (server: Server): Text | null =>
    ofMas.guard(server) ?? masLacks(server.masVersion, feature);

/** An account of MAS, by its own ID, and what else was found for it. */
export type OfAccount<Facts> = Facts & { readonly account: string };

/** Looks at an account by its user ID, and then further: most of MAS's requests name it by its own ID. */
export function lookAtAccountAnd<Facts extends object>(
  userId: string,
  find: (account: string, look: LookAt) => Promise<Facts>,
): Ask<OfAccount<Facts>> {
  const { request, read, about } = lookAtMasUserNamed(masNameOf(userId));
  let account = '';
  return {
    request,
    ...(about && { about }),
    read(body, status) {
      account = read(body, status).id;
      // `more` completes it.
      return { account } as OfAccount<Facts>;
    },
    more: async (look): Promise<OfAccount<Facts>> => ({ ...(await find(account, look)), account }),
  };
}

export const ACCOUNT = { at: ['account'], as: 'text' } as const;

export const NO_ACCOUNT = /*i18n*/ {
  id: 'mas.no-account',
  message: 'MAS has no account of this name.',
};
