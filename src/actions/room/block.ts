import { blockRoom, lookAtBlock } from '~/api/room-asks';
import type { RoomBlock } from '~/api/rooms';
import { lacks } from '~/api/since';
import { defineAction, type Action } from '~/actions/action';
import { ofRoom } from './room';

type State = { blocked: boolean };

const BLOCKED = /*i18n*/ { id: 'room.blocked', message: 'blocked' };
const NOT_BLOCKED = /*i18n*/ { id: 'room.not-blocked', message: 'not blocked' };

const both = {
  ...ofRoom,
  group: 'entry',
  // It answers for rooms that nobody here knows: a room can be blocked before anybody joins it.
  look: lookAtBlock,
  guard: (server) => lacks(server.version, 'room-block'),
  // Its answer names no room: only what is said outright counts.
  watch: { blocked: { at: ['block'], as: 'boolean' } },
  write: (roomId, { blocked }) => blockRoom(roomId, blocked),
  words: ({ blocked }) => (blocked ? BLOCKED : NOT_BLOCKED),
} satisfies Partial<Action<RoomBlock, State>>;

export const block = defineAction<RoomBlock, State>({
  ...both,
  kind: 'room.block',
  icon: 'ban',
  label: /*i18n*/ { id: 'room.block.label', message: 'Block' },
  phrase: {
    one: /*i18n*/ { id: 'room.block.one', message: 'Block {id}' },
    many: /*i18n*/ { id: 'room.block.many', message: 'Block {count, plural, =0 {rooms} one {# room} other {# rooms}}' },
  },
  keywords: ['ban', 'forbid', 'lock'],
  goal: () => ({ blocked: true }),
  consequences: () => [
    /*i18n*/ {
      id: 'room.block.refused',
      message: 'Nobody on this homeserver can join a blocked room or be invited to it.',
    },
    /*i18n*/ {
      id: 'room.block.stays',
      message: 'Its members stay in it and can still write. To remove them, delete the room.',
    },
    /*i18n*/ {
      id: 'room.block.no-list',
      message: 'Synapse has no list of blocked rooms. Activity keeps the ones that you block here.',
    },
  ],
});

export const unblock = defineAction<RoomBlock, State>({
  ...both,
  kind: 'room.unblock',
  icon: 'ban-off',
  label: /*i18n*/ { id: 'room.unblock.label', message: 'Unblock' },
  phrase: {
    one: /*i18n*/ { id: 'room.unblock.one', message: 'Unblock {id}' },
    many: /*i18n*/ {
      id: 'room.unblock.many',
      message: 'Unblock {count, plural, =0 {rooms} one {# room} other {# rooms}}',
    },
  },
  keywords: ['unban', 'allow'],
  goal: () => ({ blocked: false }),
  consequences: () => [
    /*i18n*/ {
      id: 'room.unblock.again',
      message: 'Users of this homeserver can join the room and be invited to it again.',
    },
  ],
});
