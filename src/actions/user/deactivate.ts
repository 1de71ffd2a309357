import { has, lacks } from '~/api/since';
import { changeUser, deactivateUser, lookAtJoinedRooms } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action, type Server } from '~/actions/action';
import { flag } from '~/lib/places';
import { ofAccount } from './account';
import { deactivateInMas, reactivateInMas } from './mas-deactivate';
import { sentences, withValues, type Text } from '~/lib/text';
import { EXTERNAL_IDS_STAY, NOT_WEIGHED, weighDeactivation } from './weigh-deactivation';

export type DeactivationState = { deactivated: boolean; erased: boolean };
type State = DeactivationState;
export type DeactivationInput = { erase: boolean };
type Input = DeactivationInput;

const ACTIVE = /*i18n*/ { id: 'user.active', message: 'active' };
const DEACTIVATED = /*i18n*/ { id: 'user.deactivated', message: 'deactivated' };
const ERASED = /*i18n*/ { id: 'user.erased', message: 'deactivated and erased' };

const both = {
  ...ofAccount,
  undo: {
    partly: /*i18n*/ {
      id: 'user.deactivate.undo',
      message:
        'An account can be reactivated later, but its rooms, sessions, email addresses and keys do not come back.',
    },
  },
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
    'On this version of Synapse, an erased account can end up in rooms again. Check its Rooms tab later, and deactivate it again if it is in any.',
};
const BREAKS_ERASED = /*i18n*/ {
  id: 'user.deactivate.breaks-erased',
  message:
    'On this version of Synapse, an account that was erased and reactivated can’t sign in and has no profile. Synapse 1.157 fixes this.',
};
const DONT_ERASE = /*i18n*/ { id: 'user.deactivate.dont-erase', message: 'Don’t erase accounts that may come back.' };

const STAYS_ERASED = /*i18n*/ {
  id: 'user.deactivate.stays-erased',
  message: 'If you still want it back, use “Reactivate”.',
};
const NO_WAY_BACK = /*i18n*/ {
  id: 'user.deactivate.no-way-back',
  message: 'Glia can’t reactivate it here: before version 1.99, Synapse asks for a new password.',
};
/** Synapse 1.150 to 1.156. */
const breaksErased = ({ version }: Server): boolean =>
  has(version, 'leaves-for-good') && !has(version, 'erased-come-back');

function whyNotBack({ erased }: State, server: Server): Text | null {
  const lacking = lacks(server.version, 'reactivate');
  return lacking ?? (erased && breaksErased(server) ? sentences(BREAKS_ERASED, STAYS_ERASED) : null);
}

const IN_NO_ROOM = /*i18n*/ { id: 'user.deactivate.in-no-room', message: 'The account is not in any room.' };
const STILL_IN = /*i18n*/ {
  id: 'user.deactivate.still-in',
  message:
    'The account is still in {count, plural, one {# room} other {# rooms}}: Synapse removes it from them in the background. Check the user’s Rooms tab later.',
} as const;
/** Most accounts have left their rooms by then. Ms between two looks. */
const LOOKS_AFTER = [0, 1000, 2000, 4000];

export const deactivate = defineAction<User, State, Input>({
  ...both,
  kind: 'user.deactivate',
  notManaged: true,
  icon: 'close',
  group: 'access',
  label: /*i18n*/ { id: 'user.deactivate.label', message: 'Deactivate' },
  phrase: {
    one: /*i18n*/ { id: 'user.deactivate.one', message: 'Deactivate {id}' },
    many: /*i18n*/ {
      id: 'user.deactivate.many',
      message: 'Deactivate {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['delete', 'remove', 'erase', 'close'],
  danger: true,
  // Without an answer it may still be at work: nobody sends it again unasked.
  repeatable: false,
  form: {
    fields: [
      {
        name: 'erase',
        kind: 'switch',
        label: /*i18n*/ { id: 'user.deactivate.erase', message: 'Also erase the account' },
        help: /*i18n*/ {
          id: 'user.deactivate.erase-help',
          message: 'Hides its messages from people who join its rooms later. People who are there now still see them.',
        },
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
  // An undo asks nothing before it runs, and shows no consequences.
  obstacle: ({ planned, goal }, _look, server) =>
    Promise.resolve(goal.deactivated ? null : whyNotBack(planned, server)),
  weigh: ({ id }, { seen, look, server }) => weighDeactivation(id, seen, { look, server }),
  underMas: deactivateInMas,
  instead: 'user.lock',
  notMyself: /*i18n*/ { id: 'user.deactivate.own', message: 'This is your own account: you would lose access.' },
  consequences: ({ erase }, many, { server }) => [
    /*i18n*/ {
      id: 'user.deactivate.removes',
      message:
        'Ends all sessions and deletes the password, email addresses, phone numbers, keys, account data and key backup.',
    },
    /*i18n*/ {
      id: 'user.deactivate.leaves',
      message: 'Synapse then removes the account from all its rooms in the background.',
    },
    ...(erase
      ? [
          /*i18n*/ {
            id: 'user.deactivate.erases',
            message:
              'Erasing deletes the display name and the avatar, and hides the messages of the account from people who join later. Other homeservers keep their copies.',
          },
        ]
      : []),
    ...(erase && !has(server.version, 'leaves-for-good') ? [MAY_REJOIN] : []),
    ...(erase && breaksErased(server) ? [sentences(BREAKS_ERASED, DONT_ERASE)] : []),
    ...(has(server.version, 'reactivate') ? [] : [NO_WAY_BACK]),
    ...(many ? [...NOT_WEIGHED, EXTERNAL_IDS_STAY] : []),
  ],
});

export const reactivate = defineAction<User, State>({
  ...both,
  kind: 'user.reactivate',
  guard: ({ version }) => lacks(version, 'reactivate'),
  icon: 'open',
  group: 'access',
  label: /*i18n*/ { id: 'user.reactivate.label', message: 'Reactivate' },
  phrase: {
    one: /*i18n*/ { id: 'user.reactivate.one', message: 'Reactivate {id}' },
    many: /*i18n*/ {
      id: 'user.reactivate.many',
      message: 'Reactivate {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['restore', 'undelete', 'enable'],
  // An undo asks nothing before it runs, and a deactivation takes what does not come back.
  undo: {
    never: /*i18n*/ {
      id: 'user.reactivate.undo',
      message: 'This can’t be undone. You can deactivate the account again, with everything that deletes.',
    },
  },
  goal: () => ({ deactivated: false, erased: false }),
  underMas: reactivateInMas,
  consequences: (_input, _many, { server }) => [
    /*i18n*/ {
      id: 'user.reactivate.back',
      message: 'Reactivated accounts have no rooms and no password. Set a password, or let the user sign in with SSO.',
    },
    ...(breaksErased(server) ? [BREAKS_ERASED] : []),
    /*i18n*/ {
      id: 'user.reactivate.lost',
      message: 'What the deactivation deleted does not come back: rooms, sessions, email addresses and keys.',
    },
  ],
});
