import type { LookAt, Server } from '~/actions/action';
import { everyPage } from '~/api/pages';
import { lookAtFiles, lookAtWritten, type OwnFile, type Written } from '~/api/left-asks';
import { lookAtMemberships } from '~/api/redact-asks';
import { has } from '~/api/since';
import { lookAtJoinedRooms } from '~/api/user-asks';

/** What is left of a user, by as many looks as it takes. */

/** All files, in the order in which they were uploaded. */
export async function filesOf(userId: string, look: LookAt, { serverName }: Server): Promise<readonly OwnFile[]> {
  const all: OwnFile[] = [];
  await everyPage(
    (from) => look(lookAtFiles(userId, serverName, from)),
    ({ files, held }) => {
      all.push(...files);
      return held;
    },
  );
  return all;
}

/** Whether the homeserver names the rooms that a user has left, too. */
export const namesLeftRooms = ({ version }: Pick<Server, 'version'>): boolean => has(version, 'memberships');

/** The rooms that the user is or was in, as far as `namesLeftRooms`: what was written there stays after leaving. */
export async function roomsOf(userId: string, look: LookAt, server: Server): Promise<readonly string[]> {
  if (!namesLeftRooms(server)) return (await look(lookAtJoinedRooms(userId))).joined_rooms;
  const all = Object.entries(await look(lookAtMemberships(userId)));
  return all.filter(([, membership]) => /^(join|ban|leave)$/.test(membership)).map(([roomId]) => roomId);
}

/** What the user wrote in a room, newest first. */
export async function* writtenIn(roomId: string, userId: string, look: LookAt): AsyncGenerator<Written> {
  const seen = new Set<string>();
  for (let from: string | undefined; ;) {
    const { events, end } = await look(lookAtWritten(roomId, userId, from));
    yield* events;
    // The end is where the answer names no more, or the same again.
    if (end === undefined || seen.has(end)) return;
    seen.add(end);
    from = end;
  }
}

/** Whether a redaction would find something there. */
export async function isWrittenIn(roomId: string, userId: string, look: LookAt): Promise<boolean> {
  for await (const { isRedacted } of writtenIn(roomId, userId, look)) if (!isRedacted) return true;
  return false;
}
