import { send } from '~/api/ask';
import { HomeserverError } from '~/api/errors';
import { lookAtHolder } from '~/api/external-ids';
import { resolveAlias } from '~/api/homeserver';
import type { Homeserver } from '~/api/request';
import { legibleRoom, type Room } from '~/api/rooms';
import { legibleUser, threepidHolder, type User } from '~/api/users';
import { serverOf } from '~/lib/mxid';
import type { ListQuery } from './list-query';
import { recognise, recogniseUser, type RecognisedUser } from '~/lib/recognise';

/**
 * What was pasted whole, looked up as it is: the lists search in parts of names, so that a copied ID would find nothing there,
 * and leave out accounts that an exact question finds.
 */
export type Exact<Hit> =
  | { kind: 'hit'; hit: Hit }
  /** @property sought what there is none of: an ID, an address */
  | { kind: 'none'; sought: string; why: WhyNone }
  /** An account of another homeserver: it is in no list here, though it may be in rooms. */
  | { kind: 'elsewhere'; id: string; server: string }
  /** A room in the search for users, or the other way round. */
  | { kind: 'other'; id: string };

export type WhyNone =
  | 'unknown'
  | 'unknown-address'
  | 'unknown-phone'
  | 'unknown-external-id'
  /** The homeserver still names a user for it, whose account no longer has it. */
  | 'removed-external-id'
  | 'not-in-room';

/** A word is searched for; everything else is looked up. */
export type Sought = Exclude<RecognisedUser, { kind: 'word' }>;

/**
 * @param what in a list of users, phone numbers and external IDs are looked up too
 * @returns what is to be looked up exactly, or null where the text is a word to search for
 */
export function soughtIn(text: string, serverName: string, what: 'users' | 'any' = 'any'): Sought | null {
  const found = what === 'users' ? recogniseUser(text, serverName) : recognise(text, serverName);
  return found.kind === 'word' ? null : found;
}

/** Where there is no exact hit: the part of what was pasted that the list’s own search may find something with. */
export function wordOf(sought: Sought | null, text: string): string {
  if (sought === null || !('id' in sought) || sought.kind === 'room') return text.trim();
  return (sought.cleaned ?? sought.id).slice(1).split(':')[0] ?? text.trim();
}

/** What was understood, in the form in which it is looked up. */
export function wordsSought(sought: Sought): string {
  if ('id' in sought) return sought.id;
  if (sought.kind === 'email') return sought.address;
  return sought.kind === 'phone' ? `+${sought.digits}` : `${sought.provider}:${sought.externalId}`;
}

type SoughtId = Extract<Sought, { id: string }>;

/** The ID as it was pasted, then without the characters that nobody sees. */
const spellings = ({ id, cleaned }: SoughtId): string[] => (cleaned === undefined ? [id] : [id, cleaned]);

async function orNone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof HomeserverError && error.notFound) return null;
    throw error;
  }
}

/** @throws HomeserverError */
export async function findUser(
  hs: Homeserver,
  sought: Sought,
  serverName: string,
  signal?: AbortSignal,
): Promise<Exact<User>> {
  if (sought.kind === 'room' || sought.kind === 'alias') return { kind: 'other', id: sought.id };
  if (sought.kind === 'email') {
    const holder = await threepidHolder(hs, 'email', sought.address.toLowerCase(), signal);
    if (holder === null) return { kind: 'none', sought: sought.address, why: 'unknown-address' };
    return { kind: 'hit', hit: (await legibleUser(hs, holder, signal)).value };
  }
  if (sought.kind === 'phone') {
    const holder = await threepidHolder(hs, 'msisdn', sought.digits, signal);
    if (holder === null) return { kind: 'none', sought: wordsSought(sought), why: 'unknown-phone' };
    return { kind: 'hit', hit: (await legibleUser(hs, holder, signal)).value };
  }
  if (sought.kind === 'external-id') return findByExternalId(hs, sought, signal);
  const server = serverOf(sought.id);
  if (server !== null && server !== serverName) return { kind: 'elsewhere', id: sought.id, server };
  for (const id of spellings(sought)) {
    const found = await orNone(legibleUser(hs, id, signal));
    if (found) return { kind: 'hit', hit: found.value };
  }
  return { kind: 'none', sought: sought.id, why: 'unknown' };
}

/** The look-up may answer from a cache that a removal does not clear: only the account itself says whether it has the ID. */
async function findByExternalId(
  hs: Homeserver,
  asked: Extract<Sought, { kind: 'external-id' }>,
  signal: AbortSignal | undefined,
): Promise<Exact<User>> {
  const { provider, externalId } = asked;
  const sought = wordsSought(asked);
  const id = { auth_provider: provider, external_id: externalId };
  const ask = lookAtHolder(id);
  const holder = ask && (await orNone(send(hs, ask, signal)));
  if (holder === null) return { kind: 'none', sought, why: 'unknown-external-id' };
  const { value: hit } = await legibleUser(hs, holder.user_id, signal);
  const hasIt = hit.external_ids.some((one) => one.auth_provider === provider && one.external_id === externalId);
  return hasIt ? { kind: 'hit', hit } : { kind: 'none', sought, why: 'removed-external-id' };
}

/** @throws HomeserverError */
export async function findRoom(hs: Homeserver, sought: Sought, signal?: AbortSignal): Promise<Exact<Room>> {
  if (sought.kind === 'user') return { kind: 'other', id: sought.id };
  if (!('id' in sought)) return { kind: 'none', sought: wordsSought(sought), why: 'unknown' };
  let named = false;
  for (const id of spellings(sought)) {
    const roomId = sought.kind === 'room' ? id : (await orNone(resolveAlias(hs, id, signal)))?.room_id;
    if (roomId === undefined) continue;
    named = sought.kind === 'alias';
    const found = await orNone(legibleRoom(hs, roomId, signal));
    if (found) return { kind: 'hit', hit: found.value };
  }
  return { kind: 'none', sought: sought.id, why: named ? 'not-in-room' : 'unknown' };
}

export const exact = {
  user: (hs: Homeserver, sought: Sought | null, serverName: string): ListQuery<Exact<User> | null> => ({
    queryKey: [hs.baseUrl, 'users', 'exact', sought],
    queryFn: async ({ signal }) => (sought === null ? null : findUser(hs, sought, serverName, signal)),
  }),
  room: (hs: Homeserver, sought: Sought | null): ListQuery<Exact<Room> | null> => ({
    queryKey: [hs.baseUrl, 'rooms', 'exact', sought],
    queryFn: async ({ signal }) => (sought === null ? null : findRoom(hs, sought, signal)),
  }),
} as const;
