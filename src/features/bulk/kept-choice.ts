import * as z from 'zod/mini';
import { handedFiles, handedRooms, handedThings, handedUsers } from '~/data/kept-handover';

/** What of a choice outlives a reload. Not what was entered into the fields of an action: it may be a password. */
export const keptChoice = z.object({
  from: z.enum(['named', 'handed']),
  handed: z.nullable(handedUsers),
  files: z.nullable(handedFiles),
  rooms: z._default(z.nullable(handedRooms), null),
  things: z._default(z.nullable(handedThings), null),
  text: z.string(),
});
