import { t } from '@lingui/core/macro';
import { has, lacks } from '~/api/since';
import { isolatedWords } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';

/** Why “last seen” is unknown for some, as far as the version says it; null where nothing more is to be said in every list. */
export function lastSeenGap(version: string): string | null {
  const lacking = lacks(version, 'users-last-seen');
  if (lacking !== null) {
    const reason = wordsOf(lacking);
    return t`“Last seen” is unknown here. ${reason}`;
  }
  if (has(version, 'last-seen-kept')) return null;
  const synapse = isolatedWords(version);
  return t`“Last seen” is unknown for users who have been away for 28 days or more: Synapse ${synapse} forgets it. Synapse 1.140 and newer keep it.`;
}

/** What “unknown” means to whoever filters by it. Sessions that ended take their times with them (`store/__init__.py:300-326`). */
export const lastSeenNote = (version: string): string =>
  lastSeenGap(version) ??
  t`“Unknown” means that the user never signed in, or has ended all sessions and been away for 28 days or more. It also stands for accounts of bridges and bots that don’t sign in.`;
