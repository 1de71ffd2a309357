import { changeUser, deactivateUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { ofAccount, unlessMas } from './account';

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

export const deactivate = defineAction<User, State, Input>({
  ...both,
  kind: 'user.deactivate',
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
  notMyself: /*i18n*/ { id: 'user.deactivate.own', message: 'This is your own account: you would lose access.' },
  consequences: ({ erase }) => [
    /*i18n*/ {
      id: 'user.deactivate.removes',
      message:
        'Ends all sessions and removes the password, e-mail addresses, phone numbers, keys, account data and key backup.',
    },
    /*i18n*/ {
      id: 'user.deactivate.leaves',
      message: 'The homeserver then leaves all rooms of the account, in the background.',
    },
    ...(erase
      ? [
          /*i18n*/ {
            id: 'user.deactivate.erases',
            message: 'Erasing hides its messages from those who join later, and asks other homeservers for nothing.',
          },
        ]
      : []),
    /*i18n*/ { id: 'user.deactivate.or-lock', message: 'To stop an account without losing anything, lock it instead.' },
  ],
});

export const reactivate = defineAction<User, State>({
  ...both,
  kind: 'user.reactivate',
  label: /*i18n*/ { id: 'user.reactivate.label', message: 'Reactivate' },
  phrase: /*i18n*/ { id: 'user.reactivate.phrase', message: 'Reactivate {what}' } as const,
  keywords: ['restore', 'undelete', 'enable'],
  undo: { partly: /*i18n*/ { id: 'user.reactivate.undo', message: 'You can deactivate the account again.' } },
  goal: () => ({ deactivated: false, erased: false }),
  consequences: () => [
    /*i18n*/ {
      id: 'user.reactivate.back',
      message:
        'The account exists again, in no rooms and without a password: set one, or let its owner sign in with SSO.',
    },
    /*i18n*/ {
      id: 'user.reactivate.lost',
      message: 'What the deactivation removed stays lost: rooms, sessions, addresses, keys.',
    },
  ],
});
