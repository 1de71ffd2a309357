import * as z from 'zod/mini';
import { ownerOf, type Session } from './session';

/**
 * Somebody signs in again on another site, which leads away from this page: for whom, and what the page that opens then brings back. It
 * lies in this tab meanwhile, as the address of the page does anyway.
 */
export const againSchema = z.object({
  baseUrl: z.string(),
  userId: z.string(),
  /** Of the page that was open, behind the hash. */
  path: z.string().check(z.startsWith('/')),
  readOnly: z.boolean(),
  /** What was asked of MAS before is asked again. */
  isMasAdmin: z.boolean(),
});
export type Again = z.output<typeof againSchema>;

export function againOf(session: Session, hash: string): Again {
  const { homeserver, readOnly = false, mas } = session;
  const path = hash.startsWith('#/') ? hash.slice(1) : '/';
  return { ...ownerOf(session), path, readOnly, isMasAdmin: mas && homeserver.mas !== undefined };
}

/** @param kept as it came back from storage: anything may have written there */
export function readAgain(kept: unknown): Again | null {
  const parsed = z.safeParse(againSchema, kept);
  return parsed.success ? parsed.data : null;
}

/** Whether a session is of the account that was to be signed in again. */
export const isMeant = (again: Again, who: { readonly baseUrl: string | null; readonly userId: string }): boolean =>
  who.userId === again.userId && who.baseUrl === again.baseUrl;
