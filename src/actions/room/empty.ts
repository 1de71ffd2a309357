import { deleteRoomAsk, type Present } from '~/api/room-delete-asks';
import { defineAction } from '~/actions/action';
import { BLOCK, bodyOf, FIRST, ofDeletion, readOptions, REPLACEMENT, whereTheyGo, type Options } from './deletion';

type State = { empty: boolean };

const EMPTY = /*i18n*/ { id: 'room.no-local-members', message: 'without local members' };
const IN_USE = /*i18n*/ { id: 'room.with-local-members', message: 'with local members' };

export const emptyRoom = defineAction<Present, State, Options>({
  ...ofDeletion,
  kind: 'room.empty',
  icon: 'leave-all',
  label: /*i18n*/ { id: 'room.empty.label', message: 'Remove all local members' },
  phrase: {
    one: /*i18n*/ { id: 'room.empty.one', message: 'Remove all local members of {id}' },
    many: /*i18n*/ {
      id: 'room.empty.many',
      message: 'Remove all local members of {count, plural, =0 {rooms} one {# room} other {# rooms}}',
    },
  },
  keywords: ['shut down', 'close', 'kick', 'evacuate'],
  form: { fields: [BLOCK, ...REPLACEMENT], initial: FIRST, read: readOptions },
  watch: { read: ({ local }) => ({ empty: local === 0 }) },
  goal: () => ({ empty: true }),
  write: (roomId, _goal, { input }) => deleteRoomAsk(roomId, { ...bodyOf(input), purge: false }),
  undo: {
    never: /*i18n*/ {
      id: 'room.empty.undo',
      message: 'This can’t be undone: members have to be invited or joined again.',
    },
  },
  words: ({ empty }) => (empty ? EMPTY : IN_USE),
  consequences: (options) => [
    /*i18n*/ {
      id: 'room.empty.keeps',
      message:
        'Synapse removes all local members from the room and keeps its messages and its state. Members on other homeservers stay.',
    },
    whereTheyGo(options),
    options.block
      ? /*i18n*/ {
          id: 'room.delete.blocks',
          message: 'The room is blocked, so that nobody here can join it again through another homeserver.',
        }
      : /*i18n*/ {
          id: 'room.empty.again',
          message: 'Members can come back if they are invited or the room is public, unless you block it.',
        },
  ],
});
