import { joinMyself, leaveRoom, lookAtPresence, type SeenPresence } from '~/api/room-asks';
import { defineAction } from '~/actions/action';
import { flag } from '~/lib/places';
import { ofRoom } from './room';

type State = { joined: boolean };

const IN = /*i18n*/ { id: 'room.me-in', message: 'you are in the room' };
const OUT = /*i18n*/ { id: 'room.me-out', message: 'you are not in the room' };

export const joinRoomMyself = defineAction<SeenPresence, State>({
  ...ofRoom,
  kind: 'room.join-myself',
  icon: 'enter',
  group: 'entry',
  label: /*i18n*/ { id: 'room.join-myself.label', message: 'Join the room yourself' },
  phrase: {
    one: /*i18n*/ { id: 'room.join-myself.one', message: 'Join {id} yourself' },
    many: /*i18n*/ {
      id: 'room.join-myself.many',
      message: 'Join {count, plural, =0 {rooms} one {# room} other {# rooms}} yourself',
    },
  },
  keywords: ['enter', 'accept invitation', 'join me'],
  look: (roomId, { me }) => lookAtPresence(roomId, me ?? ''),
  watch: { joined: flag('joined') },
  goal: () => ({ joined: true }),
  write: (roomId, { joined }, { server }) => (joined ? joinMyself(roomId, server) : leaveRoom(roomId, server)),
  words: ({ joined }) => (joined ? IN : OUT),
  consequences: () => [
    /*i18n*/ { id: 'room.join-myself.seen', message: 'Everyone in the room sees that you joined.' },
    /*i18n*/ {
      id: 'room.join-myself.invited',
      message:
        'If the room is not public, you need an invitation. “Make room admin” invites you, if someone on this homeserver has the power.',
    },
  ],
  script: {
    never: /*i18n*/ {
      id: 'room.join-myself.script',
      message: 'Not available as a script: whether you are in the room is not read from one place of an answer.',
    },
  },
});
