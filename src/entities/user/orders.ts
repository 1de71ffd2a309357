import { msg } from '@lingui/core/macro';
import type { Words } from '~/lib/words';
import { unanswerableUsersQuery, type UserOrder } from '~/api/users';

/** Only two columns have an index (`store/__init__.py:98-352`). For the others, the server sorts all accounts each time. */
const USER_ORDER_GROUPS: readonly { group: Words; items: readonly { value: UserOrder; label: Words }[] }[] = [
  {
    group: msg`Fast`,
    items: [
      { value: 'creation_ts', label: msg`Created` },
      { value: 'name', label: msg`User ID` },
    ],
  },
  {
    group: msg`Slow on a large homeserver`,
    items: [
      { value: 'displayname', label: msg`Display name` },
      { value: 'last_seen_ts', label: msg`Last seen` },
      { value: 'admin', label: msg`Admin` },
      { value: 'deactivated', label: msg`Deactivated` },
      { value: 'locked', label: msg`Locked` },
      { value: 'shadow_banned', label: msg`Shadow-banned` },
      { value: 'is_guest', label: msg`Guest` },
      { value: 'user_type', label: msg`Type` },
    ],
  },
];

/** Only the orders that this version of Synapse knows: it refuses the others. */
export const userOrderGroups = (version: string) =>
  USER_ORDER_GROUPS.map(({ group, items }) => ({
    group,
    items: items.filter(({ value }) => unanswerableUsersQuery(version, { order_by: value }) === null),
  }));
