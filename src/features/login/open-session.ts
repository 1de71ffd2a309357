import { serverVersion, whoami } from '~/api/homeserver';
import type { Homeserver } from '~/api/request';
import type { Session } from '~/data/session';

/** @throws HomeserverError */
export async function openSession(homeserver: Homeserver, demo: boolean): Promise<Session> {
  const [version, me] = await Promise.all([serverVersion(homeserver), whoami(homeserver)]);
  const userId = me.user_id;
  return { homeserver, userId, serverName: userId.slice(userId.indexOf(':') + 1), version, mas: false, demo };
}
