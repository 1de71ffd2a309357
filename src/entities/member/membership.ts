import { msg } from '@lingui/core/macro';
import { isolatedWords } from '~/lib/shown-text';
import type { Mark } from '~/ui/Marks';

/** Memberships other than being in the room, in a word. */
const MEMBERSHIPS: Readonly<Record<string, Mark>> = {
  invite: { label: msg`invited`, tone: 'note', meaning: msg`Has not answered the invitation yet.` },
  knock: { label: msg`asked to join`, tone: 'note' },
  leave: { label: msg`left`, tone: 'plain', meaning: msg`Left, was removed, or declined an invitation.` },
  ban: { label: msg`banned`, tone: 'grave', meaning: msg`Can’t rejoin unless a moderator lifts the ban.` },
};

export function membershipMark(membership: string): Mark {
  const known = Object.hasOwn(MEMBERSHIPS, membership) ? MEMBERSHIPS[membership] : undefined;
  return known ?? { label: isolatedWords(membership, 40), tone: 'plain' };
}
