import type { MasRegistrationToken } from '~/api/mas/registration-tokens';

export type MasTokenState = 'usable' | 'used-up' | 'expired' | 'revoked';

/** Why one can’t register with it: what an admin did comes first. */
export function masTokenState(token: MasRegistrationToken, now: number): MasTokenState {
  const { revoked_at: revoked, expires_at: expires, usage_limit: limit, times_used: used } = token;
  if (revoked != null) return 'revoked';
  if (expires != null && Date.parse(expires) <= now) return 'expired';
  return limit != null && used >= limit ? 'used-up' : 'usable';
}

export function shownMasTokens(
  tokens: readonly MasRegistrationToken[],
  { search, only }: { search: string; only: MasTokenState | null },
  now: number,
): MasRegistrationToken[] {
  const wanted = search.trim().toLowerCase();
  return tokens.filter(
    (token) => (only === null || masTokenState(token, now) === only) && token.token.toLowerCase().includes(wanted),
  );
}
