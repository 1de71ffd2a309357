import { has } from '~/api/since';
import { changeUser, deactivateUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action, type Server } from '~/actions/action';
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

const MAY_REJOIN =
  'This version of Synapse can join an erased account to rooms again: look at its Rooms tab afterwards, and deactivate it once more where it is in some.';
const BREAKS_ERASED =
  'On this version of Synapse an account that was erased and is reactivated can’t sign in, and has no profile. Synapse 1.157 repairs that.';

/** Synapse 1.150 to 1.156. */
const breaksErased = ({ version }: Server): boolean =>
  has(version, 'leaves-for-good') && !has(version, 'erased-come-back');

export const deactivate = defineAction<User, State, Input>({
  ...both,
  kind: 'user.deactivate',
  label: 'Deactivate',
  icon: 'close',
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
  consequences: ({ erase }, _many, { server }) => [
    'Ends all sessions and removes the password, e-mail addresses, phone numbers, keys, account data and key backup.',
    'The homeserver then leaves all rooms of the account, in the background. Until it has, the Rooms tab still lists some.',
    ...(erase ? ['Erasing hides its messages from those who join later, and asks other homeservers for nothing.'] : []),
    ...(erase && !has(server.version, 'leaves-for-good') ? [MAY_REJOIN] : []),
    ...(erase && breaksErased(server) ? [`${BREAKS_ERASED} Don’t erase an account that may come back.`] : []),
    'To stop an account without losing anything, lock it instead.',
  ],
});

export const reactivate = defineAction<User, State>({
  ...both,
  kind: 'user.reactivate',
  label: 'Reactivate',
  icon: 'open',
  keywords: ['restore', 'undelete', 'enable'],
  // An undo asks nothing before it runs, and a deactivation takes what does not come back.
  undo: { never: 'Undo can’t take this back: to close the account again, deactivate it, with all that this removes.' },
  goal: () => ({ deactivated: false, erased: false }),
  consequences: (_input, _many, { server }) => [
    'The account exists again, in no rooms and without a password: set one, or let its owner sign in with SSO.',
    ...(breaksErased(server) ? [BREAKS_ERASED] : []),
    'What the deactivation removed stays lost: rooms, sessions, addresses, keys.',
  ],
});
