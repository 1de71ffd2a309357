import * as z from 'zod/mini';
import { againSchema, type Again } from './again';

/**
 * Single sign-on leads away from the page and back to it. What was asked for is kept in this tab meanwhile: an answer that nobody asked
 * for here could sign this tab in as somebody else. Nothing of it is secret.
 */

const KEY = 'glia.sso';
/** As long as people take to sign in somewhere, ms. */
const GOOD_FOR_MS = 15 * 60_000;
/** In the query of the URL that single sign-on leads back to. */
const STATE = 'sso';
const LOGIN_TOKEN = 'loginToken';

const schema = z.object({
  state: z.string(),
  baseUrl: z.string(),
  at: z.number(),
  /** How long the token is to be kept, as it was chosen before. */
  keeping: z.unknown(),
  /** Whose session is to be renewed; null: somebody signs in. */
  again: z.nullable(againSchema),
});

/** What came back from single sign-on. */
export interface SsoAnswer {
  readonly baseUrl: string;
  readonly loginToken: string;
  readonly keeping: unknown;
  readonly again: Again | null;
}

/**
 * Notes where single sign-on is asked for.
 * @returns the URL that it is to lead back to; null: this browser keeps nothing, so the answer could not be told from one that nobody
 *   asked for
 */
export function beginSso(
  baseUrl: string,
  { keeping = null, again = null }: { keeping?: unknown; again?: Again | null } = {},
  now = Date.now(),
): string | null {
  const state = crypto.randomUUID();
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ state, baseUrl, at: now, keeping, again }));
  } catch {
    return null;
  }
  const url = new URL(location.href);
  url.hash = '';
  url.search = new URLSearchParams({ [STATE]: state }).toString();
  return url.href;
}

/**
 * Takes an answer out of the address, before anything else reads it, and forgets what it was kept for: it is good once.
 * @returns null: there is none, or this tab did not ask for it
 */
export function takeSsoAnswer(now = Date.now()): SsoAnswer | null {
  const url = new URL(location.href);
  const state = url.searchParams.get(STATE);
  const loginToken = url.searchParams.get(LOGIN_TOKEN);
  if (state === null && loginToken === null) return null;
  url.searchParams.delete(STATE);
  url.searchParams.delete(LOGIN_TOKEN);
  history.replaceState(null, '', url);
  const asked = readAsked();
  if (!asked || loginToken === null || state !== asked.state || now - asked.at > GOOD_FOR_MS) return null;
  const { baseUrl, keeping, again } = asked;
  return { baseUrl, loginToken, keeping, again };
}

function readAsked(): z.output<typeof schema> | null {
  try {
    const parsed = z.safeParse(schema, JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
    sessionStorage.removeItem(KEY);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Whether single sign-on was asked for just now, ms ago at most. */
export function isAtSso(now: number, ms: number): boolean {
  try {
    const parsed = z.safeParse(schema, JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
    return parsed.success && now - parsed.data.at < ms;
  } catch {
    return false;
  }
}
