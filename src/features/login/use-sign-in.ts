import { useEffect, useRef, useState } from 'react';
import type { Check } from '~/api/checks';
import type { Diagnosis, Facts } from '~/api/diagnose';
import { logout } from '~/api/homeserver';
import { isMeant, type Again } from '~/data/again';
import { config } from '~/data/config';
import type { Granted } from '~/data/oauth-sign-in';
import type { Session } from '~/data/session';
import { DEMO_BASE_URLS } from '~/lib/demo';

export type Attempt =
  | { status: 'none' }
  | { status: 'checking'; checks: readonly Check[] }
  /** The token would go unencrypted to another machine. */
  | { status: 'asking'; checks: readonly Check[]; baseUrl: string; answer: (may: boolean) => void }
  | ({ status: 'failed' } & Extract<Diagnosis, { ok: false }>)
  /** A session was to be renewed, and this is another account’s. Nothing came of it. */
  | { status: 'stranger'; checks: readonly Check[]; userId: string; isObtained: boolean }
  /** It works, but something is amiss that is better seen now than in the middle of a job. */
  | { status: 'warned'; checks: readonly Check[]; session: Session };

interface Manner {
  demo: boolean;
  /** Show a warning first, and go on at the admin's word. */
  holdOnWarning: boolean;
  /** Glia itself made the session: it ends it where it leads to nothing, and when one signs out. */
  isObtained?: boolean;
  /** What signing in through MAS gave. */
  granted?: Granted | undefined;
  /** Whose session is to be renewed: another account's is refused. */
  again?: Again | null;
}

/** A try to sign in: its checks while they run, and what came of them. `onSession` gets the session when all is well. */
export function useSignIn(onSession: (session: Session) => void) {
  const [attempt, setAttempt] = useState<Attempt>({ status: 'none' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const cancel = () => {
    running.current?.abort();
    running.current = null;
    setAttempt({ status: 'none' });
  };

  /** @returns the diagnosis, or null when it was cancelled or could not be loaded */
  const start = async (url: string, token: string, manner: Manner): Promise<Diagnosis | null> => {
    const { holdOnWarning, isObtained = false, granted, again = null } = manner;
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const show = (checks: readonly Check[]) => {
      if (!controller.signal.aborted) setAttempt({ status: 'checking', checks });
    };
    let checks: readonly Check[] = [];
    const { signal } = controller;
    const mayGoUnencrypted = (baseUrl: string) =>
      new Promise<boolean>((resolve) => {
        signal.addEventListener('abort', () => resolve(false), { once: true });
        const answer = (may: boolean) => {
          show(checks);
          resolve(may);
        };
        setAttempt({ status: 'asking', checks, baseUrl, answer });
      });
    const pageIsSecure = location.protocol === 'https:';
    const { wellKnownDiscovery: discovers, masBaseUrl } = config();
    // Who signed in through MAS has found it.
    const findMas = { configured: masBaseUrl };
    show(checks);
    const loaded = await loadDiagnose().catch((error: unknown) => {
      // Whoever stands around the page says so: there is nothing to check with.
      setAttempt(() => {
        throw error;
      });
      return null;
    });
    if (!loaded) return null;
    const diagnosis = await loaded.diagnose(
      { url, token, pageIsSecure, signal, mayGoUnencrypted, discovers, ...(!granted && { findMas }) },
      (next) => {
        checks = next;
        show(next);
      },
    );
    const stranger = again && strangerIn(diagnosis, again);
    const isWanted = diagnosis.ok && stranger === null && !controller.signal.aborted;
    if (isObtained && !isWanted) void endObtained(diagnosis, token, granted);
    if (controller.signal.aborted) return null;
    running.current = null;
    if (stranger !== null) setAttempt({ status: 'stranger', checks: diagnosis.checks, userId: stranger, isObtained });
    else if (!diagnosis.ok) setAttempt({ status: 'failed', ...diagnosis });
    else if (holdOnWarning && isAmiss(diagnosis.checks)) {
      setAttempt({ status: 'warned', checks: diagnosis.checks, session: sessionOf(diagnosis.facts, manner) });
    } else onSession(sessionOf(diagnosis.facts, manner));
    return diagnosis;
  };

  return { attempt, start, cancel };
}

/** Whose token it is, where it is not of the account that was to be signed in again. */
function strangerIn(diagnosis: Diagnosis, again: Again): string | null {
  const { userId } = diagnosis.ok ? diagnosis.facts : diagnosis;
  const baseUrl = diagnosis.ok ? diagnosis.facts.homeserver.baseUrl : diagnosis.baseUrl;
  return userId === null || isMeant(again, { baseUrl, userId }) ? null : userId;
}

/** Only who signs in needs it: the page before is asked for by everyone. */
const loadDiagnose = () => import('~/api/diagnose');

/** The warnings that would be missed later: what is better known before anything is begun. */
function isAmiss(checks: readonly Check[]): boolean {
  return checks.some(({ cause, state }) => state === 'warn' && (cause === 'media' || cause === 'old'));
}

/** Nobody else knows its token: left alone, it would be a session that nobody uses. */
async function endObtained(diagnosis: Diagnosis, token: string, granted?: Granted): Promise<void> {
  if (granted) {
    const { endOAuth } = await import('~/data/oauth-sign-in');
    await endOAuth(granted.oauth).catch(() => undefined);
    return;
  }
  const baseUrl = diagnosis.ok ? diagnosis.facts.homeserver.baseUrl : diagnosis.baseUrl;
  // Where it can’t be ended either, it stays in the list of that account's sessions.
  if (baseUrl !== null) await logout({ baseUrl, token }).catch(() => undefined);
}

function sessionOf(facts: Facts, { demo, isObtained, granted }: Manner): Session {
  // Once it was opened, its address is the demo's, however it came into the field.
  const isDemo = demo || DEMO_BASE_URLS.includes(facts.homeserver.baseUrl);
  const { mas, oauth } = granted ?? {};
  const homeserver = { ...facts.homeserver, ...(mas && { mas }) };
  return { ...facts, homeserver, demo: isDemo, ...(isObtained && { isObtained }), ...(oauth && { oauth }) };
}
