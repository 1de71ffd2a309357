import { lacks } from '~/api/since';
import { suspendUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { ofAccount, unlessClosed } from './account';

type State = { suspended: boolean };

const both = {
  ...ofAccount,
  guard: (server) => lacks(server.version, 'suspended'),
  watch: { suspended: flag('suspended') },
  write: (userId, { suspended }) => suspendUser(userId, suspended),
  words: ({ suspended }) => (suspended ? 'suspended' : 'not suspended'),
} satisfies Partial<Action<User, State>>;

export const suspend = defineAction<User, State>({
  ...both,
  kind: 'user.suspend',
  label: 'Suspend',
  icon: 'pause',
  keywords: ['ban', 'freeze', 'read-only'],
  goal: () => ({ suspended: true }),
  notMyself: 'This is your own account.',
  refuse: [unlessClosed],
  consequences: () => [
    'A suspended account can sign in and read. It can’t send messages, join or create rooms, or change its profile.',
    'It can still leave rooms and remove its own messages.',
  ],
});

export const unsuspend = defineAction<User, State>({
  ...both,
  kind: 'user.unsuspend',
  label: 'Unsuspend',
  icon: 'play',
  keywords: ['unban', 'unfreeze'],
  goal: () => ({ suspended: false }),
  consequences: () => ['The account can send messages and join rooms again.'],
});
