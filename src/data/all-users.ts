import type { Homeserver } from '~/api/request';
import type { UserRow, UsersQuery } from '~/api/users';
import { UsersReader, type CreatedIn, type UsersRead } from './users-reader';
import { wholeLists } from './whole-list';

export interface AllUsers extends UsersRead {
  readonly users: readonly UserRow[];
}

interface Wanted {
  query: UsersQuery;
  created: CreatedIn | null;
  /** Says which reading it is. */
  key: string;
}

const lists = wholeLists<UserRow>();

/** How far a reading is, and of which it is. */
export const allUsersProgress = lists.progress;

/** Reads all users that match. One that failed resumes; one that was cancelled begins again. */
export async function readAllUsers(
  hs: Homeserver,
  { query, created, key }: Wanted,
  signal: AbortSignal,
): Promise<AllUsers> {
  const { rows, ...read } = await lists.read(hs, key, (take) => new UsersReader(query, created, take), signal);
  return { ...read, users: rows };
}
