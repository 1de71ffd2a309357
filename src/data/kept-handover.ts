import * as z from 'zod/mini';
import type { RoomsQuery } from '~/api/rooms';
import type { UsersQuery } from '~/api/users';

/** What a list handed to a wizard, as it is read back after a reload: a filter that is not known in full would be of others. */

const flag = z.optional(z.boolean());
const text = z.optional(z.string());
const number = z.optional(z.number());
const paging = { from: number, limit: number, order_by: text, dir: text };

const usersQuery = z.strictObject({
  ...paging,
  name: text,
  guests: flag,
  admins: flag,
  deactivated: flag,
  locked: flag,
  not_user_type: z.optional(z.array(z.string())),
  bridged: z.optional(z.literal(false)),
});
const roomsQuery = z.strictObject({ ...paging, search_term: text, public_rooms: flag, empty_rooms: flag });

const ids = z.object({ ids: z.array(z.string()), from: z.optional(z.literal('job')) });
const userIds = z.object({ ids: z.array(z.string()), from: z.optional(z.enum(['job', 'notice'])) });

/** All users that match a filter. */
export const matchingUsers = z.object({
  filter: z.custom<UsersQuery>((value) => z.safeParse(usersQuery, value).success),
  total: z.number(),
});

export const matchingRooms = z.object({
  filter: z.custom<RoomsQuery>((value) => z.safeParse(roomsQuery, value).success),
  total: z.number(),
});

/** Users of a list: those selected, or all that match. */
export const handedUsers = z.union([userIds, matchingUsers]);

/** Rooms likewise. */
export const handedRooms = z.union([ids, matchingRooms]);

/** Other things, of the kind that an action of theirs names. */
export const handedThings = z.object({ entity: z.string(), ids: z.array(z.string()) });

/** Files, and which these are. */
export const handedFiles = z.union([
  z.object({ ids: z.array(z.string()), userId: z.string() }),
  z.object({ ids: z.array(z.string()), roomId: z.string() }),
  z.object({ ids: z.array(z.string()), from: z.enum(['plan', 'list']) }),
]);
