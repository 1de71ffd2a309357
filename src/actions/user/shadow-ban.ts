import { lacks } from '~/api/since';
import { shadowBanUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { ofAccount, unlessClosed } from './account';

type State = { shadow_banned: boolean };

const both = {
  ...ofAccount,
  guard: (server) =>
    server.mas
      ? 'A shadow-ban has no effect where Matrix Authentication Service signs users in. Suspend or lock instead.'
      : lacks(server.version, 'shadow-ban'),
  watch: { shadow_banned: flag('shadow_banned') },
  write: (userId, goal) => shadowBanUser(userId, goal.shadow_banned),
  words: (state) => (state.shadow_banned ? 'shadow-banned' : 'not shadow-banned'),
} satisfies Partial<Action<User, State>>;

export const shadowBan = defineAction<User, State>({
  ...both,
  kind: 'user.shadow-ban',
  label: 'Shadow-ban',
  icon: 'ghost',
  keywords: ['ban', 'mute', 'spam'],
  goal: () => ({ shadow_banned: true }),
  notMyself: 'This is your own account.',
  refuse: [unlessClosed],
  consequences: () => [
    'What the account sends looks sent to its owner and reaches nobody. Invitations it sends are dropped.',
    'It can confuse both sides: keep it for spam, and prefer suspending or locking.',
  ],
});

export const liftShadowBan = defineAction<User, State>({
  ...both,
  kind: 'user.lift-shadow-ban',
  label: 'Lift shadow-ban',
  icon: 'ghost',
  phrase: (what) => `Lift the shadow-ban of ${what}`,
  keywords: ['unban', 'unmute'],
  goal: () => ({ shadow_banned: false }),
  consequences: () => ['What the account sends from now on reaches others. What was dropped stays lost.'],
});
