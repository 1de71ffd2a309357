import * as z from 'zod/mini';
import { handedUsers } from '~/data/kept-handover';
import { SIZE_UNITS, type SizeUnit } from '~/lib/bytes';

const unit = z.custom<SizeUnit>((value) => typeof value === 'string' && Object.hasOwn(SIZE_UNITS, value));

/** The part of a choice that survives a reload. */
export const keptChoice = z.object({
  where: z.enum(['local', 'remote']),
  by: z.enum(['not-opened-since', 'uploaded-before']),
  date: z.string(),
  size: z.string(),
  unit,
  whose: z.enum(['everyone', 'named', 'handed']),
  handed: z.nullable(handedUsers),
  users: z.string(),
  keepAvatars: z.boolean(),
  roomAvatars: z.boolean(),
  method: z.enum(['exact', 'sweep']),
});
