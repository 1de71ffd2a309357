import * as z from 'zod/mini';
import { TextError } from '~/lib/text-error';
import { withValues } from '~/lib/text';
import { invariant } from '~/lib/invariant';
import { withoutToken } from '~/lib/without-token';
import { credentials } from './credentials';
import { HomeserverError, type ErrorFacts } from './errors';
import { refuseIfHeld, type SentWith } from './held';
import { whyMasIsSilent } from './mas/since';
import { check, readJson } from './read-json';
import { parseJson, refusal, scrubberFor } from './refusal';
import { tellWatchers } from './seen';
import { whyAbsent, type FeatureId } from './since';
import { withToday } from './token-keeper';

/** Where to send and as whom. `baseUrl` has no trailing slash and is exactly what the admin typed. */
export interface Homeserver {
  readonly baseUrl: string;
  readonly token: string;
  /** Synapse's version as it was read at sign-in: it decides which path is asked. Undefined: asked as the newest. */
  readonly version?: string | undefined;
  /**
   * Base of MAS's HTTP, without a slash at the end: present only where this token may use its Admin API. Its version as it was read at
   * sign-in; undefined: older than 1.4, or not read.
   */
  readonly mas?: { readonly baseUrl: string; readonly version?: string | undefined } | undefined;
}

declare const encoded: unique symbol;
/** A URL path whose changing parts are percent-encoded: only the `path` tag makes one. */
export type Path = string & { readonly [encoded]: true };

/**
 * path`/_synapse/admin/v1/join/${'#a:b'}`: encodes each part. Synapse matches the still-encoded path and decodes each part
 * (`http/server.py:532-570`), so `#`, `/`, `?` and `%` in ids are safe. `.` and `..` can't be sent: every URL parser folds them.
 * Nor can half of a character.
 */
export function path(strings: TemplateStringsArray, ...parts: readonly string[]): Path {
  const whole = strings.reduce((sum, fixed, index) => {
    const part = parts[index];
    if (part === '.' || part === '..' || /\p{Cs}/u.test(part ?? ''))
      throw new NoPathError(withValues(NO_PATH, { partId: part ?? '' }));
    return sum + fixed + (part === undefined ? '' : encodeURIComponent(part));
  }, '');
  return whole as Path;
}

/** There is no URL for it: nothing is sent. */
export class NoPathError extends TextError {
  override readonly name = 'NoPathError';
}

const NO_PATH = /*i18n*/ {
  id: 'api.no-path',
  message: '“{partId}” can’t be part of a URL, so Glia can’t ask about it.',
} as const;
const OTHER_SUBJECT = /*i18n*/ {
  id: 'api.other-subject',
  message: 'it is about {saidId}, not about {askedId}.',
} as const;

type QueryValue = string | number | boolean | readonly string[] | undefined;

export interface RequestSpec<Schema extends z.core.$ZodType> {
  /** Sent to MAS instead. */
  api?: 'mas';
  path: Path;
  schema: Schema;
  /** What the answer says it is about, and what was asked about: a cache or a portal may answer with somebody else. */
  subject?: (body: z.output<Schema>) => readonly [said: string, asked: string];
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** What the endpoint belongs to, where not every Synapse has it. */
  feature?: FeatureId;
  query?: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON. Forms and multipart are refused by Synapse (`http/servlet.py:840-852`). */
  body?: unknown;
  /** Sent as it is, in the place of a body. */
  file?: Blob;
  /** What in the body nobody may read again, such as a new password: it is taken out of the words of whatever comes back. */
  secret?: string | undefined;
  /** Its answer holds an access token: where that can’t be read, not a word of it is kept. */
  handsOut?: true;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
  /** Goes where a redirect leads. Only without a token: a browser drops it on the way to another origin, and says nothing. */
  follow?: boolean;
}

/** Long synchronous calls (media sweeps, federated joins) get more; see each caller. */
export const DEFAULT_TIMEOUT_MS = 60_000;

/** In the place of the network. Rejects as `fetch` does. */
export type Answerer = (request: Request) => Promise<Response>;

const inPage = new Map<string, Answerer>();

/** From now on what is asked of this base URL is answered in this page (the demo) and never leaves it; all else goes out. */
export function answerInPage(baseUrl: string, answer: Answerer): void {
  inPage.set(baseUrl, answer);
}

function reach(baseUrl: string, rest: string, init: RequestInit): Promise<Response> {
  const answer = inPage.get(baseUrl);
  return answer ? answer(new Request(baseUrl + rest, init)) : fetch(baseUrl + rest, init);
}

/** For the library that speaks OAuth, whose URLs are those that a homeserver names. Rejects as `fetch` does. */
export function reachOAuth(url: string, init: RequestInit): Promise<Response> {
  const base = [...inPage.keys()].find((one) => url.startsWith(`${one}/`)) ?? '';
  const anonymous = { ...init, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' } as const;
  return reach(base, url.slice(base.length), anonymous);
}

/**
 * A file of whoever serves Glia, beside the page.
 * @returns its text; null where there is none, or a host answers each path with the page itself
 * @throws TextError where it could not be read: what it would have restricted is then not known
 */
export async function ownFile(name: string): Promise<string | null> {
  const init: RequestInit = { credentials: 'same-origin', cache: 'no-cache' };
  const response = await fetch(new URL(name, document.baseURI), init).catch((error: unknown) => {
    throw new TextError(withValues(UNREAD_FILE, { name, reason: error instanceof Error ? error.message : '' }));
  });
  // Read in any case: a browser calls an answer that nobody reads a failure.
  const text = await response.text();
  const isPage = /^text\/html/i.test(response.headers.get('Content-Type') ?? '');
  if (response.status === 404 || response.status === 410 || (response.ok && isPage)) return null;
  if (!response.ok) throw new TextError(withValues(UNREAD_FILE, { name, reason: `HTTP ${response.status}` }));
  return text;
}

const UNREAD_FILE = /*i18n*/ {
  id: 'api.own-file-unread',
  message: '{name} could not be read: {reason}',
} as const;

/** Every request goes through here. @returns the body, checked. @throws HomeserverError */
export async function request<Schema extends z.core.$ZodType>(
  hs: Pick<Homeserver, 'baseUrl'> & Partial<Homeserver>,
  spec: RequestSpec<Schema>,
): Promise<z.output<Schema>> {
  return (await requestWithStatus(hs, spec)).body;
}

/** As `request`, for the few endpoints whose status says something (PUT user: 200 modified, 201 created). */
export async function requestWithStatus<Schema extends z.core.$ZodType>(
  hs: Pick<Homeserver, 'baseUrl'> & Partial<Homeserver>,
  spec: RequestSpec<Schema>,
): Promise<{ status: number; body: z.output<Schema> }> {
  return withToday(hs, (today) => watched(today, spec, () => ask(today, spec)));
}

/** Whatever came back, as it came. */
export interface AnswerAsIs {
  status: number;
  /** The access token is taken out of it. */
  text: string;
  /** Those that the browser lets be read. */
  headers: readonly (readonly [name: string, value: string])[];
  ms: number;
}

/** Sends what an admin wrote, and reads nothing into the answer. @throws HomeserverError where none came */
export function requestAsIs(
  hs: Homeserver,
  { body, ...spec }: Pick<RequestSpec<z.core.$ZodType>, 'path' | 'method' | 'signal' | 'timeoutMs'> & { body?: string },
): Promise<AnswerAsIs> {
  const ask = async (today: Homeserver) => {
    const { method = 'GET', path, signal } = spec;
    const begun = performance.now();
    const file = body === undefined ? {} : { file: new Blob([body], { type: 'application/json' }) };
    const response = await send(today, { ...spec, ...file, cache: 'no-store' }, method);
    const text = await readText(response, { method, path }, signal);
    const scrubber = withoutToken(today.token);
    const headers = [...response.headers].map(([name, value]) => [name, scrubber.text(value)] as const);
    return { status: response.status, text: scrubber.text(text), headers, ms: performance.now() - begun };
  };
  return withToday(hs, (today) => watched(today, spec, () => ask(today)));
}

type Watchable = Pick<RequestSpec<z.core.$ZodType>, 'path' | 'method' | 'query' | 'signal'>;

async function watched<Answer extends { status: number }>(
  hs: SentWith,
  spec: Watchable,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const begun = performance.now();
  const tell = (status: number | null, outcome: string) => {
    const ms = Math.round(performance.now() - begun);
    const { signal, method = 'GET' } = spec;
    const path = spec.path + queryString(spec.query);
    tellWatchers({ signal, at: Date.now() - ms, method, path, status, outcome, ms }, hs);
  };
  try {
    const answer = await work();
    tell(answer.status, '');
    return answer;
  } catch (error) {
    if (error instanceof HomeserverError) tell(error.status ?? null, error.errcode ?? error.kind);
    throw error;
  }
}

async function ask<Schema extends z.core.$ZodType>(
  hs: Pick<Homeserver, 'baseUrl'> & Partial<Homeserver>,
  spec: RequestSpec<Schema>,
): Promise<{ status: number; body: z.output<Schema> }> {
  const method = spec.method ?? 'GET';
  const absent = whyAbsent(hs.version, spec.feature);
  const facts = {
    ...askedOf(spec),
    method,
    path: spec.path,
    sentAt: performance.now(),
    sentWith: hs,
    whyAbsent: absent,
  };
  const response = await send(hs, spec, method);
  const text = await readText(response, facts, spec.signal);
  const { status } = response;
  const scrubber = scrubberFor(hs, spec);
  const aborted = (error: unknown): never => {
    throw spec.signal?.aborted ? noAnswer(error, facts, spec.signal) : error;
  };
  // What is done without a word: only MAS has such answers.
  const isWordless = spec.api !== undefined && status === 204;
  const json = isWordless ? null : await readJson(text, scrubber, spec.signal).catch(aborted);
  // A page is never the homeserver's word, whatever its status.
  if (!response.ok || json === undefined) throw refusal(scrubber, { status, text, isHidden: spec.handsOut }, facts);
  const parsed = await check(spec.schema, json, text, spec.signal).catch(aborted);
  if (!parsed.success) {
    const serverReason = scrubber.text(z.prettifyError(parsed.error)).replaceAll(/\s+/g, ' ').slice(0, 300);
    throw new HomeserverError({ kind: 'shape', ...facts, status, serverReason });
  }
  const [said, asked] = spec.subject?.(parsed.data) ?? [];
  if (said !== asked) {
    const oddity = withValues(OTHER_SUBJECT, { saidId: scrubber.text(said ?? ''), askedId: asked ?? '' });
    throw new HomeserverError({ kind: 'shape', ...facts, status, oddity });
  }
  return { status, body: parsed.data };
}

const isPicture = (type: string): boolean => /^image\//i.test(type);

/**
 * A file's bytes: `<img src>` can't carry the token. `no-store`, or a deleted file would show for a day.
 * @param isExpected whether a file of this type was asked for. A proxy's page is no picture, whatever its status
 */
export function requestBlob(hs: Homeserver, spec: BlobSpec, isExpected = isPicture): Promise<Blob> {
  return withToday(hs, (today) => askBlob(today, spec, isExpected));
}

type BlobSpec = Pick<RequestSpec<z.core.$ZodType>, 'path' | 'query' | 'signal' | 'timeoutMs'>;

async function askBlob(hs: Homeserver, spec: BlobSpec, isExpected: typeof isPicture): Promise<Blob> {
  const facts = { method: 'GET', path: spec.path, sentAt: performance.now(), sentWith: hs };
  const response = await send(hs, { ...spec, cache: 'no-store' }, 'GET');
  if (!response.ok || !isExpected(response.headers.get('Content-Type') ?? '')) {
    const text = await readText(response, facts, spec.signal);
    throw refusal(withoutToken(hs.token), { status: response.status, text }, facts);
  }
  try {
    return await response.blob();
  } catch (error) {
    // Cut short in the middle of the file.
    throw noAnswer(error, facts, spec.signal);
  }
}

/**
 * Whether anything at all answers there, though the browser lets nobody read it (`no-cors`): tells an answer without CORS
 * headers from a dead connection. Anonymous.
 */
export async function answersUnread(
  hs: Pick<Homeserver, 'baseUrl'>,
  path: Path,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await reach(hs.baseUrl, path, {
      mode: 'no-cors',
      signal,
      credentials: credentials(),
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * Where a path leads in the end, and whether JSON is answered there: only readable where each answer on the way has CORS headers.
 * Anonymous. @throws HomeserverError
 */
export async function whereto(
  hs: Pick<Homeserver, 'baseUrl'>,
  path: Path,
  signal: AbortSignal,
): Promise<{ url: string; json: unknown }> {
  const facts = { method: 'GET', path };
  const response = await send({ baseUrl: hs.baseUrl }, { path, signal, follow: true }, 'GET');
  const text = await readText(response, facts, signal);
  return { url: response.url, json: parseJson(text) };
}

type RequestFacts = Pick<ErrorFacts, 'api' | 'method' | 'path' | 'sentAt' | 'sentWith' | 'whyAbsent'>;

const askedOf = ({ api }: Pick<RequestSpec<z.core.$ZodType>, 'api'>) => (api ? { api } : {});

function masOf({ mas }: Partial<Homeserver>): string {
  invariant(mas, 'MAS is asked only where its Admin API is known');
  return mas.baseUrl;
}

async function send(
  hs: Pick<Homeserver, 'baseUrl'> & Partial<Homeserver>,
  spec: Omit<RequestSpec<z.core.$ZodType>, 'schema' | 'method' | 'subject'> & { cache?: RequestCache },
  method: string,
): Promise<Response> {
  refuseIfHeld(method, spec.path, hs, spec.signal);
  const headers: Record<string, string> = {};
  if (hs.token) headers['Authorization'] = `Bearer ${hs.token}`;
  if (spec.body !== undefined) headers['Content-Type'] = 'application/json';
  if (spec.file) headers['Content-Type'] = spec.file.type || 'application/octet-stream';
  const timeout = AbortSignal.timeout(spec.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  let response: Response;
  try {
    response = await reach(spec.api ? masOf(hs) : hs.baseUrl, spec.path + queryString(spec.query), {
      method,
      headers,
      body: spec.file ?? (spec.body === undefined ? null : JSON.stringify(spec.body)),
      signal: spec.signal ? AbortSignal.any([spec.signal, timeout]) : timeout,
      // MAS never allows a page of another origin to send them.
      credentials: spec.api ? 'omit' : credentials(),
      // To those who are signed in Synapse itself forbids to keep its JSON (`http/server.py:902-907`). Forbidden here too, a
      // browser would ask each time anew whether it may send the request (CORS): twice as many requests.
      cache: spec.cache ?? (hs.token ? 'default' : 'no-store'),
      referrerPolicy: 'no-referrer',
      redirect: spec.follow && !hs.token ? 'follow' : 'manual',
    });
  } catch (error) {
    const absent = spec.api && whyMasIsSilent(hs.mas?.version, method, spec.path);
    throw noAnswer(error, { ...askedOf(spec), method, path: spec.path, whyAbsent: absent }, spec.signal);
  }
  // A browser shows no more of it than that it is one.
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    throw new HomeserverError({ kind: 'redirect', ...askedOf(spec), method, path: spec.path });
  }
  return response;
}

async function readText(response: Response, facts: RequestFacts, signal: AbortSignal | undefined): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    // Cut short in the middle of the body.
    throw noAnswer(error, facts, signal);
  }
}

function noAnswer(error: unknown, facts: RequestFacts, signal: AbortSignal | undefined) {
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
  const kind = signal?.aborted ? 'aborted' : timedOut ? 'timeout' : 'network';
  return new HomeserverError({ kind, ...facts }, { cause: error });
}

/** As it stands behind a path: with its question mark, or nothing. */
export function queryString(query: RequestSpec<z.core.$ZodType>['query']): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
