import type { Homeserver } from '~/api/request';
import type { UserRow, UsersQuery } from '~/api/users';
import { createStore } from '~/lib/store';
import { currentSession, watchSession } from './session';
import { UsersReader, type CreatedIn, type UsersProgress, type UsersRead } from './users-reader';

export interface AllUsers extends UsersRead {
  readonly users: readonly UserRow[];
}

interface Wanted {
  query: UsersQuery;
  created: CreatedIn | null;
  /** Says which reading it is. */
  key: string;
}

/** How far a reading is, and of which it is. */
export const allUsersProgress = createStore<(UsersProgress & { readonly key: string }) | null>(null);

/** A reading that failed, and resumes where it was. */
let broken: { readonly key: string; readonly reader: UsersReader; readonly users: UserRow[] } | null = null;

// What one admin read is nothing to the next.
watchSession(() => {
  if (currentSession().status === 'signed-out') broken = null;
});

/** Reads all users that match. One that failed resumes; one that was cancelled begins again. */
export async function readAllUsers(
  hs: Homeserver,
  { query, created, key }: Wanted,
  signal: AbortSignal,
): Promise<AllUsers> {
  const mine = broken?.key === key ? broken : begin(query, created, key);
  broken = null;
  const show = (progress: UsersProgress) => {
    if (!signal.aborted) allUsersProgress.set({ ...progress, key });
  };
  show(mine.reader.progress());
  try {
    const read = await mine.reader.run(hs, signal, show);
    return { ...read, users: mine.users };
  } catch (error) {
    if (!signal.aborted) broken = mine;
    throw error;
  }
}

function begin(query: UsersQuery, created: CreatedIn | null, key: string) {
  const users: UserRow[] = [];
  return { key, users, reader: new UsersReader(query, created, (rows) => users.push(...rows)) };
}
