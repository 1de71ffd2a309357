import { canonicalEmail } from './canonical-email';
import { phoneDigits } from './phone-numbers';
import { withValues, type Text } from './text';

/** What a cell or a line says of an account: an address, an external ID, yes or no. Nothing is guessed. */

export type Read<T> = { readonly ok: T } | { readonly bad: Text };

const bad = (reason: Text): { bad: Text } => ({ bad: reason });

const EMAIL = /^[^\s@,;:<>"]+@[^\s@,;:<>".]+(?:\.[^\s@,;:<>".]+)+$/;
const NO_EMAIL = /*i18n*/ { id: 'cell.no-email', message: '“{text}” is not an email address.' } as const;

/** As Synapse keeps it (`synapse/util/threepids.py`). */
export function readEmail(text: string): Read<string> {
  const address = text.trim();
  return EMAIL.test(address) && address.length <= 254
    ? { ok: canonicalEmail(address) }
    : bad(withValues(NO_EMAIL, { text: address }));
}

const NO_PHONE = /*i18n*/ {
  id: 'cell.no-phone',
  message: '“{text}” is not a phone number with its country code, such as +44 20 7946 0000.',
} as const;

export function readPhone(text: string): Read<string> {
  const typed = text.trim();
  const digits = phoneDigits(typed);
  return digits === null ? bad(withValues(NO_PHONE, { text: typed })) : { ok: digits };
}

export interface ExternalIdCell {
  readonly auth_provider: string;
  readonly external_id: string;
}
const NO_EXTERNAL_ID = /*i18n*/ {
  id: 'cell.no-external-id',
  message: '“{text}” is not an external ID. Write the provider, a colon and the ID: oidc-keycloak:1001',
} as const;

const SEVERAL_IDS = /*i18n*/ {
  id: 'cell.several-external-ids',
  message: '“{text}” looks like several external IDs. Put semicolons between them, or each on a line of its own.',
} as const;
/** Behind a blank or a comma another provider seems to begin: as one ID it would be nobody's. */
const ANOTHER_ID = /[\s,][A-Za-z][\w.-]*\s*:\s*\S/;

/** `oidc-keycloak:1001`: what stands before the first colon is the provider. */
export function readExternalId(text: string): Read<ExternalIdCell> {
  const [, provider, id] = /^\s*([^\s:@#!][^\s:]*)\s*:\s*(\S(?:.*\S)?)\s*$/.exec(text) ?? [];
  if (provider === undefined || id === undefined || id.startsWith('//')) {
    return bad(withValues(NO_EXTERNAL_ID, { text: text.trim() }));
  }
  if (ANOTHER_ID.test(id)) return bad(withValues(SEVERAL_IDS, { text: text.trim() }));
  return { ok: { auth_provider: provider, external_id: id } };
}

const YES = new Set(['true', 't', 'yes', 'y', '1', 'on']);
const NO = new Set(['false', 'f', 'no', 'n', '0', 'off']);
const NO_FLAG = /*i18n*/ {
  id: 'cell.no-flag',
  message: '“{text}” is neither yes nor no. Use true or false, yes or no, 1 or 0.',
} as const;

export function readFlag(text: string): Read<boolean> {
  const word = text.trim().toLowerCase();
  if (YES.has(word)) return { ok: true };
  return NO.has(word) ? { ok: false } : bad(withValues(NO_FLAG, { text: text.trim() }));
}

export const isFlag = (text: string): boolean => 'ok' in readFlag(text);

const LONGEST_NAME = 256;
const LONG_NAME = /*i18n*/ {
  id: 'cell.long-name',
  message: 'The display name has {length, number} characters. Synapse takes at most {most, number}.',
} as const;

/** Synapse counts characters, not UTF-16 units (`handlers/profile.py`). */
export function readName(text: string): Read<string> {
  const name = text.trim();
  const { length } = Array.from(name);
  return length > LONGEST_NAME ? bad(withValues(LONG_NAME, { length, most: LONGEST_NAME })) : { ok: name };
}

const NO_LOCALPART = /*i18n*/ {
  id: 'cell.no-localpart',
  message: 'A new user ID can only contain a-z, 0-9 and . _ = - / +',
};

const NUMBER = /*i18n*/ {
  id: 'accounts.number',
  message: 'A number alone can’t be a username: Synapse keeps those for guests.',
};

/** Why no new account can have this name, or null. Only what no homeserver allows: the rest is for the homeserver to say. */
export function localpartProblem(localpart: string): Text | null {
  if (/^\d+$/.test(localpart)) return NUMBER;
  return /^[a-z0-9=_\-./+]+$/.test(localpart) ? null : NO_LOCALPART;
}

export interface LineOf<T> {
  readonly line: number;
  readonly read: Read<T>;
}

/** One thing a line; empty lines hold none. */
export function readLines<T>(text: string, read: (line: string) => Read<T>): { ok: T[]; problems: LineOf<T>[] } {
  const lines = text.split(/\r\n|\r|\n/).map((line, index) => ({ text: line, line: index + 1 }));
  const all = lines.filter((one) => one.text.trim() !== '').map((one) => ({ line: one.line, read: read(one.text) }));
  return {
    ok: all.flatMap((one) => ('ok' in one.read ? [one.read.ok] : [])),
    problems: all.filter((one) => 'bad' in one.read),
  };
}
