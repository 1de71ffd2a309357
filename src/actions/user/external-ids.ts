import { noneWhereNotFound } from '~/api/errors';
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
import { defineAction, type Action, type LookAt, type Server } from '~/actions/action';
import { listed, withValues, type Text } from '~/lib/text';
import { ofAccount } from './account';

export type State = { external_ids: readonly ExternalId[] };
type Input = { provider: string };

const WITHOUT = /*i18n*/ { id: 'user.without-external-ids', message: 'no external IDs' };
const BY = /*i18n*/ { id: 'user.external-id-by', message: '{one} by {userId}' } as const;
const HELD = /*i18n*/ { id: 'user.external-ids-held', message: 'Held by another account now: {held}' } as const;
const CLOSED = /*i18n*/ {
  id: 'user.external-ids-closed',
  message: 'Deactivated: with its IDs back, sign-ins with them are refused again.',
};
const STAYS_LOCKED = /*i18n*/ { id: 'user.stays-locked', message: 'The account stays locked.' };

/** What changes of external IDs share: the whole list is sent, and only that. */
export const ofExternalIds = {
  ...ofAccount,
  guard: ({ version }) => lacks(version, 'replace-external-ids'),
  look: lookAtExternalIds,
  watch: { external_ids: { at: ['external_ids'], as: 'list', of: ['auth_provider', 'external_id'] } },
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
} satisfies Partial<Action<User, State>>;

/** What to know once external IDs were changed. */
export const afterwards = ({ mas, version }: Server): readonly Text[] =>
  mas
    ? [
        /*i18n*/ {
          id: 'user.external-ids-remove.mas',
          message:
            'Matrix Authentication Service signs users in here: the external IDs that Synapse has make no difference to sign-ins.',
        },
      ]
    : [
        /*i18n*/ { id: 'user.external-ids-remove.sessions', message: 'Sessions stay signed in.' },
        // Replacing the list does not take removed ids out of `get_user_by_external_id`'s cache.
        ...(has(version, 'external-id-cache')
          ? [
              /*i18n*/ {
                id: 'user.external-ids-remove.cache',
                message:
                  'Synapse caches external IDs: signing in with a removed ID may still work until nobody has used that ID for 30 minutes, or Synapse is restarted. The results of this job were read from the database.',
              },
            ]
          : []),
      ];

/** The ids of one provider are removed; what is put back, by an undo, are exactly the removed ones. */
export const removeExternalIds = defineAction<User, State, Input>({
  ...ofExternalIds,
  kind: 'user.external-ids-remove',
  icon: 'unlink',
  label: /*i18n*/ { id: 'user.external-ids-remove.label', message: 'Remove external IDs' },
  phrase: {
    one: /*i18n*/ { id: 'user.external-ids-remove.one', message: 'Remove the {providerId} IDs of {id}' },
    many: /*i18n*/ {
      id: 'user.external-ids-remove.many',
      message: 'Remove the {providerId} IDs of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  phraseValues: (input) => ({ providerId: input?.provider ?? '' }),
  keywords: ['sso', 'oidc', 'saml', 'provider', 'sign-in'],
  danger: true,
  hasWizard: true,
  goal: ({ provider }, { external_ids }) => ({
    external_ids: external_ids.filter(({ auth_provider }) => auth_provider !== provider),
  }),
  // A deactivated account keeps its ids in Synapse (`docs/admin_api/user_admin_api.md`, “Deactivate account”): with them a sign-in
  // finds the closed account and is refused, without them it may make a new one. So they belong back there too.
  remark({ external_ids, deactivated, locked }, goal) {
    if (without(goal.external_ids, external_ids).length === 0) return '';
    if (deactivated) return CLOSED;
    return locked ? STAYS_LOCKED : '';
  },
  consequences: () => [
    /*i18n*/ {
      id: 'user.external-ids-remove.others',
      message: 'IDs of other providers are kept. Nobody is signed out.',
    },
    /*i18n*/ {
      id: 'user.external-ids-remove.forgotten',
      message: 'Synapse does not keep the removed IDs.',
    },
  ],
  afterwards,
});

/** Another account that holds the id, as that account's own list says: the look-up may speak of half an hour ago. */
async function otherHolder(one: ExternalId, userId: string, look: LookAt): Promise<string | null> {
  const asked = lookAtHolder(one);
  const holder = asked && (await look(asked).catch(noneWhereNotFound))?.user_id;
  if (!holder || holder === userId) return null;
  const other = await look(lookAtExternalIds(holder)).catch(noneWhereNotFound);
  return other && without([one], other.external_ids).length === 0 ? holder : null;
}
