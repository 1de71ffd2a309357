import { lookAtRoom } from '~/api/room-asks';
import type { Room } from '~/api/rooms';
import type { Text } from '~/lib/text';

/** What actions on rooms share. */

export const ofRoom = {
  entity: 'room',
  look: (roomId: string) => lookAtRoom(roomId),
  repeatable: true,
  undo: 'restore',
} as const;

const REPLACED = /*i18n*/ {
  id: 'room.replaced',
  message: 'This room was replaced by another one. Perhaps you mean the new room.',
};

export const remarkOf = ({ tombstoned }: Room): Text => (tombstoned === true ? REPLACED : '');
