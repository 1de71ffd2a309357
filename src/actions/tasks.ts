import { HomeserverError } from '~/api/errors';
import type { Ask } from '~/api/ask';
import type { AnyAction, Server } from './action';
import type { Kept } from './plan';

/** What a request without an answer may have started is found among the tasks that the homeserver knows. */

type AskFor = <Answer>(one: Ask<Answer>) => Promise<Answer>;

/** The tasks that the homeserver knows of an item by now; undefined where it can't tell. */
export async function tasksNow(
  action: AnyAction,
  id: string,
  server: Server,
  ask: AskFor,
): Promise<readonly string[] | undefined> {
  const one = action.tasks?.(id, server);
  if (!one) return undefined;
  try {
    return await ask(one);
  } catch (error) {
    if (!(error instanceof HomeserverError)) throw error;
    if (error.notFound) return [];
    if (error.endpointAbsent) return undefined;
    throw error;
  }
}

/**
 * Of an item with a request that got no answer: the task that came since, as what is kept of it then. It is this job's, or
 * somebody else's. Null where none came; undefined where that can't be known.
 */
export async function taskSince(
  action: AnyAction,
  { id, kept }: { id: string; kept: Kept | null },
  server: Server,
  ask: AskFor,
): Promise<(Kept & { readonly task: string }) | null | undefined> {
  const known = kept?.known;
  if (!kept || !known) return undefined;
  const now = await tasksNow(action, id, server, ask);
  const task = now?.findLast((one) => !known.includes(one));
  if (task !== undefined) return { ...kept, task, taken: false };
  return now && null;
}
