import { deleteRoomAsk, type Present } from '~/api/room-delete-asks';
import { defineAction } from '~/actions/action';
import { BLOCK, bodyOf, FIRST, ofDeletion, readOptions, REPLACEMENT, whereTheyGo, type Options } from './deletion';

type State = { there: boolean; empty: boolean };
type Input = Options & { readonly force: boolean };

const DELETED = /*i18n*/ { id: 'room.deleted', message: 'deleted' };
const EMPTY = /*i18n*/ { id: 'room.no-local-members', message: 'without local members' };
const STORED = /*i18n*/ { id: 'room.with-local-members', message: 'with local members' };

const GONE: State = { there: false, empty: true };

export const deleteRoom = defineAction<Present, State, Input>({
  ...ofDeletion,
  kind: 'room.delete',
  icon: 'room-off',
  label: /*i18n*/ { id: 'room.delete.label', message: 'Delete room' },
  phrase: {
    one: /*i18n*/ { id: 'room.delete.one', message: 'Delete {id}' },
    many: /*i18n*/ {
      id: 'room.delete.many',
      message: 'Delete {count, plural, =0 {rooms} one {# room} other {# rooms}}',
    },
  },
  keywords: ['remove', 'purge', 'shut down', 'close'],
  form: {
    fields: [
      BLOCK,
      {
        name: 'force',
        kind: 'switch',
        label: /*i18n*/ { id: 'room.delete.force', message: 'Delete even if members can’t be removed' },
        help: /*i18n*/ {
          id: 'room.delete.force-help',
          message: 'Otherwise Synapse keeps the room if a member could not be removed.',
        },
      },
      ...REPLACEMENT,
    ],
    initial: { ...FIRST, force: false },
    read(values) {
      const options = readOptions(values);
      return 'problems' in options ? options : { input: { ...options.input, force: values['force'] === true } };
    },
  },
  watch: { read: ({ local }) => ({ there: true, empty: local === 0 }) },
  absent: GONE,
  // After a failed attempt its members are out already. An empty room that somebody joined since the plan is another thing.
  same: (one, now) => one.there === now.there && (now.empty || !one.empty),
  goal: () => GONE,
  write: (roomId, _goal, { input }) =>
    deleteRoomAsk(roomId, { ...bodyOf(input), purge: true, ...(input.force && { force_purge: true }) }),
  undo: {
    never: /*i18n*/ {
      id: 'room.delete.undo',
      message: 'This can’t be undone: Synapse keeps nothing of a deleted room.',
    },
  },
  words: ({ there, empty }) => (there ? (empty ? EMPTY : STORED) : DELETED),
  consequences: (options) => [
    /*i18n*/ {
      id: 'room.delete.purges',
      message:
        'Synapse removes all local members from the room, then deletes its messages and its state from the database. Files stay.',
    },
    whereTheyGo(options),
    options.block
      ? /*i18n*/ {
          id: 'room.delete.blocks',
          message: 'The room is blocked, so that nobody here can join it again through another homeserver.',
        }
      : /*i18n*/ {
          id: 'room.delete.comes-back',
          message:
            'Members on other homeservers keep the room. It comes back here when someone joins it again or is invited, unless you block it.',
        },
    /*i18n*/ {
      id: 'room.delete.slow',
      message: 'This can take minutes for a large room. Synapse continues even if you close this page.',
    },
  ],
});
