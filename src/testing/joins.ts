import type { Findings, FoundRoom, PairRow } from '~/features/join-rooms/plan';
import { everyPair, NOTHING_CHOSEN, planRows } from '~/features/join-rooms/plan';
import { groundOf } from '~/features/join-rooms/revive';
import type { RunGround } from '~/features/join-rooms/run';
import { NO_SUCH_USER, scanOne, type Gathered, type ScanItem } from '~/features/join-rooms/scan';
import { BASE } from './signed-in';

/** Specs of joins. */

/** A room as a scan finds it: public, known to this homeserver, and with nobody in it. */
export const foundRoom = (roomId: string, over: Partial<FoundRoom> = {}): FoundRoom => ({
  ref: roomId,
  roomId,
  name: null,
  alias: null,
  via: [],
  known: true,
  blocked: false,
  joinRule: 'public',
  isSpace: false,
  members: new Set(),
  banned: new Set(),
  bansLookedAt: true,
  adminIn: false,
  adminCanInvite: false,
  replaced: null,
  ...over,
});

/** What joins stand on, as the signed-in admin of this homeserver. */
export const joinGround = ({ adminId }: { adminId: string }): RunGround => groundOf({ baseUrl: BASE, userId: adminId });

interface Model {
  adminId: string;
  adminToken: string;
  serverName: string;
}

export const scanGround = ({ adminId, adminToken }: Model) => ({
  hs: { baseUrl: BASE, token: adminToken },
  userId: adminId,
});

/** What the wizard reads of these users and rooms, each looked up. */
export async function found(
  model: Model,
  users: readonly string[],
  refs: readonly string[],
): Promise<Findings & Gathered> {
  const gathered: Gathered = { rooms: new Map(), users: new Map() };
  const items: readonly ScanItem[] = [
    ...refs.map((ref) => ({ kind: 'room' as const, room: { ref, via: [] } })),
    ...users.map((userId) => ({ kind: 'user' as const, userId })),
  ];
  // One after the other: a model answers in the order in which it is asked.
  // oxlint-disable-next-line no-await-in-loop
  for (const item of items) await scanOne(scanGround(model), item, gathered);
  return { ...gathered, serverName: model.serverName, absence: NO_SUCH_USER, unread: new Set<string>() };
}

/** Every user to every room, as the wizard plans it. @param makeAdmin where the admin is made an admin first */
export async function plannedJoins(
  model: Model,
  users: readonly string[],
  refs: readonly string[],
  makeAdmin: readonly string[] = [],
): Promise<PairRow[]> {
  const choices = { ...NOTHING_CHOSEN, makeAdmin: new Set(makeAdmin) };
  return planRows(everyPair(users, refs), await found(model, users, refs), choices);
}
