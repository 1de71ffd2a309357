import { unanswerableUsersQuery, type UserOrder } from '~/api/users';

/** Only two columns have an index (`store/__init__.py:98-352`); for the others the server sorts all accounts each time. */
const USER_ORDER_GROUPS: readonly { group: string; items: readonly { value: UserOrder; label: string }[] }[] = [
  {
    group: 'Quick: the server has an index',
    items: [
      { value: 'creation_ts', label: 'Created' },
      { value: 'name', label: 'User ID' },
    ],
  },
  {
    group: 'Slower on a large homeserver',
    items: [
      { value: 'displayname', label: 'Display name' },
      { value: 'last_seen_ts', label: 'Last seen' },
      { value: 'admin', label: 'Admin' },
      { value: 'deactivated', label: 'Deactivated' },
      { value: 'locked', label: 'Locked' },
      { value: 'shadow_banned', label: 'Shadow-banned' },
      { value: 'is_guest', label: 'Guest' },
      { value: 'user_type', label: 'Type' },
    ],
  },
];

/** Those that this Synapse knows; others it refuses. */
export const userOrderGroups = (version: string) =>
  USER_ORDER_GROUPS.map(({ group, items }) => ({
    group,
    items: items.filter(({ value }) => unanswerableUsersQuery(version, { order_by: value }) === null),
  }));
