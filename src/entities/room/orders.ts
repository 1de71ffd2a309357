import type { RoomOrder } from '~/api/rooms';

export const ROOM_ORDER_GROUPS: readonly { group: string; items: readonly { value: RoomOrder; label: string }[] }[] = [
  {
    group: 'Who and how many',
    items: [
      { value: 'name', label: 'Name' },
      { value: 'canonical_alias', label: 'Alias' },
      { value: 'joined_members', label: 'Members' },
      { value: 'joined_local_members', label: 'Members of this server' },
      { value: 'creator', label: 'Creator' },
    ],
  },
  {
    group: 'What kind',
    items: [
      { value: 'public', label: 'Public' },
      { value: 'join_rules', label: 'Join rule' },
      { value: 'encryption', label: 'Encryption' },
      { value: 'version', label: 'Version' },
      { value: 'history_visibility', label: 'History for' },
      { value: 'guest_access', label: 'Guests' },
      { value: 'federatable', label: 'Federated' },
      { value: 'state_events', label: 'State events' },
    ],
  },
];
