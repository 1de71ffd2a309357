import { HomeserverError } from '~/api/errors';
import { endSession, lookAtSession, lookAtSessions, type MasSession, type SessionKind } from '~/api/mas-session-asks';
import type { LookAt } from '~/actions/action';

/** What signs somebody in at MAS, found and ended. */

export const ENDED = /*i18n*/ {
  id: 'user.mas-sessions-ended',
  message: '{count, plural, =0 {No session was active.} one {# session has ended.} other {# sessions have ended.}}',
} as const;

/** All active sessions of these kinds. */
export async function sessionsOf(
  masId: string,
  kinds: readonly SessionKind[],
  look: LookAt,
): Promise<readonly MasSession[]> {
  const found: MasSession[] = [];
  for (const kind of kinds) {
    let after: string | null = null;
    do {
      // oxlint-disable-next-line no-await-in-loop -- each page begins where the last one ended
      const { sessions, next }: { sessions: readonly MasSession[]; next: string | null } = await look(
        lookAtSessions(kind, masId, after),
      );
      found.push(...sessions);
      after = next;
    } while (after !== null);
  }
  return found;
}

/**
 * Ends one. That it has ended by itself is no failure: MAS refuses then, for which it has no code, so it is looked at.
 * @returns whether this request ended it
 */
export async function end(session: Pick<MasSession, 'kind' | 'id'>, ask: LookAt): Promise<boolean> {
  try {
    return await ask(endSession(session));
  } catch (error) {
    if (!(error instanceof HomeserverError) || error.kind !== 'matrix') throw error;
    if (error.notFound) return false;
    const mayHaveEnded = error.status === 400 || error.status === 409;
    if (mayHaveEnded && (await ask(lookAtSession(session)))) return false;
    throw error;
  }
}

/** @returns how many were ended */
export async function endSessionsWhere(
  masId: string,
  kinds: readonly SessionKind[],
  isMeant: (session: MasSession) => boolean,
  ask: LookAt,
): Promise<number> {
  let count = 0;
  for (const session of await sessionsOf(masId, kinds, ask)) {
    // oxlint-disable-next-line no-await-in-loop -- MAS makes a job of each for the same account
    if (isMeant(session) && (await end(session, ask))) count += 1;
  }
  return count;
}
