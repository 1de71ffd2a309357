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
  message:
    'Shadow-bans have no effect where Matrix Authentication Service signs users in. Suspend or lock the user instead.',
};

const both = {
  ...ofAccount,
  notUnderMas: true,
  guard: (server) => (server.mas ? NO_EFFECT : lacks(server.version, 'shadow-ban')),
  watch: { shadow_banned: flag('shadow_banned') },
  write: (userId, goal) => shadowBanUser(userId, goal.shadow_banned),
  words: (state) => (state.shadow_banned ? BANNED : NOT_BANNED),
} satisfies Partial<Action<User, State>>;

export const shadowBan = defineAction<User, State>({
  ...both,
  kind: 'user.shadow-ban',
  notManaged: true,
  icon: 'ghost',
  group: 'limits',
  label: /*i18n*/ { id: 'user.shadow-ban.label', message: 'Shadow-ban' },
  phrase: {
    one: /*i18n*/ { id: 'user.shadow-ban.one', message: 'Shadow-ban {id}' },
    many: /*i18n*/ {
      id: 'user.shadow-ban.many',
      message: 'Shadow-ban {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['ban', 'mute', 'spam'],
  goal: () => ({ shadow_banned: true }),
  notMyself: OWN_ACCOUNT,
  refuse: [unlessClosed],
  consequences: () => [
    /*i18n*/ {
      id: 'user.shadow-ban.reaches-nobody',
      message:
        'To a shadow-banned user everything looks sent, but nobody receives it. Invitations from them are dropped.',
    },
    /*i18n*/ {
      id: 'user.shadow-ban.confuses',
      message:
        'This can confuse everyone involved. Use it against spam only: usually, suspending or locking is better.',
    },
  ],
});

export const liftShadowBan = defineAction<User, State>({
  ...both,
  kind: 'user.lift-shadow-ban',
  icon: 'ghost-off',
  group: 'limits',
  label: /*i18n*/ { id: 'user.lift-shadow-ban.label', message: 'Lift shadow-ban' },
  phrase: {
    one: /*i18n*/ { id: 'user.lift-shadow-ban.one', message: 'Lift the shadow-ban of {id}' },
    many: /*i18n*/ {
      id: 'user.lift-shadow-ban.many',
      message: 'Lift the shadow-ban of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['unban', 'unmute'],
  goal: () => ({ shadow_banned: false }),
  consequences: () => [
    /*i18n*/ {
      id: 'user.lift-shadow-ban.again',
      message: 'New messages reach others again. What was dropped stays lost.',
    },
  ],
});
