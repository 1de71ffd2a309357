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
import { isolated } from '~/lib/shown-text';
import { ofAccount } from './account';

type State = { external_ids: readonly ExternalId[] };
type Input = { provider: string };

/** The ids of one provider are removed; what is put back, by an undo, are exactly the removed ones. */
export const removeExternalIds = defineAction<User, State, Input>({
  ...ofAccount,
  kind: 'user.external-ids-remove',
  label: 'Remove external ids',
  phrase: (what, input) => `Remove the ${input ? `${isolated(input.provider)} ` : 'external '}ids of ${what}`,
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
  words: ({ external_ids }) => (external_ids.length === 0 ? 'without external ids' : idsWords(external_ids)),
  asItIs: ({ external_ids }) => idsAsTheyAre(external_ids),
  async obstacle({ id, planned, goal }, look, server) {
    if (!has(server.version, 'external-id-holder')) return null;
    const held: string[] = [];
    for (const one of without(goal.external_ids, planned.external_ids)) {
      const holder = await otherHolder(one, id, look);
      if (holder !== null) held.push(`${idWords(one)} by ${isolated(holder)}`);
    }
    return held.length > 0 ? `Held by another account now: ${held.join(' · ')}` : null;
  },
  // A deactivated account keeps its ids in Synapse (`docs/admin_api/user_admin_api.md`, “Deactivate account”): with them a sign-in
  // finds the closed account and is refused, without them it may make a new one. So they belong back there too.
  remark({ external_ids, deactivated, locked }, goal) {
    if (without(goal.external_ids, external_ids).length === 0) return '';
    if (deactivated) return 'Deactivated: with its ids back, signing in with them is refused again.';
    return locked ? 'Locked: it stays locked.' : '';
  },
  consequences: () => [
    'Ids of other providers stay. Nobody is signed out.',
    'The homeserver forgets the removed ids: this file and the ledger of the job are what still tells them.',
  ],
  afterwards: ({ mas, version }) =>
    mas
      ? [
          'This homeserver signs users in through Matrix Authentication Service: what Synapse has of external ids changes nobody’s sign-in.',
        ]
      : [
          'Sessions that are signed in stay signed in.',
          // Replacing the list does not take removed ids out of `get_user_by_external_id`'s cache.
          ...(has(version, 'external-id-cache')
            ? [
                'Synapse keeps looked-up ids in a cache: a sign-in with a removed id may still find its user until nobody has looked that id up for 30 minutes, or Synapse is restarted. What the ledger says was read from the database.',
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
