import * as z from 'zod/mini';
import { handedUsers } from '~/data/kept-handover';
import { SIZE_UNITS, type SizeUnit } from '~/lib/bytes';

const unit = z.custom<SizeUnit>((value) => typeof value === 'string' && Object.hasOwn(SIZE_UNITS, value));

/** The part of a choice that survives a reload. */
export const keptChoice = z.object({
  where: z.enum(['local', 'room', 'remote']),
  room: z._default(z.string(), ''),
  by: z.enum(['not-opened-since', 'uploaded-before']),
  date: z.string(),
  size: z.string(),
  unit,
  whose: z.enum(['everyone', 'handed', 'filter', 'named']),
  handed: z.nullable(handedUsers),
  filter: z._default(z.object({ name: z.string(), onlyAdmins: z.boolean() }), { name: '', onlyAdmins: false }),
  users: z.string(),
  keepAvatars: z.boolean(),
  roomAvatars: z.boolean(),
  newest: z._default(z.string(), ''),
  listed: z._default(z.string(), ''),
  stickerRooms: z._default(z.string(), ''),
  method: z.enum(['exact', 'sweep']),
});
