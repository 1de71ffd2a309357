import * as z from 'zod/mini';
import { handedUsers } from '~/data/kept-handover';

/** What of the two choices outlives a reload; what was read does not. */
export const keptRead = z.object({
  from: z.enum(['everyone', 'handed', 'named']),
  handed: z.nullable(handedUsers),
  text: z.string(),
});

export const keptRemoval = z.object({
  provider: z.nullable(z.string()),
  what: z._default(z.enum(['remove', 'rename']), 'remove'),
  to: z._default(z.string(), ''),
  from: z.enum(['all', 'some']),
  some: z.string(),
});
