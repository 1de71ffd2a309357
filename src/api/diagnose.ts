import { isLoopback, parseHomeserverUrl } from '~/lib/homeserver-url';
import { Board, MIXED, type Check, type CheckId, type CheckState } from './checks';
import type { HomeserverError } from './errors';
import { authIssuer, clientVersions, mediaConfig, serverVersion, whoami } from './homeserver';
import { looker, type Look } from './look';
import { listUserMedia } from './media';
import { answersUnread, path, type Homeserver } from './request';
import { lostOn, lostSentence, updateAdvice } from './since';
import { redirectOf, suggest, type Redirect, type Suggestion } from './suggestions';
import { isForMas, reachMas } from './mas/reach';
import { getUser } from './users';
import {
  adminApiVerdict,
  adminVerdict,
  mediaVerdict,
  redirectVerdict,
  tokenVerdict,
  versionsVerdict,
  type Cause,
  type Verdict,
} from './verdicts';
import { sentences, withValues, type Text } from '~/lib/text';

export interface DiagnosisInput {
  /** The URL as typed. */
  url: string;
  token: string;
  /** Whether the page itself came by https: it may then not ask http. */
  pageIsSecure: boolean;
  signal?: AbortSignal;
  /** For each request; 20 s unless said. */
  timeoutMs?: number;
  /**
   * Asked before the token is sent unencrypted to another machine, with the base URL. Without it, it is not sent there at all.
   */
  mayGoUnencrypted?: (baseUrl: string) => Promise<boolean>;
  /** Whether the host of the URL may be asked where its homeserver is (`.well-known`). Missing: yes. */
  discovers?: boolean;
  /** Look whether the token may use MAS's Admin API too, with its place as `config.json` has it; null: as the homeserver says. */
  findMas?: { readonly configured: string | null };
}

/** What a session needs to know. */
export interface Facts {
  homeserver: Homeserver;
  userId: string;
  serverName: string;
  version: string;
  mas: boolean;
}

export type Diagnosis =
  | { ok: true; checks: readonly Check[]; facts: Facts }
  | {
      ok: false;
      checks: readonly Check[];
      /** The first check that failed; null when cancelled. */
      failure: (Check & { cause: Cause }) | null;
      /** Another URL to try. Never swapped in. */
      suggestion: Suggestion | null;
      /** As read from what was typed. */
      baseUrl: string | null;
      /** Whose token it is, where that became known. */
      userId: string | null;
    };

/**
 * Looks once at each endpoint that the app stands on, what is independent side by side. The token is sent only after
 * something has answered as a homeserver does. Never throws for what a homeserver or a network can do.
 */
export async function diagnose(
  input: DiagnosisInput,
  onChange: (checks: readonly Check[]) => void = () => undefined,
): Promise<Diagnosis> {
  const board = new Board(onChange);
  const look = looker(input);
  board.set('url', 'running');
  const url = parseHomeserverUrl(input.url);
  if (!url.ok) return failed(board, 'url', { cause: 'url', detail: url.reason });
  const { baseUrl } = url;
  board.baseUrl = baseUrl;
  board.set('url', 'ok', baseUrl);
  const mixed = isMixed(baseUrl, input.pageIsSecure);
  board.set('secure', ...secureState(baseUrl, mixed));

  const anonymous = { baseUrl };
  const [answers, version] = await Promise.all([
    checkVersions(board, look, anonymous),
    checkAdminApi(board, look, anonymous),
  ]);
  if (input.signal?.aborted) return cancelled(board);
  if (!answers.ok) {
    const id = board.blame(mixed, version !== null);
    return failed(board, id, null, await suggestion(board, id, input, answers.redirect));
  }
  if (version === null) return failed(board, 'admin-api', null, await suggestion(board, 'admin-api', input, null));
  if (isUnencrypted(baseUrl)) {
    board.set('secure', 'warn', sentences(UNENCRYPTED, NOT_SENT_YET));
    const may = (await input.mayGoUnencrypted?.(baseUrl)) ?? false;
    if (input.signal?.aborted) return cancelled(board);
    if (!may) {
      return failed(board, 'secure', { cause: 'plain-http', detail: withValues(NOT_SENT, { urlId: baseUrl }) });
    }
    board.set('secure', ...secureState(baseUrl, mixed));
  }

  checkAge(board, version);

  const hs: Homeserver = { baseUrl, token: input.token, version };
  const [userId, mas] = await Promise.all([checkToken(board, look, hs), checkMas(board, look, hs)]);
  if (input.signal?.aborted) return cancelled(board);
  if (userId === null) return failed(board, 'whoami');
  const serverName = userId.slice(userId.indexOf(':') + 1);
  const [admin, reached] = await Promise.all([
    checkAdmin(board, look, hs, userId, mas),
    mas && input.findMas && isForMas(input.token)
      ? checkMasApi(board, look, hs, { serverName, ...input.findMas })
      : undefined,
    checkMedia(board, look, hs, userId),
  ]);
  if (input.signal?.aborted) return cancelled(board);
  if (!admin) return failed(board, 'admin');
  const homeserver: Homeserver = reached ? { ...hs, mas: reached } : hs;
  return { ok: true, checks: board.checks, facts: { homeserver, userId, serverName, version, mas } };
}

/** @returns whether a homeserver answers, and where the URL leads instead, as far as that can be read */
async function checkVersions(
  board: Board,
  look: Look,
  hs: Anonymous,
): Promise<{ ok: boolean; redirect: Redirect | null }> {
  board.set('versions', 'running');
  const seen = await look((signal) => clientVersions(hs, signal));
  if (seen.ok) {
    const version = seen.value.versions.at(-1);
    board.set('versions', 'ok', version === undefined ? YES : withValues(YES_UP_TO, { version }));
    return { ok: true, redirect: null };
  }
  const redirect = seen.error.kind === 'redirect' ? await redirectOf(look, hs.baseUrl) : null;
  if (seen.error.kind === 'redirect') board.fail('versions', redirectVerdict(redirect));
  else board.fail('versions', versionsVerdict(seen.error, await heard(look, hs, VERSIONS, seen.error)));
  return { ok: false, redirect };
}

/** @returns Synapse's version, or null */
async function checkAdminApi(board: Board, look: Look, hs: Anonymous): Promise<string | null> {
  board.set('admin-api', 'running');
  const seen = await look((signal) => serverVersion(hs, signal));
  if (seen.ok) board.set('admin-api', 'ok', withValues(YES_SYNAPSE, { version: seen.value }));
  else board.fail('admin-api', adminApiVerdict(seen.error, await heard(look, hs, SERVER_VERSION, seen.error)));
  return seen.ok ? seen.value : null;
}

/** @returns whether MAS is in front */
async function checkMas(board: Board, look: Look, hs: Homeserver): Promise<boolean> {
  board.set('mas', 'running');
  const seen = await look((signal) => authIssuer(hs, signal));
  if (!seen.ok) board.set('mas', 'warn', MAS_UNKNOWN);
  else if (seen.value === null) board.set('mas', 'ok', SYNAPSE_ITSELF);
  else board.set('mas', 'ok', withValues(MAS, { issuerId: seen.value }));
  return seen.ok && seen.value !== null;
}

/** Only tells: without MAS's Admin API the rest works. @returns where it is, if this token may use it */
async function checkMasApi(
  board: Board,
  look: Look,
  hs: Homeserver,
  where: Parameters<typeof reachMas>[1],
): Promise<Homeserver['mas']> {
  const before = board.checks.find(({ id }) => id === 'mas');
  const tell = (state: CheckState, said: Text) => board.set('mas', state, sentences(before?.detail ?? '', said));
  const seen = await look((signal) => reachMas(hs, where, signal));
  if (!seen.ok || seen.value.found === 'silent') tell('warn', MAS_SILENT);
  else if (seen.value.found === 'refused') tell('warn', MAS_REFUSED);
  else if (seen.value.found === 'other') tell('warn', withValues(MAS_OTHER, { serverName: seen.value.serverName }));
  else {
    tell('ok', MAS_USABLE);
    return seen.value.mas;
  }
  return undefined;
}

/** What this version can't do is said before anything is begun with it. */
function checkAge(board: Board, version: string): void {
  const lost = lostOn(version);
  const advice = updateAdvice(version);
  const said = sentences(lost.length > 0 ? lostSentence(version) : YES, advice ?? '');
  if (lost.length > 0) board.warn('age', { cause: 'old', detail: said });
  else board.set('age', advice === null ? 'ok' : 'warn', said);
}

/** @returns whose token it is, or null */
async function checkToken(board: Board, look: Look, hs: Homeserver): Promise<string | null> {
  board.set('whoami', 'running');
  const seen = await look((signal) => whoami(hs, signal));
  if (!seen.ok) {
    board.fail('whoami', tokenVerdict(seen.error));
    return null;
  }
  const { user_id: userId, is_guest: guest } = seen.value;
  board.userId = userId;
  if (guest) {
    board.fail('whoami', { cause: 'guest', detail: withValues(GUEST, { userId }) });
    return null;
  }
  board.set('whoami', 'ok', withValues(TOKEN_OF, { userId }));
  return userId;
}

/** @returns whether it may use the Admin API */
async function checkAdmin(board: Board, look: Look, hs: Homeserver, userId: string, mas: boolean): Promise<boolean> {
  board.set('admin', 'running');
  const seen = await look((signal) => getUser(hs, userId, signal));
  // Synapse looks for the account after it looked at the admin: such a 404 is an admin's.
  const passed = seen.ok || (seen.error.kind === 'matrix' && seen.error.notFound);
  if (passed) board.set('admin', 'ok', YES);
  else board.fail('admin', adminVerdict(seen.error, userId, mas));
  return passed;
}

/** Only warns: the rest works without. The Admin API's media part is wherever the media repository is (§0.1). */
async function checkMedia(board: Board, look: Look, hs: Homeserver, userId: string): Promise<void> {
  board.set('media', 'running');
  const [config, list] = await Promise.all([
    look((signal) => mediaConfig(hs, signal)),
    look((signal) => listUserMedia(hs, userId, { limit: 1 }, signal)),
  ]);
  const bad = [
    ...(config.ok ? [] : [{ half: 'client' as const, error: config.error }]),
    // That the user is no admin is said once.
    ...(list.ok || (list.error.kind === 'matrix' && list.error.status === 403)
      ? []
      : [{ half: 'admin' as const, error: list.error }]),
  ];
  if (bad.length === 0) board.set('media', 'ok', YES);
  else board.warn('media', mediaVerdict(bad));
}

const VERSIONS = path`/_matrix/client/versions`;
const SERVER_VERSION = path`/_synapse/admin/v1/server_version`;

type Anonymous = Pick<Homeserver, 'baseUrl'>;

/** Asked only after a connection failed: did something answer that the browser may not read? */
async function heard(look: Look, hs: Anonymous, where: typeof VERSIONS, error: HomeserverError): Promise<boolean> {
  if (error.kind !== 'network') return true;
  const seen = await look((signal) => answersUnread(hs, where, signal));
  return seen.ok && seen.value;
}

/** A guess is not worth a long wait, ms. */
const GUESS_MS = 5000;

function suggestion(
  board: Board,
  id: CheckId,
  { signal, timeoutMs = GUESS_MS, discovers = true }: DiagnosisInput,
  to: Redirect | null,
) {
  const cause = board.checks.find((check) => check.id === id)?.cause;
  const look = looker({ ...(signal && { signal }), timeoutMs: Math.min(timeoutMs, GUESS_MS) });
  return suggest(look, board.baseUrl ?? '', { cause, redirect: to, discovers });
}

/** Browsers block what an https page asks by http, this machine excepted. */
function isMixed(baseUrl: string, pageIsSecure: boolean): boolean {
  return pageIsSecure && isUnencrypted(baseUrl);
}

/** By http to another machine: whoever is on the way can read it. */
function isUnencrypted(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'http:' && !isLoopback(hostname);
}

function secureState(baseUrl: string, mixed: boolean): [CheckState, Text] {
  if (mixed) return ['warn', MIXED];
  return isUnencrypted(baseUrl) ? ['warn', UNENCRYPTED] : ['ok', YES];
}

const YES = /*i18n*/ { id: 'sign-in.yes', message: 'Yes.' };
const UNENCRYPTED = /*i18n*/ {
  id: 'sign-in.unencrypted',
  message: 'No: over http, the access token travels unencrypted.',
};
const NOT_SENT_YET = /*i18n*/ {
  id: 'sign-in.not-sent-yet',
  message: 'Nothing with the access token is sent until you allow it.',
};
const NOT_SENT = /*i18n*/ {
  id: 'sign-in.not-sent',
  message: 'The access token was not sent to {urlId}, because it would travel unencrypted.',
} as const;
const YES_UP_TO = /*i18n*/ {
  id: 'sign-in.yes-up-to',
  message: 'Yes, up to version {version} of the Matrix specification.',
} as const;
const YES_SYNAPSE = /*i18n*/ { id: 'sign-in.yes-synapse', message: 'Yes, Synapse {version}.' } as const;
const MAS_UNKNOWN = /*i18n*/ {
  id: 'sign-in.mas-unknown',
  message: 'Glia could not find out, and assumes that it is Synapse.',
};
const SYNAPSE_ITSELF = /*i18n*/ { id: 'sign-in.synapse-itself', message: 'Synapse.' };
const MAS = /*i18n*/ { id: 'sign-in.mas-issuer', message: 'Matrix Authentication Service ({issuerId}).' } as const;
const MAS_USABLE = /*i18n*/ { id: 'sign-in.mas-usable', message: 'The token may use its Admin API.' };
const MAS_REFUSED = /*i18n*/ {
  id: 'sign-in.mas-refused',
  message:
    'It does not let this token use its Admin API, which needs the scope urn:mas:admin. Glia can’t change accounts.',
};
const MAS_SILENT = /*i18n*/ {
  id: 'sign-in.mas-silent',
  message: 'Its Admin API does not answer this browser. Glia can’t change accounts.',
};
const MAS_OTHER = /*i18n*/ {
  id: 'sign-in.mas-other',
  message: 'The Admin API found for it belongs to {serverName}, another homeserver. Glia does not use it.',
} as const;
const GUEST = /*i18n*/ {
  id: 'sign-in.guest',
  message: '{userId} is a guest, and guests can’t be server admins.',
} as const;
const TOKEN_OF = /*i18n*/ { id: 'sign-in.token-of', message: 'It belongs to {userId}.' } as const;

function failed(
  board: Board,
  id: CheckId,
  verdict: Verdict | null = null,
  suggestion: Suggestion | null = null,
): Diagnosis {
  if (verdict) board.fail(id, verdict);
  const check = board.checks.find((one) => one.id === id);
  return notSignedIn(board, check?.cause === undefined ? null : { ...check, cause: check.cause }, suggestion);
}

const cancelled = (board: Board) => notSignedIn(board, null, null);

function notSignedIn(
  { checks, baseUrl, userId }: Board,
  failure: (Check & { cause: Cause }) | null,
  suggestion: Suggestion | null,
): Diagnosis {
  return { ok: false, checks, failure, suggestion, baseUrl, userId };
}
