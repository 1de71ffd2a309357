import { HomeserverError } from '~/api/errors';
import { NOT_THERE } from '~/api/ask';
import type { RunContext } from '~/jobs/job';
import type { AnyAction } from './action';

/** The homeserver can't tell of a single item, and the action does without. */
export const UNSEEN = Symbol('unseen');

/** The looks of one run. `ask` throws where there is nothing to be seen; what that means hangs on the action. */
export function looksOf(
  { absent, isThere }: AnyAction,
  ask: (id: string, context: RunContext) => Promise<unknown>,
): (id: string, context: RunContext) => Promise<unknown> {
  let canLook = true;
  return async (id, context) => {
    if (!canLook) return UNSEEN;
    try {
      return await ask(id, context);
    } catch (error) {
      if (!(error instanceof HomeserverError)) throw error;
      if (error.notFound && absent !== undefined) return NOT_THERE;
      if (!error.endpointAbsent || !isThere) throw error;
      canLook = false;
      return UNSEEN;
    }
  };
}
