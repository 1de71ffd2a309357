import type { Server } from '../call';
import type { User } from '../state';

/** `user_ips_max_age` (`config/server.py:668`). */
const USER_IPS_MAX_AGE_MS = 28 * 86_400_000;

/** The connections that are not pruned yet. */
export function freshConnections(server: Server, user: User): User['connections'] {
  const oldest = server.now() - USER_IPS_MAX_AGE_MS;
  return user.connections.filter(({ last_seen }) => last_seen >= oldest);
}

/** Before this version they are as in the database: 0 and 1. */
export function asColumns(server: Server, before: string, { is_guest, admin, deactivated }: User): object {
  if (server.atLeast(before)) return { is_guest, admin, deactivated };
  return { is_guest: Number(is_guest), admin: Number(admin), deactivated: Number(deactivated) };
}

/**
 * §1.2: `creation_ts` in SECONDS; `last_seen_ts` from `user_ips` alone, which forgets after 28 days: null says nothing about
 * an idle user.
 */
export function userObject(server: Server, user: User): Record<string, unknown> {
  const seen = freshConnections(server, user).map(({ last_seen }) => last_seen);
  return {
    name: user.name,
    ...asColumns(server, '1.93', user),
    ...(server.atLeast('1.91') ? { locked: user.locked } : {}),
    shadow_banned: user.shadow_banned,
    creation_ts: user.creation_ts,
    appservice_id: user.appservice_id,
    consent_server_notice_sent: user.consent_server_notice_sent,
    consent_version: user.consent_version,
    consent_ts: user.consent_ts,
    user_type: user.user_type,
    ...(server.atLeast('1.121') ? { suspended: user.suspended } : {}),
    displayname: user.displayname,
    avatar_url: user.avatar_url,
    threepids: user.threepids.map((threepid) => ({ ...threepid })),
    ...(server.atLeast('1.38') ? { external_ids: user.external_ids.map((id) => ({ ...id })) } : {}),
    ...(server.atLeast('1.71') ? { erased: user.erased } : {}),
    ...(server.atLeast('1.93') ? { last_seen_ts: seen.length === 0 ? null : Math.max(...seen) } : {}),
  };
}
