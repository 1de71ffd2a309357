import { deleteExtremities, lookAtExtremities, type Extremities } from '~/api/room-asks';
import { defineAction } from '~/actions/action';
import { withValues } from '~/lib/text';
import { ofRoom } from './room';

type State = { count: number };

const COUNT = /*i18n*/ {
  id: 'room.extremities',
  message: '{count, plural, one {# forward extremity} other {# forward extremities}}',
} as const;

/** How many more there are changes with every message: what counts is whether there is anything to delete. */
const sizeOf = ({ count }: State) => Math.min(count, 2);

export const deleteForwardExtremities = defineAction<Extremities, State>({
  ...ofRoom,
  kind: 'room.extremities-delete',
  icon: 'branch',
  group: 'upkeep',
  label: /*i18n*/ { id: 'room.extremities-delete.label', message: 'Delete forward extremities' },
  phrase: {
    one: /*i18n*/ { id: 'room.extremities-delete.one', message: 'Delete the forward extremities of {id}' },
    many: /*i18n*/ {
      id: 'room.extremities-delete.many',
      message: 'Delete the forward extremities of {count, plural, =0 {rooms} one {# room} other {# rooms}}',
    },
  },
  keywords: ['slow', 'state resolution', 'repair'],
  look: lookAtExtremities,
  watch: { read: ({ count }) => ({ count }) },
  same: (one, now) => sizeOf(one) === sizeOf(now),
  goal: () => ({ count: 1 }),
  refuse: [
    {
      where: { at: ['count'], as: 'ms' },
      upTo: 0,
      because: /*i18n*/ {
        id: 'room.extremities-delete.none',
        message: 'The room has none: this homeserver does not know the room, or has nothing of it any more.',
      },
    },
  ],
  write: (roomId) => deleteExtremities(roomId),
  undo: {
    never: /*i18n*/ { id: 'room.extremities-delete.undo', message: 'This can’t be undone, but no messages are lost.' },
  },
  words: ({ count }) => withValues(COUNT, { count }),
  consequences: () => [
    /*i18n*/ {
      id: 'room.extremities-delete.what',
      message:
        'Forward extremities are the loose ends of a room’s history: the newest events that no other event follows yet. A healthy room has one or a few.',
    },
    /*i18n*/ {
      id: 'room.extremities-delete.when',
      message: 'Rooms with more than 10 of them slow Synapse down. Deleting keeps only the newest one.',
    },
    /*i18n*/ {
      id: 'room.extremities-delete.few',
      message: 'With 10 or fewer, there is no need: Synapse joins them by itself with the next messages.',
    },
  ],
  script: {
    never: /*i18n*/ {
      id: 'room.extremities-delete.script',
      message: 'Not available as a script: their number changes while the room is used, and a script can’t judge that.',
    },
  },
});
