import * as z from 'zod/mini';
import { path, request, type Homeserver } from './request';
import { rowsOf, type Rows } from './rows';

/** Registration tokens (`synapse/rest/admin/registration_tokens.py`). Behind MAS all of these are 404. All throw HomeserverError. */

export const tokenSchema = z.object({
  token: z.string(),
  /** How many may register with it; null: any number. */
  uses_allowed: z.nullish(z.number()),
  /** Registrations with it that have begun. */
  pending: z.number(),
  completed: z.number(),
  /** Until when it can be used, ms; null: for ever. */
  expiry_time: z.nullish(z.number()),
});
export type RegistrationToken = z.output<typeof tokenSchema>;

/** All of them in one answer, in no order. */
export async function listRegistrationTokens(hs: Homeserver, signal?: AbortSignal): Promise<Rows<RegistrationToken>> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/registration_tokens`,
    feature: 'registration-tokens',
    schema: z.object({ registration_tokens: rowsOf(tokenSchema) }),
    signal,
  });
  return answer.registration_tokens;
}

export type TokenState = 'usable' | 'used-up' | 'expired';

/** Whether one can register with it now, as Synapse decides it (`store/registration.py`, `registration_token_is_valid`). */
export function tokenState(token: RegistrationToken, now: number): TokenState {
  const { uses_allowed: uses, expiry_time: expiry, pending, completed } = token;
  if (expiry != null && expiry <= now) return 'expired';
  return uses != null && pending + completed >= uses ? 'used-up' : 'usable';
}

/** What a token may be used for. */
export interface TokenLimits {
  readonly uses_allowed: number | null;
  readonly expiry_time: number | null;
}
