import type { Ask } from '~/api/ask';
import { HomeserverError } from '~/api/errors';
import { listed, withValues, type Text } from '~/lib/text';
import type { LookAt } from './action';

/** Something that only one can have, and that the homeserver takes away from its holder without a word: an address. */
export interface Claim {
  /** `user@example.org` */
  readonly what: string;
  /** Who holds it; 404: nobody. */
  readonly holder: Ask<{ readonly user_id: string }>;
}

const HELD = /*i18n*/ { id: 'action.held', message: '{what} belongs to {userId}' } as const;
const HELD_BY = /*i18n*/ { id: 'action.held-by', message: 'In use by another account: {held}.' } as const;

/** Why an item must not get these, or null. The scripts look at each of them too (`is_held`). */
export async function heldBy(id: string, claims: readonly Claim[], look: LookAt): Promise<Text | null> {
  const held: Text[] = [];
  for (const { what, holder } of claims) {
    const { user_id: userId } = await look(holder).catch(nobody);
    if (userId !== id && userId !== null) held.push(withValues(HELD, { what, userId }));
  }
  return held.length > 0 ? withValues(HELD_BY, { held: listed(held) }) : null;
}

function nobody(error: unknown): { user_id: null } {
  if (error instanceof HomeserverError && error.notFound) return { user_id: null };
  throw error;
}
