import * as z from 'zod/mini';
import { matchingRooms, matchingUsers } from '~/data/kept-handover';
import { USERS_FROM } from './choice';

/** What of a choice outlives a reload. */
export const keptChoice = z.object({
  mode: z.enum(['every', 'pairs']),
  rooms: z.string(),
  usersFrom: z.enum(USERS_FROM),
  users: z.string(),
  filter: z.object({ name: z.string(), onlyAdmins: z.boolean() }),
  handed: z.nullable(matchingUsers),
  handedRooms: z.nullable(matchingRooms),
  unreadRooms: z.number(),
  pairs: z.string(),
  pairColumns: z.nullable(z.object({ user: z.number(), room: z.number() })),
});
