import { noneWhereNotFound } from '~/api/errors';
import { lookAtMasClient } from '~/api/mas/clients';
import { everyMas } from '~/api/mas/paging';
import { readNow } from '~/api/mas/resource';
import { listMasUsers, lookAtMasUser } from '~/api/mas/users';
import type { Homeserver } from '~/api/request';
import { limitTo } from './at-most';
import { currentSession, watchSession } from './session';

/** MAS names accounts and clients by IDs of its own in all its lists. What they are called is looked up once for each. */

type Names = ReadonlyMap<string, string>;

const known = new Map<string, string>();
const whenFree = limitTo(6);

watchSession(() => {
  if (currentSession().status === 'signed-out') known.clear();
});

/** More than so many: the whole list costs fewer requests than each of them. */
const MANY = 100;

const unknownOf = (prefix: string, ids: Iterable<string>): string[] =>
  [...new Set(ids)].filter((id) => !known.has(prefix + id));

const namesOf = (prefix: string, ids: Iterable<string>): Names =>
  new Map([...new Set(ids)].flatMap((id) => (known.has(prefix + id) ? [[id, known.get(prefix + id) ?? '']] : [])));

/** The user names of these accounts; one that MAS does not know any more is missing. */
export async function accountNames(hs: Homeserver, ids: Iterable<string>, signal: AbortSignal): Promise<Names> {
  const all = [...ids];
  const prefix = JSON.stringify(['account', hs.baseUrl]);
  const unknown = unknownOf(prefix, all);
  if (unknown.length > MANY) {
    for await (const { rows } of everyMas((page) => listMasUsers(hs, {}, page, signal), 1000)) {
      for (const { id, username } of rows) known.set(prefix + id, username);
    }
  } else {
    await Promise.all(
      unknown.map((id) =>
        whenFree(async () => {
          const user = await readNow(hs, lookAtMasUser(id), signal).catch(noneWhereNotFound);
          if (user) known.set(prefix + id, user.username);
        }, signal),
      ),
    );
  }
  return namesOf(prefix, all);
}

/** What these clients call themselves, '' where they don't. */
export async function clientNames(hs: Homeserver, ids: Iterable<string>, signal: AbortSignal): Promise<Names> {
  const all = [...ids];
  const prefix = JSON.stringify(['client', hs.baseUrl]);
  await Promise.all(
    unknownOf(prefix, all).map((id) =>
      whenFree(async () => {
        const client = await readNow(hs, lookAtMasClient(id), signal).catch(noneWhereNotFound);
        if (client) known.set(prefix + id, client.client_name ?? '');
      }, signal),
    ),
  );
  return namesOf(prefix, all);
}
