import { HomeserverError } from '~/api/errors';
import {
  idsAsTheyAre,
  idsWords,
  idWords,
  lookAtExternalIds,
  lookAtHolder,
  putExternalIds,
  without,
} from '~/api/external-ids';
import { has, lacks } from '~/api/since';
import type { ExternalId, User } from '~/api/users';
import { defineAction, type LookAt } from '~/actions/action';
import { listed, withValues, type Text } from '~/lib/text';
import { ofAccount } from './account';

type State = { external_ids: readonly ExternalId[] };
type Input = { provider: string };

const OF_PROVIDER = /*i18n*/ {
  id: 'user.external-ids-remove.of-provider',
  message: 'Remove the {providerId} ids of {what}',
} as const;
const OF_ANY = /*i18n*/ {
  id: 'user.external-ids-remove.of-any',
  message: 'Remove the external ids of {what}',
} as const;
const WITHOUT = /*i18n*/ { id: 'user.without-external-ids', message: 'without external ids' };
const BY = /*i18n*/ { id: 'user.external-id-by', message: '{one} by {userId}' } as const;
const HELD = /*i18n*/ { id: 'user.external-ids-held', message: 'Held by another account now: {held}' } as const;
const CLOSED = /*i18n*/ {
  id: 'user.external-ids-closed',
  message: 'Deactivated: with its ids back, signing in with them is refused again.',
};
const STAYS_LOCKED = /*i18n*/ { id: 'user.stays-locked', message: 'Locked: it stays locked.' };

/** The ids of one provider are removed; what is put back, by an undo, are exactly the removed ones. */
export const removeExternalIds = defineAction<User, State, Input>({
  ...ofAccount,
  kind: 'user.external-ids-remove',
  icon: 'unlink',
  label: /*i18n*/ { id: 'user.external-ids-remove.label', message: 'Remove external ids' },
  phraseBy: (what, input) =>
    input ? withValues(OF_PROVIDER, { providerId: input.provider, what }) : withValues(OF_ANY, { what }),
  keywords: ['sso', 'oidc', 'saml', 'provider', 'sign-in'],
  danger: true,
  hasWizard: true,
  guard: ({ version }) => lacks(version, 'replace-external-ids'),
  look: lookAtExternalIds,
  watch: { external_ids: { at: ['external_ids'], as: 'list', of: ['auth_provider', 'external_id'] } },
  goal: ({ provider }, { external_ids }) => ({
    external_ids: external_ids.filter(({ auth_provider }) => auth_provider !== provider),
  }),
  write: (userId, { external_ids }) => putExternalIds(userId, external_ids),
  words: ({ external_ids }) => (external_ids.length === 0 ? WITHOUT : idsWords(external_ids)),
  asItIs: ({ external_ids }) => idsAsTheyAre(external_ids),
  async obstacle({ id, planned, goal }, look, server) {
    if (!has(server.version, 'external-id-holder')) return null;
    const held: Text[] = [];
    for (const one of without(goal.external_ids, planned.external_ids)) {
      const holder = await otherHolder(one, id, look);
      if (holder !== null) held.push(withValues(BY, { one: idWords(one), userId: holder }));
    }
    return held.length > 0 ? withValues(HELD, { held: listed(held) }) : null;
  },
  // A deactivated account keeps its ids in Synapse (`docs/admin_api/user_admin_api.md`, “Deactivate account”): with them a sign-in
  // finds the closed account and is refused, without them it may make a new one. So they belong back there too.
  remark({ external_ids, deactivated, locked }, goal) {
    if (without(goal.external_ids, external_ids).length === 0) return '';
    if (deactivated) return CLOSED;
    return locked ? STAYS_LOCKED : '';
  },
  consequences: () => [
    /*i18n*/ { id: 'user.external-ids-remove.others', message: 'Ids of other providers stay. Nobody is signed out.' },
    /*i18n*/ {
      id: 'user.external-ids-remove.forgotten',
      message: 'The homeserver forgets the removed ids: this file and the ledger of the job are what still tells them.',
    },
  ],
  afterwards: ({ mas, version }) =>
    mas
      ? [
          /*i18n*/ {
            id: 'user.external-ids-remove.mas',
            message:
              'This homeserver signs users in through Matrix Authentication Service: what Synapse has of external ids changes nobody’s sign-in.',
          },
        ]
      : [
          /*i18n*/ { id: 'user.external-ids-remove.sessions', message: 'Sessions that are signed in stay signed in.' },
          // Replacing the list does not take removed ids out of `get_user_by_external_id`'s cache.
          ...(has(version, 'external-id-cache')
            ? [
                /*i18n*/ {
                  id: 'user.external-ids-remove.cache',
                  message:
                    'Synapse keeps looked-up ids in a cache: a sign-in with a removed id may still find its user until nobody has looked that id up for 30 minutes, or Synapse is restarted. What the ledger says was read from the database.',
                },
              ]
            : []),
        ],
});

/** Another account that holds the id, as that account's own list says: the look-up may speak of half an hour ago. */
async function otherHolder(one: ExternalId, userId: string, look: LookAt): Promise<string | null> {
  const asked = lookAtHolder(one);
  const holder = asked && (await look(asked).catch(noneWhereNotFound))?.user_id;
  if (!holder || holder === userId) return null;
  const other = await look(lookAtExternalIds(holder)).catch(noneWhereNotFound);
  return other && without([one], other.external_ids).length === 0 ? holder : null;
}

function noneWhereNotFound(error: unknown): null {
  if (error instanceof HomeserverError && error.notFound) return null;
  throw error;
}
