import * as z from 'zod/mini';
import { handedUsers } from '~/data/kept-handover';

/** What of the two choices outlives a reload; what was read does not. */
export const keptRead = z.object({
  whom: z.enum(['everyone', 'handed', 'pasted']),
  handed: z.nullable(handedUsers),
  pasted: z.string(),
});

export const keptRemoval = z.object({
  provider: z.nullable(z.string()),
  from: z.enum(['all', 'some']),
  some: z.string(),
});
