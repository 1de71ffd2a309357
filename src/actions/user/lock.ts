import { lacks } from '~/api/since';
import { changeUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { ofAccount, unlessMas } from './account';

type State = { locked: boolean };

const both = {
  ...ofAccount,
  // Behind MAS Synapse writes the flag, and nothing reads it (`synapse/api/auth/mas.py`).
  guard: (server) => unlessMas(server) ?? lacks(server.version, 'lock-users'),
  watch: { locked: flag('locked') },
  write: (userId, { locked }) => changeUser(userId, { locked }),
  words: ({ locked }) => (locked ? 'locked' : 'not locked'),
} satisfies Partial<Action<User, State>>;

export const lock = defineAction<User, State>({
  ...both,
  kind: 'user.lock',
  label: 'Lock',
  icon: 'lock',
  keywords: ['ban', 'block', 'disable'],
  goal: () => ({ locked: true }),
  notMyself: 'This is your own account: you would lock yourself out.',
  // `users.py:413-420`: an account is one or the other.
  refuse: [
    {
      where: flag('deactivated'),
      because: 'Deactivated accounts can’t be locked: nobody can sign in to them.',
    },
  ],
  consequences: () => [
    'A locked account can’t be used: each request of its sessions is refused until it is unlocked.',
    'It keeps its sessions, rooms, messages and keys. Nobody else notices.',
  ],
});

export const unlock = defineAction<User, State>({
  ...both,
  kind: 'user.unlock',
  label: 'Unlock',
  icon: 'unlock',
  keywords: ['unban', 'unblock', 'enable'],
  goal: () => ({ locked: false }),
  consequences: () => ['The account can be used again, with the sessions that it had.'],
});
