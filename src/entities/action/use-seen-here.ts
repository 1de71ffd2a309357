import { useQueries } from '@tanstack/react-query';
import type { AnyAction } from '~/actions/action';
import { HomeserverError } from '~/api/errors';
import { useSession } from '~/data/session';
import { actionHere, asServer, lookName, lookQuery } from '~/job-store/action-jobs';
import type { Text } from '~/lib/text';

/** An action as it acts here, and the item in the form in which it looks at it; or why that is not known. */
export interface SeenHere {
  readonly action: AnyAction;
  readonly seen?: unknown;
  readonly reason?: Text;
}

/**
 * What a page shows is Synapse's. Where an action acts on MAS, the item is looked at there too, once for all that look alike.
 * @param seen as the page shows it, in the form in which these actions look at it elsewhere
 * @returns those that can be told of by now
 */
export function useSeenHere(actions: readonly AnyAction[], id: string, seen: unknown): readonly SeenHere[] {
  const session = useSession();
  const server = asServer(session);
  const here = actions.map((action) => actionHere(action, session));
  const looks = new Map(
    here
      .filter((action) => action.at === 'mas' && (action.guard?.(server) ?? null) === null)
      .map((action) => [lookName(action, id, server), action]),
  );
  const answers = useQueries({ queries: [...looks.values()].map((action) => lookQuery(action, id, session)) });
  const names = [...looks.keys()];
  return here.flatMap((action): SeenHere[] => {
    if (action.at !== 'mas' || (action.guard?.(server) ?? null) !== null) return [{ action, seen }];
    const answer = answers[names.indexOf(lookName(action, id, server))];
    if (answer?.data !== undefined) return [{ action, seen: answer.data }];
    const isGone = answer?.error instanceof HomeserverError && answer.error.notFound;
    return isGone && action.gone !== undefined ? [{ action, reason: action.gone }] : [];
  });
}
