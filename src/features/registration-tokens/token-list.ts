import { tokenState, type RegistrationToken, type TokenState } from '~/api/registration-tokens';
import type { Sort } from '~/ui/DataTable';

/** What of all tokens is shown, and in which order. */
export interface TokenList {
  search: string;
  only: TokenState | null;
  sort: Sort;
}

export function shownTokens(tokens: readonly RegistrationToken[], list: TokenList, now: number): RegistrationToken[] {
  const search = list.search.trim().toLowerCase();
  const { column, descending } = list.sort;
  const found = tokens.filter(
    (token) =>
      (list.only === null || tokenState(token, now) === list.only) && token.token.toLowerCase().includes(search),
  );
  const turn = descending ? -1 : 1;
  return found.toSorted((one, other) => {
    const [a, b] = [sortedBy(one, column), sortedBy(other, column)];
    return a === b ? (one.token < other.token ? -1 : 1) : a < b ? -turn : turn;
  });
}

/** A token that never expires does so after all others. */
function sortedBy(token: RegistrationToken, column: string): string | number {
  if (column === 'completed') return token.completed;
  if (column === 'pending') return token.pending;
  return column === 'expiry_time' ? (token.expiry_time ?? Infinity) : token.token;
}

export function countStates(tokens: readonly RegistrationToken[], now: number): Record<TokenState, number> {
  const counts: Record<TokenState, number> = { usable: 0, 'used-up': 0, expired: 0 };
  for (const token of tokens) counts[tokenState(token, now)] += 1;
  return counts;
}
