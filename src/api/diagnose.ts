import { isLoopback, parseHomeserverUrl } from '~/lib/homeserver-url';
import { Board, type Check, type CheckId, type CheckState } from './checks';
import { HomeserverError } from './errors';
import { authMetadata, clientVersions, mediaConfig, serverVersion, wellKnown, whoami } from './homeserver';
import { listUserMedia } from './media';
import { answersUnread, path, type Homeserver } from './request';
import { getUser } from './users';
import {
  adminApiVerdict,
  adminVerdict,
  mediaVerdict,
  tokenVerdict,
  versionsVerdict,
  type Cause,
  type Verdict,
} from './verdicts';
import { isolated } from '~/lib/shown-text';

export interface DiagnosisInput {
  /** The URL as typed. */
  url: string;
  token: string;
  /** Whether the page itself came by https: it may then not ask http. */
  pageIsSecure: boolean;
  signal?: AbortSignal;
  /** For each request; 20 s unless said. */
  timeoutMs?: number;
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
      /** Where the host's well-known says the homeserver is, if that is elsewhere. Never swapped in. */
      suggestion: string | null;
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

  const hs: Homeserver = { baseUrl, token: input.token };
  const [answers, version, mas] = await Promise.all([
    checkVersions(board, look, hs),
    checkAdminApi(board, look, hs),
    checkMas(board, look, hs),
  ]);
  if (input.signal?.aborted) return cancelled(board);
  if (!answers) {
    const id = board.blame(mixed, version !== null);
    return failed(board, id, null, id === 'versions' ? await suggest(look, baseUrl) : null);
  }
  if (version === null) return failed(board, 'admin-api', null, await suggest(look, baseUrl));

  const userId = await checkToken(board, look, hs);
  if (input.signal?.aborted) return cancelled(board);
  if (userId === null) return failed(board, 'whoami');
  const [admin] = await Promise.all([checkAdmin(board, look, hs, userId, mas), checkMedia(board, look, hs, userId)]);
  if (input.signal?.aborted) return cancelled(board);
  if (!admin) return failed(board, 'admin');
  const serverName = userId.slice(userId.indexOf(':') + 1);
  return { ok: true, checks: board.checks, facts: { homeserver: hs, userId, serverName, version, mas } };
}

/** @returns whether a homeserver answers */
async function checkVersions(board: Board, look: Look, hs: Homeserver): Promise<boolean> {
  board.set('versions', 'running');
  const seen = await look((signal) => clientVersions(hs, signal));
  if (seen.ok) board.set('versions', 'ok', `Yes, up to ${newest(seen.value.versions)} of the specification.`);
  else board.fail('versions', versionsVerdict(seen.error, await heard(look, hs, VERSIONS, seen.error)));
  return seen.ok;
}

/** @returns Synapse's version, or null */
async function checkAdminApi(board: Board, look: Look, hs: Homeserver): Promise<string | null> {
  board.set('admin-api', 'running');
  const seen = await look((signal) => serverVersion(hs, signal));
  if (seen.ok) board.set('admin-api', 'ok', `Yes, Synapse ${seen.value}.`);
  else board.fail('admin-api', adminApiVerdict(seen.error, await heard(look, hs, SERVER_VERSION, seen.error)));
  return seen.ok ? seen.value : null;
}

/** @returns whether MAS is in front */
async function checkMas(board: Board, look: Look, hs: Homeserver): Promise<boolean> {
  board.set('mas', 'running');
  const seen = await look((signal) => authMetadata(hs, signal));
  if (seen.ok) board.set('mas', 'ok', `Matrix Authentication Service, ${seen.value.issuer}`);
  // Only Synapse's own 404 says so; a proxy's says that it does not forward this path.
  else if (seen.error.notFound || seen.error.endpointAbsent) board.set('mas', 'ok', 'Synapse itself.');
  else board.set('mas', 'warn', 'It could not be told; taken as Synapse itself.');
  return seen.ok;
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
    board.fail('whoami', { cause: 'guest', detail: `${isolated(userId)} is a guest; a guest is never an admin.` });
    return null;
  }
  board.set('whoami', 'ok', `${isolated(userId)}’s.`);
  return userId;
}

/** @returns whether it may use the Admin API */
async function checkAdmin(board: Board, look: Look, hs: Homeserver, userId: string, mas: boolean): Promise<boolean> {
  board.set('admin', 'running');
  const seen = await look((signal) => getUser(hs, userId, signal));
  // Synapse looks for the account after it looked at the admin: such a 404 is an admin's.
  const passed = seen.ok || (seen.error.kind === 'matrix' && seen.error.notFound);
  if (passed) board.set('admin', 'ok', 'Yes.');
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
    ...(config.ok ? [] : [{ which: '/_matrix/client/v1/media', error: config.error }]),
    // Who is no admin is told so once.
    ...(list.ok || (list.error.kind === 'matrix' && list.error.status === 403)
      ? []
      : [{ which: 'the Admin API’s media part', error: list.error }]),
  ];
  if (bad.length === 0) board.set('media', 'ok', 'Yes.');
  else board.warn('media', mediaVerdict(bad));
}

const VERSIONS = path`/_matrix/client/versions`;
const SERVER_VERSION = path`/_synapse/admin/v1/server_version`;

type Seen<T> = { ok: true; value: T } | { ok: false; error: HomeserverError };
type Look = <T>(ask: (signal: AbortSignal) => Promise<T>) => Promise<Seen<T>>;

/** One request with sign-in's own, shorter patience; its error is a value. */
function looker({ signal, timeoutMs = 20_000 }: DiagnosisInput): Look {
  return async (ask) => {
    const patience = AbortSignal.timeout(timeoutMs);
    try {
      return { ok: true, value: await ask(signal ? AbortSignal.any([signal, patience]) : patience) };
    } catch (error) {
      if (!(error instanceof HomeserverError)) throw error;
      const { kind, method, path } = error;
      const late = kind === 'aborted' && signal?.aborted !== true;
      return { ok: false, error: late ? new HomeserverError({ kind: 'timeout', method, path }) : error };
    }
  };
}

/** Asked only after a connection failed: did something answer that the browser may not read? */
async function heard(look: Look, hs: Homeserver, where: typeof VERSIONS, error: HomeserverError): Promise<boolean> {
  if (error.kind !== 'network') return true;
  const seen = await look((signal) => answersUnread(hs, where, signal));
  return seen.ok && seen.value;
}

/** The host's own word on where the homeserver is, if that is another URL than the one typed. */
async function suggest(look: Look, baseUrl: string): Promise<string | null> {
  const seen = await look((signal) => wellKnown(new URL(baseUrl).origin, signal));
  if (!seen.ok) return null;
  const parsed = parseHomeserverUrl(seen.value);
  return parsed.ok && parsed.baseUrl !== baseUrl ? parsed.baseUrl : null;
}

/** Browsers block what an https page asks by http, this machine excepted. */
function isMixed(baseUrl: string, pageIsSecure: boolean): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return pageIsSecure && protocol === 'http:' && !isLoopback(hostname);
}

function secureState(baseUrl: string, mixed: boolean): [CheckState, string] {
  if (mixed) return ['warn', 'This page came by https, and the URL is http: browsers block that.'];
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol === 'http:' && !isLoopback(hostname)) {
    return ['warn', 'Yes, but by http: the token goes over the network unencrypted.'];
  }
  return ['ok', 'Yes.'];
}

/** `v1.12` of `['r0.6.1', …, 'v1.12']`: Synapse lists them in order. */
const newest = (versions: readonly string[]): string => versions.at(-1) ?? 'no version';

function failed(
  board: Board,
  id: CheckId,
  verdict: Verdict | null = null,
  suggestion: string | null = null,
): Diagnosis {
  if (verdict) board.fail(id, verdict);
  const check = board.checks.find((one) => one.id === id);
  return notSignedIn(board, check?.cause === undefined ? null : { ...check, cause: check.cause }, suggestion);
}

const cancelled = (board: Board) => notSignedIn(board, null, null);

function notSignedIn(
  { checks, baseUrl, userId }: Board,
  failure: (Check & { cause: Cause }) | null,
  suggestion: string | null,
): Diagnosis {
  return { ok: false, checks, failure, suggestion, baseUrl, userId };
}
