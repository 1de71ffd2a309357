import * as z from 'zod/mini';
import { orOlder } from './older-path';
import { path, request, type Homeserver } from './request';
import { listTotal, rowsOf, type Rows } from './rows';
import { joinedRoomRows } from './users';

/** What there is of one user besides the account itself (`synapse/rest/admin/users.py`). To be shown, never to decide by. */

const nullishString = z.nullish(z.string());
const nullishNumber = z.nullish(z.number());

const membershipSchema = z.object({ room_id: z.string(), membership: z.string() });
/** `join`, `invite`, `leave`, `ban`, `knock`, or what a later version calls it. */
export type Membership = z.output<typeof membershipSchema>;

/** `areAll`: not only the rooms that the user is in. */
interface Memberships extends Rows<Membership> {
  areAll: boolean;
}

const membershipsSchema = z.object({
  memberships: z.pipe(
    z.record(z.string(), z.unknown()),
    z.pipe(
      z.transform((found: Record<string, unknown>): unknown[] =>
        Object.entries(found).map(([room_id, membership]) => ({ room_id, membership })),
      ),
      rowsOf(membershipSchema),
    ),
  ),
});

const asJoined = (room_id: string): Membership => ({ room_id, membership: 'join' });

/**
 * `GET /v1/users/{id}/memberships` (Synapse 1.145): from the current state of the rooms that this homeserver is in. Before it, only
 * the rooms that the user is in. No existence check: an unknown user has none.
 */
export async function listMemberships(hs: Homeserver, userId: string, signal?: AbortSignal): Promise<Memberships> {
  return orOlder<Memberships>(
    hs,
    'memberships',
    async () => {
      const answer = await request(hs, {
        path: path`/_synapse/admin/v1/users/${userId}/memberships`,
        schema: membershipsSchema,
        feature: 'memberships',
        signal,
      });
      return { ...answer.memberships, areAll: true };
    },
    async () => {
      const { rows, odd } = await joinedRoomRows(hs, userId, signal);
      return {
        rows: rows.map(asJoined),
        odd: odd.map(({ index, problem }) => ({ index, problem })),
        areAll: false,
      };
    },
  );
}

/** How many invitations a user sent, and how many rooms they joined, since then (Synapse 1.122). */
export async function countInvitesAndJoins(hs: Homeserver, userId: string, fromTs: number, signal?: AbortSignal) {
  const query = { from_ts: fromTs };
  const [invites, joins] = await Promise.all([
    request(hs, {
      path: path`/_synapse/admin/v1/users/${userId}/sent_invite_count`,
      query,
      schema: z.object({ invite_count: z.number() }),
      feature: 'invite-counts',
      signal,
    }),
    request(hs, {
      path: path`/_synapse/admin/v1/users/${userId}/cumulative_joined_room_count`,
      query,
      schema: z.object({ cumulative_joined_room_count: z.number() }),
      feature: 'invite-counts',
      signal,
    }),
  ]);
  return { invites: invites.invite_count, joins: joins.cumulative_joined_room_count };
}

const connectionSchema = z.object({ ip: nullishString, last_seen: nullishNumber, user_agent: nullishString });
/** A client at an address, as it asked the homeserver last. Synapse forgets it after 28 days, unless configured otherwise. */
export type Connection = z.output<typeof connectionSchema>;

const sessionsSchema = z.object({ sessions: z.array(z.object({ connections: rowsOf(connectionSchema) })) });

/** `GET /v1/whois/{id}`: always one device without a name. An unknown user has no connections. */
export async function listConnections(hs: Homeserver, userId: string, signal?: AbortSignal): Promise<Rows<Connection>> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/whois/${userId}`,
    schema: z.object({ user_id: z.string(), devices: z.record(z.string(), sessionsSchema) }),
    subject: ({ user_id }) => [user_id, userId],
    signal,
  });
  const all = Object.values(answer.devices).flatMap(({ sessions }) => sessions.map(({ connections }) => connections));
  return { rows: all.flatMap(({ rows }) => rows), odd: all.flatMap(({ odd }) => odd) };
}

const pusherSchema = z.object({
  app_id: nullishString,
  app_display_name: nullishString,
  device_display_name: nullishString,
  kind: nullishString,
  lang: nullishString,
  pushkey: z.string(),
  data: z.nullish(z.object({ url: nullishString, format: nullishString })),
  /** Both are missing in older versions. */
  enabled: z.nullish(z.boolean()),
  device_id: nullishString,
});
export type Pusher = z.output<typeof pusherSchema>;

export async function listPushers(hs: Homeserver, userId: string, signal?: AbortSignal): Promise<Rows<Pusher>> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/users/${userId}/pushers`,
    schema: z.object({ pushers: rowsOf(pusherSchema), total: listTotal }),
    signal,
  });
  return answer.pushers;
}

const recordSchema = z.record(z.string(), z.unknown());
const accountDataSchema = z.object({
  account_data: z.object({ global: recordSchema, rooms: z.record(z.string(), recordSchema) }),
});

/** One event of account data: of the whole account, or of a room. */
export interface AccountData {
  readonly roomId: string | null;
  readonly type: string;
  readonly content: unknown;
}

const eventsOf = (roomId: string | null, events: Record<string, unknown>): AccountData[] =>
  Object.entries(events).map(([type, content]) => ({ roomId, type, content }));

/** `GET /v1/users/{id}/accountdata` (Synapse 1.50). Empty after a deactivation. */
export async function listAccountData(hs: Homeserver, userId: string, signal?: AbortSignal): Promise<AccountData[]> {
  const { account_data: found } = await request(hs, {
    path: path`/_synapse/admin/v1/users/${userId}/accountdata`,
    schema: accountDataSchema,
    feature: 'account-data',
    signal,
  });
  return [
    ...eventsOf(null, found.global),
    ...Object.entries(found.rooms).flatMap(([roomId, events]) => eventsOf(roomId, events)),
  ];
}
