import type { AnyAction, LookAt, Server } from '~/actions/action';
import { actionFor } from '~/actions/under-mas';
import { actionJob, type Ground } from '~/actions/job';
import { afterMoreLooks } from '~/actions/more-looks';
import { verdictOf, type ActionItem, type Verdict } from '~/actions/plan';
import { changedBy, undoVerdict } from '~/actions/undo';
import { send } from '~/api/ask';
import { classifyHomeserverError, homeserverFor } from '~/job-store/jobs';
import type { JobSpec, Json, LedgerRow } from '~/jobs/job';
import type { MockHomeserver } from '~/mocks/homeserver';
import { wordsOf } from '~/lib/words';
import { BASE } from './signed-in';

/** Actions in specs: planned and run against the model, by its admin. */

/** What actions know of it. */
export function serverOf({ serverName, version, mas, masSide, adminId: me }: MockHomeserver): Server {
  return { serverName, version, mas, me, masApi: masSide !== null, ...(masSide && { masUrl: masSide.baseUrl }) };
}

export function groundOf(model: MockHomeserver): Ground {
  const owner = { baseUrl: BASE, userId: model.adminId };
  return {
    owner,
    server: () => serverOf(model),
    homeserver: () => homeserverFor(owner),
    classify: classifyHomeserverError,
  };
}

export const lookAt = (model: MockHomeserver, action: AnyAction, id: string) =>
  send(groundOf(model).homeserver(), actionFor(action, model).look(id, groundOf(model).server()));

/** What the plan says of one item as it is now. */
export async function verdictFor(
  model: MockHomeserver,
  given: AnyAction,
  id: string,
  input: Json = null,
): Promise<Verdict> {
  const action = actionFor(given, model);
  const ground = groundOf(model);
  const look: LookAt = (one) => send(ground.homeserver(), one);
  const server = ground.server();
  const seen = await look(action.look(id, server));
  const found = verdictOf(action, id, seen, input, model.adminId);
  return afterMoreLooks(action, found, { seen, input, look, server });
}

/** The job that does it to these, as they are now. */
export async function planned(
  model: MockHomeserver,
  action: AnyAction,
  ids: readonly string[],
  input: Json = null,
): Promise<JobSpec<ActionItem>> {
  const items: ActionItem[] = [];
  for (const id of ids) {
    const found = await verdictFor(model, action, id, input);
    if (found.verdict !== 'will') throw new Error(`The plan says: ${wordsOf(found.reason)}`);
    items.push(found.item);
  }
  return actionJob(action, { items, input }, groundOf(model));
}

/** The job that puts back what these rows changed, the doubtful ones too. */
export async function undoing(
  model: MockHomeserver,
  action: AnyAction,
  rows: readonly LedgerRow[],
): Promise<JobSpec<ActionItem>> {
  const items: ActionItem[] = [];
  for (const row of rows) {
    const changed = changedBy(row);
    if (!changed) continue;
    const found = undoVerdict(
      actionFor(action, model),
      changed,
      await lookAt(model, action, changed.id),
      model.adminId,
    );
    if (found.verdict === 'will') items.push(found.item);
  }
  return actionJob(action, { items, input: null, undoes: { id: 'x', title: 'it' } }, groundOf(model));
}
