import * as z from 'zod/mini';
import { HomeserverError } from './errors';
import { orOlder } from './older-path';
import { path, request, type Homeserver, type Path } from './request';
import { legibly, listTotal, nextOffset, rowsOf, type Legible, type OddRow, type Rows } from './rows';
import { lacks } from './since';
import { TextError } from '~/lib/text-error';
import { withValues, type Text } from '~/lib/text';

/** Users (`synapse/rest/admin/users.py`). All throw HomeserverError. Times in ms unless said. */

const nullishString = z.nullish(z.string());
/** 0 and 1 in lists before Synapse 1.97 and of one user before 1.93: columns as they are in the database. */
const flag = z._default(
  z.nullish(
    z.pipe(
      z.union([z.boolean(), z.literal(0), z.literal(1)]),
      z.transform((value: boolean | 0 | 1) => Boolean(value)),
    ),
  ),
  false,
);

const userRowSchema = z.object({
  name: z.string(),
  user_type: nullishString,
  is_guest: flag,
  admin: flag,
  deactivated: flag,
  shadow_banned: flag,
  locked: flag,
  erased: flag,
  displayname: nullishString,
  avatar_url: nullishString,
  creation_ts: z.nullish(z.number()),
  last_seen_ts: z.nullish(z.number()),
});
/** A user as a list has it: `creation_ts` and `last_seen_ts` in ms. `suspended` and `external_ids` need getUser. */
export type UserRow = z.output<typeof userRowSchema>;

export const USER_ORDERS = [
  'name',
  'displayname',
  'is_guest',
  'admin',
  'deactivated',
  'user_type',
  'avatar_url',
  'shadow_banned',
  'creation_ts',
  'last_seen_ts',
  'locked',
] as const;
export type UserOrder = (typeof USER_ORDERS)[number];

export interface UsersQuery {
  from?: number;
  limit?: number;
  /** Matches the localpart or the display name, never the server part. `%` and `_` are wildcards. */
  name?: string;
  /** `false` leaves guests out, and is the only value that MAS servers accept (`users.py:123-129`). */
  guests?: boolean;
  admins?: boolean;
  /** undefined = both, true = only those (Synapse 1.103). */
  deactivated?: boolean;
  /** `true` = locked users too; otherwise they are left out (`store/__init__.py`). */
  locked?: boolean;
  /** Leaves out users of these types; `''` means those without one (Synapse 1.88). */
  not_user_type?: readonly string[];
  /** `false` leaves out IDs that start with `@_`. Synapse can’t: it is not sent, and whoever reads the rows checks them (`fitsUserSearch`). */
  bridged?: false;
  order_by?: UserOrder;
  dir?: 'f' | 'b';
}

export interface UsersPage {
  users: UserRow[];
  odd: OddRow<UserRow>[];
  total: number;
  /** Offset of the next page; undefined on the last one. */
  next: number | undefined;
}

const usersPageSchema = z.object({
  users: rowsOf(userRowSchema),
  total: listTotal,
  next_token: nextOffset,
});

/**
 * `GET /v3/users`, or `/v2/users` before Synapse 1.103. One page; each costs the server two whole-table scans: ask for large
 * ones. Throws, too, where this server would pass over a part of the question in silence and answer another one.
 */
export async function listUsers(hs: Homeserver, query: UsersQuery, signal?: AbortSignal): Promise<UsersPage> {
  const unanswerable = unanswerableUsersQuery(hs.version, query);
  if (unanswerable !== null) throw new TextError(unanswerable);
  const { bridged: _checkedByTheReader, ...sent } = query;
  // `\` is itself on SQLite and takes the next character literally on PostgreSQL; `_` finds it on both, and the rows are checked.
  const common = { ...sent, name: query.name === '' ? undefined : query.name?.replaceAll('\\', '_') };
  const ask = (where: Path, deactivated: boolean | undefined) =>
    request(hs, {
      path: where,
      query: { ...common, deactivated },
      schema: usersPageSchema,
      feature: 'users-v3',
      signal,
    });
  const answer = await orOlder(
    hs,
    'users-v3',
    () => ask(path`/_synapse/admin/v3/users`, query.deactivated),
    () => {
      if (query.deactivated === true) throw new TextError(NO_ONLY_DEACTIVATED);
      // In v2 `true` means deactivated users too, and they are left out unless asked for.
      return ask(path`/_synapse/admin/v2/users`, query.deactivated === undefined);
    },
  );
  return { users: answer.users.rows, odd: answer.users.odd, total: answer.total, next: answer.next_token };
}

const NO_ONLY_DEACTIVATED = /*i18n*/ {
  id: 'api.no-only-deactivated',
  message: 'This homeserver can’t list only deactivated users, because it lacks /_synapse/admin/v3/users.',
};

/** Why a list of users can't be had from this Synapse, in a sentence: it would ignore a filter, or refuse an order. */
export function unanswerableUsersQuery(version: string | undefined, query: UsersQuery): Text | null {
  return (
    (query.deactivated === true ? lacks(version, 'users-v3') : null) ??
    (query.admins === undefined ? null : lacks(version, 'users-admins')) ??
    (query.not_user_type === undefined ? null : lacks(version, 'users-types')) ??
    (/^\p{ASCII}*$/u.test(query.name ?? '') ? null : lacks(version, 'users-any-script')) ??
    (query.order_by === 'locked' ? lacks(version, 'users-locked') : null) ??
    (query.order_by === 'last_seen_ts' ? lacks(version, 'users-last-seen') : null)
  );
}

export const externalIdSchema = z.object({ auth_provider: z.string(), external_id: z.string() });
/** A link to an account elsewhere (SSO). One user may hold several of one provider. */
export type ExternalId = z.output<typeof externalIdSchema>;

/** The answer of `GET` and `PUT /v2/users/{id}`, with `creation_ts` in seconds: `inMs` makes a User of it. */
export const userSchema = z.object({
  name: z.string(),
  admin: flag,
  deactivated: flag,
  locked: flag,
  shadow_banned: flag,
  suspended: flag,
  erased: flag,
  is_guest: flag,
  user_type: nullishString,
  appservice_id: nullishString,
  displayname: nullishString,
  avatar_url: nullishString,
  /** SECONDS here and only here (`store/registration.py:300`): `getUser` turns it into ms. */
  creation_ts: z.nullish(z.number()),
  last_seen_ts: z.nullish(z.number()),
  consent_server_notice_sent: nullishString,
  consent_version: nullishString,
  consent_ts: z.nullish(z.number()),
  threepids: z._default(
    z.array(
      z.object({
        medium: z.string(),
        address: z.string(),
        validated_at: z.nullish(z.number()),
        added_at: z.nullish(z.number()),
      }),
    ),
    [],
  ),
  external_ids: z._default(z.array(externalIdSchema), []),
});
/** A user as the single-user answer has it; all times in ms. */
export type User = z.output<typeof userSchema>;

export function inMs(user: User): User {
  return { ...user, creation_ts: user.creation_ts == null ? user.creation_ts : user.creation_ts * 1000 };
}

/** `GET /v2/users/{id}`. 404 `M_NOT_FOUND` for an unknown one, 400 for another server's. */
export async function getUser(hs: Homeserver, userId: string, signal?: AbortSignal): Promise<User> {
  const user = await request(hs, {
    path: path`/_synapse/admin/v2/users/${userId}`,
    schema: userSchema,
    subject: ({ name }) => [name, userId],
    signal,
  });
  return inMs(user);
}

/** The same to be shown, though a field of it may be odd. Never to decide by it. */
export async function legibleUser(hs: Homeserver, userId: string, signal?: AbortSignal): Promise<Legible<User>> {
  const schema = legibly(userSchema);
  const { value, problem } = await request(hs, { path: path`/_synapse/admin/v2/users/${userId}`, schema, signal });
  return { value: inMs(value), problem };
}

export const joinedRoomsSchema = z.object({ joined_rooms: z.array(z.string()) });

/** No existence check: an unknown user has no rooms. */
export async function joinedRooms(hs: Homeserver, userId: string, signal?: AbortSignal): Promise<string[]> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/users/${userId}/joined_rooms`,
    schema: joinedRoomsSchema,
    signal,
  });
  return answer.joined_rooms;
}

/** The same to be shown, though an entry may be odd. */
export async function joinedRoomRows(hs: Homeserver, userId: string, signal?: AbortSignal): Promise<Rows<string>> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/users/${userId}/joined_rooms`,
    schema: z.object({ joined_rooms: rowsOf(z.string()) }),
    signal,
  });
  return answer.joined_rooms;
}

const deviceSchema = z.object({
  device_id: z.string(),
  display_name: nullishString,
  last_seen_ip: nullishString,
  last_seen_ts: z.nullish(z.number()),
  last_seen_user_agent: nullishString,
});
export type Device = z.output<typeof deviceSchema>;
const devicesSchema = z.object({ devices: rowsOf(deviceSchema), total: listTotal });

export async function listDevices(hs: Homeserver, userId: string, signal?: AbortSignal) {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v2/users/${userId}/devices`,
    schema: devicesSchema,
    signal,
  });
  return { devices: answer.devices.rows, odd: answer.devices.odd, total: answer.total };
}

const holderSchema = z.object({ user_id: z.string() });

/**
 * Whose address or phone number it is, or null (Synapse 1.72). Looked up as it is: the server keeps addresses in lower case
 * (`store/registration.py:1174-1188`).
 */
export async function threepidHolder(
  hs: Homeserver,
  medium: 'email' | 'msisdn',
  address: string,
  signal?: AbortSignal,
): Promise<string | null> {
  try {
    const answer = await request(hs, {
      path: path`/_synapse/admin/v1/threepid/${medium}/users/${address}`,
      schema: holderSchema,
      feature: 'threepid-holder',
      signal,
    });
    return answer.user_id;
  } catch (error) {
    if (error instanceof HomeserverError && error.notFound) return null;
    throw error;
  }
}

export const limitSchema = z.object({ messages_per_second: z.number(), burst_count: z.number() });
/** Exactly `{}` where there is none (`users.py:1313-1327`): any other object must not be read as one without a limit. */
export const noLimitSchema = z.strictObject({});
export const anyLimitSchema = z.pipe(
  z.union([limitSchema, noLimitSchema]),
  z.transform((answer): RateLimit | null => ('burst_count' in answer ? (answer as RateLimit) : null)),
);
/** A user's own limit for events (`rc_message`); 0 a second: no limit of any kind, except for signing in. */
export interface RateLimit {
  messages_per_second: number;
  burst_count: number;
}

/** The user's own limit instead of the homeserver's; null: none. */
export async function getRateLimit(hs: Homeserver, userId: string, signal?: AbortSignal): Promise<RateLimit | null> {
  return request(hs, {
    path: path`/_synapse/admin/v1/users/${userId}/override_ratelimit`,
    schema: anyLimitSchema,
    signal,
  });
}

/** Null takes the user's own limit away: the homeserver's counts again. */
export async function setRateLimit(
  hs: Homeserver,
  userId: string,
  limit: RateLimit | null,
  signal?: AbortSignal,
): Promise<void> {
  const where = path`/_synapse/admin/v1/users/${userId}/override_ratelimit`;
  if (limit === null) {
    await request(hs, { method: 'DELETE', path: where, schema: noLimitSchema, signal });
    return;
  }
  // Never an empty body: that would lift the limit (`users.py:1344-1347`). The answer echoes what is set now.
  const set = await request(hs, { method: 'POST', path: where, body: limit, schema: limitSchema, signal });
  if (set.messages_per_second === limit.messages_per_second && set.burst_count === limit.burst_count) return;
  const oddity = withValues(OTHER_LIMIT, { perSecond: set.messages_per_second ?? 0, burst: set.burst_count ?? 0 });
  throw new HomeserverError({ kind: 'shape', method: 'POST', path: where, status: 200, oddity });
}

const OTHER_LIMIT = /*i18n*/ {
  id: 'api.other-limit',
  message: 'the rate limit is now {perSecond} messages a second with a burst of {burst}.',
} as const;
