import * as z from 'zod/mini';
import type { ExternalId, User } from '~/api/users';

/** What a scan keeps of a user, and how it is written: facts only, never a token, a message or a file. */

/** What is either so or not, in the order of their bits: what is on disk means this order for good. */
const FLAGS = ['admin', 'deactivated', 'locked', 'suspended', 'shadow_banned', 'erased', 'is_guest'] as const;
export type Flag = (typeof FLAGS)[number];

export interface ScannedUser {
  readonly userId: string;
  readonly displayname: string | null;
  /** Bits of `FLAGS`: see `is`. */
  readonly flags: number;
  readonly userType: string | null;
  readonly appservice: string | null;
  /** Epoch ms. */
  readonly createdAt: number | null;
  /** Epoch ms; null: never, or the homeserver no longer knows. */
  readonly seenAt: number | null;
  /** The version of the terms that was agreed to. */
  readonly consent: string | null;
  readonly emails: readonly string[];
  /** How many phone numbers. */
  readonly phones: number;
  readonly externalIds: readonly ExternalId[];
  /** How many; null: not read. */
  readonly devices: number | null;
  /** Of all files; null: not read, or the homeserver doesn’t say. */
  readonly bytes: number | null;
  /** How many; null: not read. */
  readonly files: number | null;
}

export const is = ({ flags }: Pick<ScannedUser, 'flags'>, flag: Flag): boolean =>
  ((flags >> FLAGS.indexOf(flag)) & 1) === 1;

export const bitOf = (flag: Flag): number => 1 << FLAGS.indexOf(flag);

/** What comes from other answers than the user’s own. */
export interface OtherFacts {
  /** By the list, which remembers longer than the answer for one user (`store/client_ips.py:807-816`). */
  seenAt: number | null;
  devices: number | null;
  bytes: number | null;
  files: number | null;
}

export function scannedUser(user: User, { seenAt, devices, bytes, files }: OtherFacts): ScannedUser {
  const seen = [seenAt, user.last_seen_ts ?? null].filter((ms) => ms !== null);
  return {
    userId: user.name,
    displayname: user.displayname ?? null,
    flags: FLAGS.reduce((bits, flag) => (user[flag] === true ? bits | bitOf(flag) : bits), 0),
    userType: user.user_type ?? null,
    appservice: user.appservice_id ?? null,
    createdAt: user.creation_ts ?? null,
    seenAt: seen.length === 0 ? null : Math.max(...seen),
    consent: user.consent_version ?? null,
    emails: user.threepids.flatMap(({ medium, address }) => (medium === 'email' ? [address] : [])),
    phones: user.threepids.filter(({ medium }) => medium === 'msisdn').length,
    externalIds: user.external_ids,
    devices,
    bytes,
    files,
  };
}

const text = z.nullable(z.string());
const number = z.nullable(z.number());

/** A user on disk: a list, since 100,000 times the names of its fields would be most of the text. */
const packedUser = z.tuple([
  z.string(),
  text,
  z.number(),
  text,
  text,
  number,
  number,
  text,
  z.array(z.string()),
  z.number(),
  z.array(z.tuple([z.string(), z.string()])),
  number,
  number,
  number,
]);
export const packedUsers = z.array(packedUser);
export type PackedUser = z.output<typeof packedUser>;

export const packUser = (user: ScannedUser): PackedUser => [
  user.userId,
  user.displayname,
  user.flags,
  user.userType,
  user.appservice,
  user.createdAt,
  user.seenAt,
  user.consent,
  [...user.emails],
  user.phones,
  user.externalIds.map(({ auth_provider, external_id }) => [auth_provider, external_id]),
  user.devices,
  user.bytes,
  user.files,
];

const NONE: readonly never[] = [];

export function unpackUser(packed: PackedUser): ScannedUser {
  const [userId, displayname, flags, userType, appservice, createdAt, seenAt, consent, emails, phones, ids, ...rest] =
    packed;
  const [devices, bytes, files] = rest;
  return {
    userId,
    displayname,
    flags,
    userType,
    appservice,
    createdAt,
    seenAt,
    consent,
    // Most have none: one empty list for all of them.
    emails: emails.length === 0 ? NONE : emails,
    phones,
    externalIds: ids.length === 0 ? NONE : ids.map(([auth_provider, external_id]) => ({ auth_provider, external_id })),
    devices,
    bytes,
    files,
  };
}
