import * as z from 'zod/mini';

/**
 * What was entered in a wizard, over a reload of its tab: in sessionStorage, one entry for each wizard and account. Never a plan, whose
 * facts would be old, and nothing secret. What is read back is checked, since another version of Glia may have written it.
 */

const PREFIX = 'glia.draft ';

interface Owner {
  readonly baseUrl: string;
  readonly userId: string;
}

/** A name within what is kept of an account. */
export const draftKey = ({ baseUrl, userId }: Owner, name: string): string => JSON.stringify([baseUrl, userId, name]);

/** @param key as `draftKey` makes it */
export function readDraft<T>(key: string, schema: z.ZodMiniType<T>): T | null {
  try {
    const text = sessionStorage.getItem(PREFIX + key);
    const parsed = z.safeParse(schema, JSON.parse(text ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    // Storage can be forbidden, and anything may have written there.
    return null;
  }
}

/** Only what the schema names is kept. */
export function keepDraft<T>(key: string, schema: z.ZodMiniType<T>, value: unknown): void {
  try {
    // What does not fit the storage must not leave an older choice there, which nobody made last.
    sessionStorage.removeItem(PREFIX + key);
    const parsed = z.safeParse(schema, value);
    if (parsed.success) sessionStorage.setItem(PREFIX + key, JSON.stringify(parsed.data));
  } catch {
    // Forbidden or full: then a reload forgets it.
  }
}

/** @param except whose drafts stay */
export function forgetDrafts(except: readonly Owner[] = []): void {
  const theirs = except.map((owner) => PREFIX + draftKey(owner, '').slice(0, -'""]'.length));
  try {
    const keys = Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index) ?? '');
    for (const key of keys) {
      const stays = theirs.some((start) => key.startsWith(start));
      if (key.startsWith(PREFIX) && !stays) sessionStorage.removeItem(key);
    }
  } catch {
    // See readDraft.
  }
}
