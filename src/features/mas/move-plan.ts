import { linkId } from '~/actions/mas/ids';
import type { MasLink } from '~/data/mas-things';

/** What moving links from one provider to another still takes, read from the links that there are now. */
export interface MovePlan {
  /** To add: whoever has only the old one. By the names of actions. */
  readonly add: readonly string[];
  /** To remove: whoever has both by now. */
  readonly remove: readonly string[];
  /** Links at the old provider whose subject another account has at the new one. */
  readonly taken: readonly MasLink[];
  /** Links that belong to no account. */
  readonly nobody: number;
}

/** The subject stays the same: it is the same person's at both providers. */
export function movePlan(old: readonly MasLink[], present: readonly MasLink[], to: string): MovePlan {
  const holders = new Map(present.map((link) => [link.subject, link.userId]));
  const plan = { add: [] as string[], remove: [] as string[], taken: [] as MasLink[], nobody: 0 };
  for (const link of old) {
    const { userId, subject, provider_id: from } = link;
    const holder = holders.get(subject) ?? '';
    if (userId === '') plan.nobody += 1;
    else if (holder === userId) plan.remove.push(linkId(userId, from, subject));
    else if (holder === '') plan.add.push(linkId(userId, to, subject));
    else plan.taken.push(link);
  }
  return plan;
}
