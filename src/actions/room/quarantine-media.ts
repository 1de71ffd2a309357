import { quarantineRoomMedia } from '~/api/access-asks';
import { lookAtRoomMedia } from '~/api/room-delete-asks';
import type { Room } from '~/api/rooms';
import { defineAction } from '~/actions/action';
import { text } from '~/lib/places';
import { withValues } from '~/lib/text';
import { ofRoom } from './room';

/** No single answer shows whether all files of a room are quarantined: the answer to the change says how many were. */
type State = { quarantined?: boolean };

const FILES = /*i18n*/ {
  id: 'room.quarantine-media.files',
  message:
    'Unencrypted messages of the room name {local, plural, one {# file} other {# files}} of this homeserver and {remote, plural, one {# file} other {# files}} of others.',
} as const;

export const quarantineMediaIn = defineAction<Room, State>({
  ...ofRoom,
  kind: 'room.quarantine-media',
  icon: 'hide-in-room',
  group: 'content',
  label: /*i18n*/ { id: 'room.quarantine-media.label', message: 'Quarantine all files' },
  phrase: {
    one: /*i18n*/ { id: 'room.quarantine-media.one', message: 'Quarantine all files in {id}' },
    many: /*i18n*/ {
      id: 'room.quarantine-media.many',
      message: 'Quarantine all files in {count, plural, =0 {rooms} one {# room} other {# rooms}}',
    },
  },
  keywords: ['media', 'images', 'hide', 'moderation'],
  watch: {},
  // There is nothing else by which a room could be another one.
  identity: text('creator'),
  unseen: true,
  undo: {
    never: /*i18n*/ {
      id: 'room.quarantine-media.undo',
      message:
        'This can’t be undone all at once: Synapse lifts a quarantine only file by file. The room’s Media tab lists the files.',
    },
  },
  goal: () => ({ quarantined: true }),
  async weigh({ id }, { look }) {
    const { local, remote } = await look(lookAtRoomMedia(id));
    return [withValues(FILES, { local: new Set(local).size, remote: new Set(remote).size })];
  },
  write: (roomId) => quarantineRoomMedia(roomId),
  words: ({ quarantined }) =>
    quarantined
      ? /*i18n*/ { id: 'room.quarantine-media.then', message: 'all files quarantined' }
      : /*i18n*/ { id: 'room.quarantine-media.now', message: 'files as they are' },
  consequences: () => [
    /*i18n*/ {
      id: 'room.quarantine-media.nobody',
      message:
        'Nobody on this homeserver can open quarantined files. Files elsewhere with the same content are quarantined too, copies of other homeservers’ files included.',
    },
    /*i18n*/ {
      id: 'room.quarantine-media.encrypted',
      message: 'Files in encrypted messages are not found, and protected files are left out.',
    },
    /*i18n*/ {
      id: 'room.quarantine-media.rather',
      message: 'To choose among the files, or to keep a record of each, use the room’s Media tab instead.',
    },
  ],
  script: {
    never: /*i18n*/ {
      id: 'room.quarantine-media.script',
      message: 'Not available as a script: only the answer says how many files were quarantined.',
    },
  },
});
