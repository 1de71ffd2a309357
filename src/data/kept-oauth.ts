import { readAgain, type Again } from './again';

/**
 * Signing in through MAS leads away from the page and back to it. What was asked for is kept in this tab meanwhile, under a state that
 * nobody can guess: an answer that nobody asked for here could sign this tab in as somebody else.
 */

const KEY = 'glia.oauth';
/** MAS takes the code for ten minutes after somebody agreed; before, people look for their password. */
const GOOD_FOR_MS = 30 * 60_000;
const ANSWER = ['state', 'code', 'error', 'error_description', 'iss'] as const;

export interface Asked {
  readonly state: string;
  readonly baseUrl: string;
  readonly at: number;
  /** How long the token is to be kept, as it was chosen before. */
  readonly keeping?: unknown;
  /** Whose session is to be renewed; missing: somebody signs in. */
  readonly again?: unknown;
  /** What the exchange needs, as oauth-sign-in made it. */
  readonly more: unknown;
}

/** What MAS led back with, and what was asked. */
export interface OAuthAnswer {
  readonly baseUrl: string;
  readonly asked: Asked;
  /** As a query: the code, or an error. */
  readonly said: string;
  /** Whose session is to be renewed; null: somebody signs in. */
  readonly again: Again | null;
}

/** @returns whether this browser keeps it: without it, no answer could be told from one that nobody asked for */
export function keepAsked(asked: Asked): boolean {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(asked));
    return true;
  } catch {
    return false;
  }
}

/**
 * Takes an answer of MAS out of the address, in front of the hash or behind it, before the router or anything else reads it. What was
 * kept is forgotten: it is good once.
 *
 * @param back where MAS led to; missing: to the page that is open
 * @returns null: there is none, or this tab did not ask for it
 */
export function takeOAuthAnswer(back = location.href, now = Date.now()): OAuthAnswer | null {
  const url = new URL(back);
  const behind = new URLSearchParams(url.hash.startsWith('#/') ? '' : url.hash.slice(1));
  const said = [behind, url.searchParams].find((one) => one.has('state') && (one.has('code') || one.has('error')));
  if (!said) return null;
  const answer = said.toString();
  const state = said.get('state');
  if (said === behind) url.hash = '';
  for (const name of ANSWER) url.searchParams.delete(name);
  if (back === location.href) history.replaceState(null, '', url);
  const asked = readAsked();
  if (!asked || asked.state !== state || now - asked.at > GOOD_FOR_MS) return null;
  return { baseUrl: asked.baseUrl, asked, said: answer, again: readAgain(asked.again) };
}

function readAsked(): Asked | null {
  try {
    const json: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    sessionStorage.removeItem(KEY);
    return isAsked(json) ? json : null;
  } catch {
    return null;
  }
}

function isAsked(json: unknown): json is Asked {
  if (typeof json !== 'object' || json === null || !('state' in json && 'baseUrl' in json && 'at' in json))
    return false;
  return typeof json.state === 'string' && typeof json.baseUrl === 'string' && typeof json.at === 'number';
}

/** Whether the sign-in page of MAS was asked for just now, ms ago at most. */
export function isAtMas(now: number, ms: number): boolean {
  try {
    const json: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return isAsked(json) && now - json.at < ms;
  } catch {
    return false;
  }
}
