import { msg } from '@lingui/core/macro';
import type { Words } from '~/lib/words';
import type { RoomOrder } from '~/api/rooms';

export const ROOM_ORDER_GROUPS: readonly { group: Words; items: readonly { value: RoomOrder; label: Words }[] }[] = [
  {
    group: msg`Names and members`,
    items: [
      { value: 'name', label: msg`Name` },
      { value: 'canonical_alias', label: msg`Alias` },
      { value: 'joined_members', label: msg`Members` },
      { value: 'joined_local_members', label: msg`Local members` },
      { value: 'creator', label: msg`Creator` },
    ],
  },
  {
    group: msg`Settings`,
    items: [
      { value: 'public', label: msg`Listed` },
      { value: 'join_rules', label: msg`Join rule` },
      { value: 'encryption', label: msg`Encryption` },
      { value: 'version', label: msg`Version` },
      { value: 'history_visibility', label: msg`History visibility` },
      { value: 'guest_access', label: msg`Guest access` },
      { value: 'federatable', label: msg`Federated` },
      { value: 'state_events', label: msg`State events` },
    ],
  },
];
