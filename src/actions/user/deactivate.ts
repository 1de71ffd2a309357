import { changeUser, deactivateUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { ofAccount, unlessMas } from './account';

type State = { deactivated: boolean; erased: boolean };
type Input = { erase: boolean };

const both = {
  ...ofAccount,
  undo: { partly: 'You can reactivate the account. Its rooms, sessions, addresses and keys do not come back.' },
  guard: unlessMas,
  watch: { deactivated: flag('deactivated'), erased: flag('erased') },
  write: (userId, { deactivated, erased }) =>
    deactivated ? deactivateUser(userId, erased) : changeUser(userId, { deactivated: false }),
  words: ({ deactivated, erased }) => (erased ? 'deactivated and erased' : deactivated ? 'deactivated' : 'active'),
  // The homeserver works long on each, and leaves the rooms one after the other.
  policy: { concurrency: 1 },
} satisfies Partial<Action<User, State>>;

export const deactivate = defineAction<User, State, Input>({
  ...both,
  kind: 'user.deactivate',
  label: 'Deactivate',
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
  notMyself: 'This is your own account: you would lose access.',
  consequences: ({ erase }) => [
    'Ends all sessions and removes the password, e-mail addresses, phone numbers, keys, account data and key backup.',
    'The homeserver then leaves all rooms of the account, in the background.',
    ...(erase ? ['Erasing hides its messages from those who join later, and asks other homeservers for nothing.'] : []),
    'To stop an account without losing anything, lock it instead.',
  ],
});

export const reactivate = defineAction<User, State>({
  ...both,
  kind: 'user.reactivate',
  label: 'Reactivate',
  keywords: ['restore', 'undelete', 'enable'],
  undo: { partly: 'You can deactivate the account again.' },
  goal: () => ({ deactivated: false, erased: false }),
  consequences: () => [
    'The account exists again, in no rooms and without a password: set one, or let its owner sign in with SSO.',
    'What the deactivation removed stays lost: rooms, sessions, addresses, keys.',
  ],
});
