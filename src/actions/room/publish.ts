import { publishRoom } from '~/api/room-asks';
import type { Room } from '~/api/rooms';
import { defineAction, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { ofRoom, remarkOf } from './room';

type State = { listed: boolean };

const LISTED = /*i18n*/ { id: 'room.listed', message: 'listed' };
const NOT_LISTED = /*i18n*/ { id: 'room.not-listed', message: 'not listed' };

const both = {
  ...ofRoom,
  group: 'entry',
  watch: { listed: flag('public') },
  write: (roomId, { listed }, { server }) => publishRoom(roomId, listed, server),
  words: ({ listed }) => (listed ? LISTED : NOT_LISTED),
} satisfies Partial<Action<Room, State>>;

export const publish = defineAction<Room, State>({
  ...both,
  kind: 'room.publish',
  icon: 'world',
  label: /*i18n*/ { id: 'room.publish.label', message: 'List in the room directory' },
  phrase: {
    one: /*i18n*/ { id: 'room.publish.one', message: 'List {id} in the room directory' },
    many: /*i18n*/ {
      id: 'room.publish.many',
      message: 'List {count, plural, =0 {rooms} one {# room} other {# rooms}} in the room directory',
    },
  },
  keywords: ['publish', 'public'],
  goal: () => ({ listed: true }),
  remark: remarkOf,
  consequences: () => [
    /*i18n*/ {
      id: 'room.publish.found',
      message:
        'Anyone who can see the room directory of this homeserver can find the room there, with its name and topic.',
    },
    /*i18n*/ {
      id: 'room.publish.joins',
      message: 'Who can join does not change: the join rule of the room decides that.',
    },
  ],
});

export const unpublish = defineAction<Room, State>({
  ...both,
  kind: 'room.unpublish',
  icon: 'world-off',
  label: /*i18n*/ { id: 'room.unpublish.label', message: 'Remove from the room directory' },
  phrase: {
    one: /*i18n*/ { id: 'room.unpublish.one', message: 'Remove {id} from the room directory' },
    many: /*i18n*/ {
      id: 'room.unpublish.many',
      message: 'Remove {count, plural, =0 {rooms} one {# room} other {# rooms}} from the room directory',
    },
  },
  keywords: ['unpublish', 'private', 'hide'],
  goal: () => ({ listed: false }),
  consequences: () => [
    /*i18n*/ {
      id: 'room.unpublish.not-found',
      message:
        'The room directory of this homeserver no longer shows the room. Members, aliases and links keep working.',
    },
  ],
});
