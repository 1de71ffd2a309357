import { Mishap, type Ask } from '~/api/ask';
import { deactivateMasAccount, masIdOf, reactivateMasAccount, type MasAccount } from '~/api/mas-account-asks';
import { masLacks } from '~/api/mas/since';
import { lookAtUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { HomeserverError } from '~/api/errors';
import { defineUnderMas, type Action, type LookAt } from '~/actions/action';
import type { DeactivationInput as Input, DeactivationState as State } from './deactivate';
import type { Text } from '~/lib/text';
import { fact, masFlag, ofMasAccount, seenOnSynapse } from './mas-account';
import { NOT_WEIGHED, weighDeactivation } from './weigh-deactivation';

/**
 * Deactivation where MAS keeps the accounts. MAS marks the account at once; a job of its own then ends the sessions, and deactivates
 * it on Synapse. MAS erases unless asked not to, and says of no account whether it was erased: Synapse does.
 */

/** Before MAS 0.20 a deactivation always erases, and locks; such a MAS does not say so. From 1.3 on an account has this field. */
const IS_OLD = { at: ['data', 'attributes', 'legacy_guest'], as: 'absent' } as const;

const MAY_ERASE = /*i18n*/ {
  id: 'user.deactivate.mas-may-erase',
  message:
    'This MAS is older than 1.3, and Glia can’t see how old. Before 0.20, it erases every account that it deactivates. Update MAS, lock the account instead, or choose to erase it.',
};
const TOO_OLD = /*i18n*/ {
  id: 'user.reactivate.mas-old',
  message: 'This MAS is older than 1.3, and may not be able to reactivate accounts. Update it first.',
};
const NO_LATER_ERASURE = /*i18n*/ {
  id: 'user.deactivate.mas-closed',
  message:
    'Already deactivated. MAS erases only while it deactivates: reactivate the account, then deactivate and erase it.',
};
const ON_SYNAPSE = /*i18n*/ {
  id: 'user.deactivate.mas-there',
  message: 'Synapse has deactivated it too, and has not erased it.',
};
export const ERASED_ON_SYNAPSE = /*i18n*/ {
  id: 'user.deactivate.mas-erased',
  message: 'Synapse has deactivated and erased it too.',
};
const onSynapse = ({ erased }: User): Text => (erased ? ERASED_ON_SYNAPSE : ON_SYNAPSE);

const NO_SCRIPT = /*i18n*/ {
  id: 'user.reactivate.mas-script',
  message: 'Not available as a script: it first has to see on Synapse that MAS has finished deactivating the account.',
};

const both = {
  ...ofMasAccount,
  // MAS does not know what is erased: it always reads as not erased, here and in what is to be.
  watch: { deactivated: fact('deactivated_at'), erased: masFlag('erased') },
} satisfies Partial<Action<MasAccount, State, Input>>;

export const deactivateInMas = defineUnderMas<MasAccount, State, Input>({
  ...both,
  goal: () => ({ deactivated: true, erased: false }),
  // An undo reactivates.
  script: { never: NO_SCRIPT, onlyUndo: true },
  // An undo has no input, and reactivates.
  refuseBy: (input: Input | null) => {
    if (input === null) return [{ where: IS_OLD, because: TOO_OLD }];
    return [
      input.erase
        ? { where: fact('deactivated_at'), because: NO_LATER_ERASURE }
        : { where: IS_OLD, because: MAY_ERASE },
    ];
  },
  write: (userId, { deactivated }, { identity, input }) =>
    deactivated
      ? deactivateMasAccount(masIdOf(identity), (input as Input | null)?.erase === true)
      : reactivation(userId, masIdOf(identity)),
  obstacle: ({ id, goal }, look) => (goal.deactivated ? Promise.resolve(null) : whyNotYet(id, look)),
  async aftermath({ id, goal, input }, look, wait) {
    if (!goal.deactivated) return null;
    // Deactivated on Synapse before, it is not erased before MAS's job has run.
    const isThere = ({ deactivated, erased }: User) =>
      deactivated === true && (input?.erase !== true || erased === true);
    return seenOnSynapse(id, isThere, onSynapse, { look, wait });
  },
  async weigh({ id }, { look, server }) {
    try {
      return await weighDeactivation(id, await look(lookAtUser(id)), { look, server });
    } catch (error) {
      if (error instanceof HomeserverError && error.notFound) return [];
      throw error;
    }
  },
  consequences: ({ erase }, many) => [
    /*i18n*/ {
      id: 'user.deactivate.mas-removes',
      message:
        'MAS ends all sessions and access tokens, and deletes the email addresses and phone numbers. The password and SSO links are kept, but nobody can sign in with them.',
    },
    /*i18n*/ {
      id: 'user.deactivate.mas-leaves',
      message:
        'Synapse then deletes keys and account data, and removes the account from all its rooms in the background.',
    },
    ...(erase
      ? [
          /*i18n*/ {
            id: 'user.deactivate.erases',
            message:
              'Erasing deletes the display name and the avatar, and hides the messages of the account from people who join later. Other homeservers keep their copies.',
          },
        ]
      : [
          /*i18n*/ {
            id: 'user.deactivate.mas-not-erased',
            message: 'The account is not erased: Glia asks MAS not to.',
          },
        ]),
    ...(many ? NOT_WEIGHED : []),
  ],
});

const STILL_AT_WORK = /*i18n*/ {
  id: 'user.reactivate.mas-at-work',
  message:
    'MAS has not finished deactivating this account: on Synapse it is still active. Reactivated now, MAS would deactivate it again. Wait until it has finished.',
};

/** MAS's job deactivates once more when it runs: a reactivation before that would be undone. */
async function whyNotYet(userId: string, look: LookAt) {
  return (await look(lookAtUser(userId))).deactivated ? null : STILL_AT_WORK;
}

/** Just before it, Synapse is looked at again. */
function reactivation(userId: string, id: string): Ask<MasAccount> {
  const there = lookAtUser(userId);
  return {
    ...reactivateMasAccount(id),
    first: {
      ...there,
      read(body, status) {
        if (!there.read(body, status).deactivated) throw new Mishap(STILL_AT_WORK);
      },
    },
  };
}

export const reactivateInMas = defineUnderMas<MasAccount, State>({
  ...both,
  guard: ({ masVersion }) => masLacks(masVersion, 'reactivate'),
  refuse: [{ where: IS_OLD, because: TOO_OLD }],
  script: { never: NO_SCRIPT },
  write: (userId, _goal, { identity }) => reactivation(userId, masIdOf(identity)),
  obstacle: ({ id }, look) => whyNotYet(id, look),
  consequences: () => [
    /*i18n*/ {
      id: 'user.reactivate.mas-back',
      message: 'The old password and SSO links work again. A lock stays: unlock the account separately.',
    },
    /*i18n*/ {
      id: 'user.reactivate.mas-lost',
      message: 'What the deactivation deleted does not come back: rooms, sessions, email addresses and keys.',
    },
  ],
});
