import { lookAtState, makeRoomAdminAsk } from '~/api/room-asks';
import type { StateEvent } from '~/api/rooms';
import { HomeserverError } from '~/api/errors';
import { lookAtUser } from '~/api/user-asks';
import { defineAction } from '~/actions/action';
import { roomPower } from '~/actions/member/room-power';
import { serverOf } from '~/lib/mxid';
import { isUserId } from '~/lib/recognise';
import { commaList, withValues, type Text } from '~/lib/text';
import { ofRoom } from './room';

/** Who may change the power levels of the room, as far as its power levels name them. */
type State = { admins: readonly string[] };
/** Null: the signed-in admin. */
type Input = { user: string | null };

const POWER_LEVELS = 'm.room.power_levels';

const NONE = /*i18n*/ { id: 'room.admins-none', message: 'no admins in the power levels' };
const ADMINS = /*i18n*/ { id: 'room.admins', message: 'admins: {list}' } as const;
const MANY = /*i18n*/ { id: 'room.admins-many', message: '{count, number} admins' } as const;
const NOT_A_USER = /*i18n*/ { id: 'room.make-admin.form', message: 'A user ID looks like @name:example.org.' };
const CREATOR = /*i18n*/ {
  id: 'room.make-admin.creator',
  message: 'Nothing to do: {userId} created the room, and creators stand above all power levels.',
} as const;
const UNKNOWN = /*i18n*/ {
  id: 'room.make-admin.unknown',
  message: 'There is no user {userId} on this homeserver.',
} as const;
const CLOSED = /*i18n*/ { id: 'room.make-admin.closed', message: 'The account {userId} is deactivated.' } as const;

/** So many are named. */
const SHOWN = 5;

const named = ({ admins }: State): Text => {
  if (admins.length === 0) return NONE;
  if (admins.length > SHOWN) return withValues(MANY, { count: admins.length });
  return withValues(ADMINS, { list: commaList(admins.map((userId) => withValues(ONE, { userId }))) });
};
const ONE = /*i18n*/ { id: 'room.admin', message: '{userId}' } as const;

function adminsIn(events: readonly StateEvent[]): State {
  const power = roomPower(events, null);
  const admins = power.named.filter((userId) => power.of(userId) > 0 && power.of(userId) >= power.levels);
  return { admins: admins.toSorted() };
}

/** Whom a change makes an admin. */
const madeBy = (before: State, goal: State): string => goal.admins.find((one) => !before.admins.includes(one)) ?? '';

export const makeRoomAdmin = defineAction<readonly StateEvent[], State, Input>({
  ...ofRoom,
  kind: 'room.make-admin',
  icon: 'crown',
  group: 'entry',
  label: /*i18n*/ { id: 'room.make-admin.label', message: 'Make room admin' },
  phrase: {
    one: /*i18n*/ { id: 'room.make-admin.one', message: 'Make a user an admin of {id}' },
    many: /*i18n*/ {
      id: 'room.make-admin.many',
      message: 'Make a user an admin of {count, plural, =0 {rooms} one {# room} other {# rooms}}',
    },
  },
  keywords: ['power level', 'moderator', 'take over', 'make me admin'],
  form: {
    fields: [
      {
        name: 'user',
        kind: 'text',
        label: /*i18n*/ { id: 'room.make-admin.user', message: 'User ID' },
        help: /*i18n*/ {
          id: 'room.make-admin.user-help',
          message: 'Who becomes an admin of the room. Leave it empty to choose yourself.',
        },
      },
    ],
    initial: { user: '' },
    read({ user }) {
      const text = String(user ?? '').trim();
      if (text === '') return { input: { user: null } };
      return isUserId(text) ? { input: { user: text } } : { problems: { user: NOT_A_USER } };
    },
  },
  look: (roomId) => lookAtState(roomId, POWER_LEVELS),
  watch: { read: adminsIn },
  goal: ({ user }, events, me) => ({ admins: [...new Set([...adminsIn(events).admins, user ?? me ?? ''])].toSorted() }),
  async obstacle({ id, planned, goal }, look, { serverName }) {
    const userId = madeBy(planned, goal);
    const create = await look(lookAtState(id, 'm.room.create'));
    if (roomPower(create, null).of(userId) === Infinity) return withValues(CREATOR, { userId });
    if (serverOf(userId) !== serverName) return null;
    try {
      const { deactivated } = await look(lookAtUser(userId));
      return deactivated === true ? withValues(CLOSED, { userId }) : null;
    } catch (error) {
      if (error instanceof HomeserverError && error.notFound) return withValues(UNKNOWN, { userId });
      throw error;
    }
  },
  write: (roomId, goal, { now }) => makeRoomAdminAsk(roomId, madeBy(now, goal)),
  undo: {
    never: /*i18n*/ {
      id: 'room.make-admin.undo',
      message: 'This can’t be undone here: change the power level in a Matrix client.',
    },
  },
  words: named,
  consequences: () => [
    /*i18n*/ {
      id: 'room.make-admin.power',
      message:
        'Synapse gives the user the power level of the most powerful local member. Without a local member who may change power levels, it refuses.',
    },
    /*i18n*/ {
      id: 'room.make-admin.seen',
      message: 'Everyone in the room sees the change, made in the name of that member.',
    },
    /*i18n*/ {
      id: 'room.make-admin.invited',
      message: 'If the user is not in the room and it is not public, Synapse invites them. They still have to join.',
    },
  ],
  script: {
    never: /*i18n*/ {
      id: 'room.make-admin.script',
      message: 'Not available as a script: it could not read the power levels before and after.',
    },
  },
});
