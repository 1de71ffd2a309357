import { has } from '~/api/since';
import { changeUser, deactivateUser, lookAtJoinedRooms } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action, type Server } from '~/actions/action';
import { flag } from '~/lib/places';
import { ofAccount, unlessMas } from './account';
import { sentences, withValues } from '~/lib/text';

type State = { deactivated: boolean; erased: boolean };
type Input = { erase: boolean };

const ACTIVE = /*i18n*/ { id: 'user.active', message: 'active' };
const DEACTIVATED = /*i18n*/ { id: 'user.deactivated', message: 'deactivated' };
const ERASED = /*i18n*/ { id: 'user.erased', message: 'deactivated and erased' };

const both = {
  ...ofAccount,
  undo: {
    partly: /*i18n*/ {
      id: 'user.deactivate.undo',
      message: 'You can reactivate the account. Its rooms, sessions, addresses and keys do not come back.',
    },
  },
  guard: unlessMas,
  watch: { deactivated: flag('deactivated'), erased: flag('erased') },
  write: (userId, { deactivated, erased }) =>
    deactivated ? deactivateUser(userId, erased) : changeUser(userId, { deactivated: false }),
  words: ({ deactivated, erased }) => (erased ? ERASED : deactivated ? DEACTIVATED : ACTIVE),
  // The homeserver works long on each, and leaves the rooms one after the other.
  policy: { concurrency: 1 },
} satisfies Partial<Action<User, State>>;

const MAY_REJOIN = /*i18n*/ {
  id: 'user.deactivate.may-rejoin',
  message:
    'This version of Synapse can join an erased account to rooms again: look at its Rooms tab afterwards, and deactivate it once more where it is in some.',
};
const BREAKS_ERASED = /*i18n*/ {
  id: 'user.deactivate.breaks-erased',
  message:
    'On this version of Synapse an account that was erased and is reactivated can’t sign in, and has no profile. Synapse 1.157 repairs that.',
};
const DONT_ERASE = /*i18n*/ { id: 'user.deactivate.dont-erase', message: 'Don’t erase an account that may come back.' };

/** Synapse 1.150 to 1.156. */
const breaksErased = ({ version }: Server): boolean =>
  has(version, 'leaves-for-good') && !has(version, 'erased-come-back');

const IN_NO_ROOM = /*i18n*/ { id: 'user.deactivate.in-no-room', message: 'The account is not in any room.' };
const STILL_IN = /*i18n*/ {
  id: 'user.deactivate.still-in',
  message:
    'The account is still in {count, plural, one {# room} other {# rooms}}: Synapse leaves rooms in the background. Check the Rooms tab of the user later.',
} as const;
/** Most accounts have left their rooms by then. Ms between two looks. */
const LOOKS_AFTER = [0, 1000, 2000, 4000];

export const deactivate = defineAction<User, State, Input>({
  ...both,
  kind: 'user.deactivate',
  icon: 'close',
  label: /*i18n*/ { id: 'user.deactivate.label', message: 'Deactivate' },
  phrase: /*i18n*/ { id: 'user.deactivate.phrase', message: 'Deactivate {what}' } as const,
  keywords: ['delete', 'remove', 'erase', 'close'],
  danger: true,
  // Without an answer it may still be at work: nobody sends it again unasked.
  repeatable: false,
  form: {
    fields: [
      {
        name: 'erase',
        kind: 'switch',
        label: 'Erase as well',
        help: 'Hides the messages of the account from those who join its rooms later. Those who are there now keep them.',
      },
    ],
    initial: { erase: false },
    read: ({ erase }) => ({ input: { erase: erase === true } }),
  },
  goal: ({ erase }, user) => ({ deactivated: true, erased: erase || (user.erased ?? false) }),
  // A room that could not be left is only in Synapse's log: the account would stay in it.
  async aftermath({ id, goal }, look, wait) {
    if (!goal.deactivated) return null;
    let count = 0;
    for (const ms of LOOKS_AFTER) {
      // oxlint-disable-next-line no-await-in-loop -- one look after the other
      if (ms > 0) await wait(ms);
      // oxlint-disable-next-line no-await-in-loop -- as above
      count = (await look(lookAtJoinedRooms(id))).joined_rooms.length;
      if (count === 0) return IN_NO_ROOM;
    }
    return withValues(STILL_IN, { count });
  },
  notMyself: /*i18n*/ { id: 'user.deactivate.own', message: 'This is your own account: you would lose access.' },
  consequences: ({ erase }, _many, { server }) => [
    /*i18n*/ {
      id: 'user.deactivate.removes',
      message:
        'Ends all sessions and removes the password, e-mail addresses, phone numbers, keys, account data and key backup.',
    },
    /*i18n*/ {
      id: 'user.deactivate.leaves',
      message:
        'The homeserver then leaves all rooms of the account, in the background. Until it has, the Rooms tab still lists some.',
    },
    ...(erase
      ? [
          /*i18n*/ {
            id: 'user.deactivate.erases',
            message: 'Erasing hides its messages from those who join later, and asks other homeservers for nothing.',
          },
        ]
      : []),
    ...(erase && !has(server.version, 'leaves-for-good') ? [MAY_REJOIN] : []),
    ...(erase && breaksErased(server) ? [sentences(BREAKS_ERASED, DONT_ERASE)] : []),
    /*i18n*/ { id: 'user.deactivate.or-lock', message: 'To stop an account without losing anything, lock it instead.' },
  ],
});

export const reactivate = defineAction<User, State>({
  ...both,
  kind: 'user.reactivate',
  icon: 'open',
  label: /*i18n*/ { id: 'user.reactivate.label', message: 'Reactivate' },
  phrase: /*i18n*/ { id: 'user.reactivate.phrase', message: 'Reactivate {what}' } as const,
  keywords: ['restore', 'undelete', 'enable'],
  // An undo asks nothing before it runs, and a deactivation takes what does not come back.
  undo: {
    never: /*i18n*/ {
      id: 'user.reactivate.undo',
      message: 'Undo can’t take this back: to close the account again, deactivate it, with all that this removes.',
    },
  },
  goal: () => ({ deactivated: false, erased: false }),
  consequences: (_input, _many, { server }) => [
    /*i18n*/ {
      id: 'user.reactivate.back',
      message:
        'The account exists again, in no rooms and without a password: set one, or let its owner sign in with SSO.',
    },
    ...(breaksErased(server) ? [BREAKS_ERASED] : []),
    /*i18n*/ {
      id: 'user.reactivate.lost',
      message: 'What the deactivation removed stays lost: rooms, sessions, addresses, keys.',
    },
  ],
});
