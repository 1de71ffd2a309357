import { withoutInvisible } from './invisible';
import { phoneDigits } from './phone-numbers';

/** What one pasted word names, when it names something whole: an ID, or a link to one. */
export type Named =
  | { kind: 'user'; id: string }
  /** `!id:server`, or from room version 12 on `!id` alone. */
  | { kind: 'room'; id: string; via: readonly string[] }
  | { kind: 'alias'; id: string; via: readonly string[] }
  | { kind: 'email'; address: string };

/** What somebody pasted into a search field. */
export type Recognised =
  | {
      kind: 'user' | 'alias';
      id: string;
      via: readonly string[];
      /** The server's name was added: `@anna` or `#team` was pasted. */
      completed: boolean;
      /** The same without the characters that nobody sees, where `id` has some: they may be part of it or dirt. */
      cleaned?: string;
    }
  | { kind: 'room'; id: string; via: readonly string[]; cleaned?: string }
  | { kind: 'email'; address: string }
  /** None of these: a name, part of an ID, nothing. */
  | { kind: 'word'; text: string };

/** A server name as Synapse accepts it (`synapse/util/stringutils.py:90-160`): a host or an IP address, and perhaps a port. */
const SERVER = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?`;
const IS_SERVER = new RegExp(`^${SERVER}$`);
const USER_ID = new RegExp(`^@[^:]+:${SERVER}$`);
const ALIAS = new RegExp(`^#[^:]+:${SERVER}$`);
/** `!opaque:server`, or `!` and 43 characters of URL-safe base64 (`synapse/types/__init__.py:430-487`). */
const ROOM_ID = new RegExp(`^!(?:[^:]+:${SERVER}|[A-Za-z0-9_-]{43})$`);
const EMAIL = /^[^\s@:,;<>()[\]"]+@[^\s@:]+\.[^\s@:]+$/;

export const isServerName = (text: string): boolean => IS_SERVER.test(text);
/** Whatever its local part is made of: old ones hold more than the rules of today allow. */
export const isUserId = (text: string): boolean => USER_ID.test(text);

/** Whether it is a room's ID or alias, whatever the part before the colon is made of. */
export const isAnyRoomId = (text: string): boolean => ROOM_ID.test(text);
export const isAnyAlias = (text: string): boolean => ALIAS.test(text);

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function byId(id: string, via: readonly string[]): Named | null {
  if (isUserId(id)) return { kind: 'user', id };
  if (isAnyRoomId(id)) return { kind: 'room', id, via };
  return isAnyAlias(id) ? { kind: 'alias', id, via } : null;
}

/**
 * A link to a user or a room, by matrix.to, by Element or another client on any host (`…/#/room/…`, `…/#/user/…`), by Glia
 * itself (`…/#/users/…`). What is percent-encoded is taken as it is: whoever encodes means each character.
 */
const CLIENT_LINK = /^[a-z][a-z0-9+.-]*:\/\/[^#]*#\/(?:(?:room|rooms|user|users)\/)?([^?]+)(?:\?(.*))?$/i;
/** `matrix:u/anna:example.org`, `matrix:r/team:example.org`, `matrix:roomid/…`: spec, “Matrix URI scheme”. */
const MATRIX_URI = /^matrix:(u|user|r|room|roomid)\/([^?]+)(?:\?([^#]*))?(?:#.*)?$/i;
const SIGILS: Readonly<Record<string, string>> = { u: '@', user: '@', r: '#', room: '#', roomid: '!' };

function byLink(word: string): Named | null {
  const link = CLIENT_LINK.exec(word);
  const uri = link ? null : MATRIX_URI.exec(word);
  const path = link ? (link[1] ?? '') : uri ? (SIGILS[uri[1]?.toLowerCase() ?? ''] ?? '') + (uri[2] ?? '') : '';
  if (path === '') return null;
  const via = new URLSearchParams((link ? link[2] : uri?.[3]) ?? '').getAll('via');
  if (!via.every(isServerName)) return null;
  // An event's own ID, or a page of a user, may follow; a local part may hold slashes too: what is no ID at all falls through.
  const parts = path.split('/');
  for (let count = 1; count <= Math.min(parts.length, 8); count += 1) {
    const id = decoded(parts.slice(0, count).join('/'));
    const named = id === null ? null : byId(id, via);
    if (named) return named;
  }
  return null;
}

/** What the word names as it stands, without anything taken off. */
export function named(word: string): Named | null {
  const byForm = /^[@#!]/.test(word) ? (/^@[^:]*@/.test(word) ? null : byId(word, [])) : byLink(word);
  if (byForm) return byForm;
  const address = word.replace(/^mailto:/i, '');
  return EMAIL.test(address) ? { kind: 'email', address: address.replace(/\?.*$/, '') } : null;
}

/** Quotes, brackets, bullets, punctuation: what stands around a word in prose, tables, mails, Markdown and code. */
const BEFORE = /^["'`´<>()[\]{}|*•·–—“”„‚‘’«»‹›…,;:.?=~-]+/;
const AFTER = /["'`´<>()[\]{}|*•·–—“”„‚‘’«»‹›…,;:.?!~-]+$/;
/** `Anna(@anna:example.org)`, `[Anna](https://matrix.to/…)`, `href="https://…"`: the ID begins behind an opening sign. */
const INSIDE = /[(<[{"'`“‘«„](?=[@#!]|https?:\/\/|matrix:|mailto:)/i;
const CLOSING: Readonly<Record<string, RegExp>> = {
  '(': /\)/,
  '<': />/,
  '[': /\]/,
  '{': /\}/,
  '“': /[”“]/,
  '‘': /[’‘]/,
  '«': /»/,
  '„': /[“”]/,
};

export interface Unwrapped {
  /** The word without what stands around it. */
  word: string;
  named: Named | null;
  /** Something stood around it. */
  wrapped: boolean;
}

/** What a word names once quotes, brackets and punctuation around it are off. Nothing inside it is changed. */
export function unwrap(raw: string): Unwrapped {
  // Most words of a table or a list of names have none of these: nothing to look for.
  if (!/[@#!:]/.test(raw)) return bareWord(raw);
  const exactly = named(raw);
  if (exactly) return { word: raw, named: exactly, wrapped: false };
  for (const word of wordsIn(raw)) {
    const found = named(word);
    if (found) return { word, named: found, wrapped: true };
  }
  return bareWord(raw);
}

function bareWord(raw: string): Unwrapped {
  const word = raw.replace(BEFORE, '').replace(AFTER, '');
  return { word, named: null, wrapped: word !== raw };
}

/** What may be the name in the word, the longest first. */
function* wordsIn(raw: string): Generator<string> {
  const start = raw.replace(BEFORE, '');
  const whole = start.replace(AFTER, '');
  yield whole;
  // The server may end in a bracket of its own: `(@anna:[::1])`.
  if (start.includes(':[')) for (let end = start; AFTER.test(end); end = end.slice(0, -1)) yield end;
  const opening = /^(?:[@#!]|https?:|matrix:)/i.test(start) ? null : INSIDE.exec(raw);
  if (!opening) return;
  const inner = raw.slice(opening.index + 1);
  const closing = inner.search(CLOSING[opening[0]] ?? new RegExp(opening[0]));
  yield closing < 0 ? inner.replace(AFTER, '') : inner.slice(0, closing);
}

/**
 * What was pasted into a search field or a picker: an ID, a link, an address, or a word to search for. `@anna` and `#team` are
 * completed with `serverName`: looking something up does no harm.
 */
export function recognise(text: string, serverName: string): Recognised {
  const trimmed = text.trim();
  const clean = withoutInvisible(trimmed).trim();
  // An ID may itself hold blanks, or characters that nobody sees. Copied by Glia it comes back exactly like that.
  const exact = /\s[@#!(<[]/.test(trimmed) ? null : byId(trimmed, []);
  if (exact && exact.kind !== 'email') return asRecognised(exact, clean === trimmed ? undefined : clean);
  const whole = unwrap(clean).named ?? onlyOne(clean);
  if (whole?.kind === 'email') return whole;
  if (whole) return asRecognised(whole, undefined);
  const { word } = unwrap(clean);
  const local = /^[@#][^@#:\s]+$/.exec(word);
  if (!local) return { kind: 'word', text: clean };
  return { kind: word.startsWith('@') ? 'user' : 'alias', id: `${word}:${serverName}`, via: [], completed: true };
}

function asRecognised(found: Exclude<Named, { kind: 'email' }>, cleaned: string | undefined): Recognised {
  const more = cleaned === undefined ? {} : { cleaned };
  if (found.kind === 'room') return { ...found, ...more };
  return { kind: found.kind, id: found.id, via: found.kind === 'alias' ? found.via : [], completed: false, ...more };
}

/** `Anna Smith (@anna:example.org)`: the one thing that is named among words. */
function onlyOne(text: string): Named | null {
  if (!/\s/.test(text)) return null;
  const all = text.split(/\s+/).flatMap((word) => unwrap(word).named ?? []);
  return all.length === 1 ? (all[0] ?? null) : null;
}

/** What somebody pasted into a search for users: also a phone number, or an account elsewhere (SSO). */
export type RecognisedUser =
  | Recognised
  /** As Synapse keeps it: the digits, with the country code. */
  | { kind: 'phone'; digits: string }
  | { kind: 'external-id'; provider: string; externalId: string };

/** With a country code: `+49 170 1234567`, `0049…`, `tel:+49-170-1234567`; or the bare digits, as Synapse keeps them. */
const PHONE = /^(?:(?:tel:)?(?:\+|00)[\d\s()./-]{7,30}|\d{8,15})$/i;
/** `oidc-google:1001`: the provider as Synapse calls it, and an ID of any form. `https://…` and the like are no providers. */
const EXTERNAL_ID = /^(?!(?:https?|mailto|matrix|mxc|tel|element):)([A-Za-z0-9][\w.-]*):(?!\/\/)(\S(?:.*\S)?)$/i;

/** The same as `recognise`, where only users are looked for. `anna:example.org` lacks nothing but its `@`. */
export function recogniseUser(text: string, serverName: string): RecognisedUser {
  const found = recognise(text, serverName);
  if (found.kind !== 'word') return found;
  if (PHONE.test(found.text)) {
    const digits = phoneDigits(found.text);
    if (digits !== null) return { kind: 'phone', digits };
  }
  const [, provider, externalId] = EXTERNAL_ID.exec(found.text) ?? [];
  if (provider === undefined || externalId === undefined) return found;
  if (externalId === serverName) return { kind: 'user', id: `@${found.text}`, via: [], completed: true };
  return { kind: 'external-id', provider, externalId };
}
