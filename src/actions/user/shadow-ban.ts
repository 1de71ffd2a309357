import { lacks } from '~/api/since';
import { shadowBanUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { OWN_ACCOUNT, ofAccount, unlessClosed } from './account';

type State = { shadow_banned: boolean };

const BANNED = /*i18n*/ { id: 'user.shadow-banned', message: 'shadow-banned' };
const NOT_BANNED = /*i18n*/ { id: 'user.not-shadow-banned', message: 'not shadow-banned' };
const NO_EFFECT = /*i18n*/ {
  id: 'user.shadow-ban.no-effect',
  message: 'A shadow-ban has no effect where Matrix Authentication Service signs users in. Suspend or lock instead.',
};

const both = {
  ...ofAccount,
  guard: (server) => (server.mas ? NO_EFFECT : lacks(server.version, 'shadow-ban')),
  watch: { shadow_banned: flag('shadow_banned') },
  write: (userId, goal) => shadowBanUser(userId, goal.shadow_banned),
  words: (state) => (state.shadow_banned ? BANNED : NOT_BANNED),
} satisfies Partial<Action<User, State>>;

export const shadowBan = defineAction<User, State>({
  ...both,
  kind: 'user.shadow-ban',
  icon: 'ghost',
  label: /*i18n*/ { id: 'user.shadow-ban.label', message: 'Shadow-ban' },
  phrase: /*i18n*/ { id: 'user.shadow-ban.phrase', message: 'Shadow-ban {what}' } as const,
  keywords: ['ban', 'mute', 'spam'],
  goal: () => ({ shadow_banned: true }),
  notMyself: OWN_ACCOUNT,
  refuse: [unlessClosed],
  consequences: () => [
    /*i18n*/ {
      id: 'user.shadow-ban.reaches-nobody',
      message: 'What the account sends looks sent to its owner and reaches nobody. Invitations it sends are dropped.',
    },
    /*i18n*/ {
      id: 'user.shadow-ban.confuses',
      message: 'It can confuse both sides: keep it for spam, and prefer suspending or locking.',
    },
  ],
});

export const liftShadowBan = defineAction<User, State>({
  ...both,
  kind: 'user.lift-shadow-ban',
  icon: 'ghost-off',
  label: /*i18n*/ { id: 'user.lift-shadow-ban.label', message: 'Lift shadow-ban' },
  phrase: /*i18n*/ { id: 'user.lift-shadow-ban.phrase', message: 'Lift the shadow-ban of {what}' } as const,
  keywords: ['unban', 'unmute'],
  goal: () => ({ shadow_banned: false }),
  consequences: () => [
    /*i18n*/ {
      id: 'user.lift-shadow-ban.again',
      message: 'What the account sends from now on reaches others. What was dropped stays lost.',
    },
  ],
});
