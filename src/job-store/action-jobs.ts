import { queryOptions } from '@tanstack/react-query';
import type { AnyAction, Server } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { actionJob, type Ground } from '~/actions/job';
import { afterMoreLooks } from '~/actions/more-looks';
import type { ActionItem, Verdict } from '~/actions/plan';
import type { ActionPlan } from '~/actions/titles';
import { whyNotAllowed } from '~/actions/restrictions';
import { reviveAction } from '~/actions/revive';
import { actionFor } from '~/actions/under-mas';
import { send } from '~/api/ask';
import type { Job, JobSpec, Json } from '~/jobs/job';
import { serverOf } from '~/lib/mxid';
import type { Text } from '~/lib/text';
import type { Revive } from './job-kinds';
import { classifyHomeserverError, homeserverFor, ownerOf, startJob } from './jobs';
import { readOnlyReason } from '~/data/read-only';
import { holdSecrets, makeSecrets } from './secrets';
import { sessionOf, type Owner, type Session } from '~/data/session';

/** Where actions meet the session. */

/** What an action has to know of the homeserver. */
export const asServer = (session: Session): Server => {
  const { serverName, version, mas, userId: me, homeserver, oauth } = session;
  const held = readOnlyReason(session);
  const { baseUrl: masUrl, version: masVersion } = homeserver.mas ?? {};
  return {
    serverName,
    version,
    mas,
    masApi: masUrl !== undefined,
    ...(masUrl !== undefined && { masUrl }),
    ...(masVersion !== undefined && { masVersion }),
    ...(oauth && { masClient: oauth.clientId }),
    me,
    ...(held !== null && { held }),
  };
};

/** Why no job of this kind can be begun now, or null. @param kind of an action, or of a wizard of its own */
export function whyNotBegin(kind: string, session: Session): Text | null {
  const action = actionOf(kind);
  return action ? (action.guard?.(asServer(session)) ?? null) : (readOnlyReason(session) ?? whyNotAllowed(kind));
}

/** As an action acts on the homeserver of this session: some of them on MAS. */
export const actionHere = (action: AnyAction, session: Session): AnyAction => actionFor(action, asServer(session));

/** The homeserver of this account as it is now; of an account that is signed out only the name is known. */
function serverFor(owner: Owner): Server {
  const session = sessionOf(owner);
  if (session) return asServer(session);
  const { userId } = owner;
  return { serverName: serverOf(userId) ?? '', version: '', mas: false, me: userId };
}

/** What jobs of actions need of this account: its homeserver, and what an error means. */
export function groundFor(owner: Owner): Ground {
  return {
    owner,
    server: () => serverFor(owner),
    homeserver: () => homeserverFor(owner),
    classify: classifyHomeserverError,
  };
}

/**
 * Begins the job of a plan: exactly its items.
 * @param confirmed the number that the admin confirmed
 * @param typed the secret of its one item, where the admin chose it
 */
export function startAction(
  action: AnyAction,
  plan: ActionPlan,
  session: Session,
  confirmed: number,
  typed?: string,
): Job {
  const [only] = plan.items;
  const secrets = makeSecrets(action, typed !== undefined && only ? { id: only.id, value: typed } : undefined);
  const job = startJob(actionJob(action, plan, groundFor(ownerOf(session)), secrets), confirmed);
  holdSecrets(job.id, secrets);
  return job;
}

export function reviverOfAction(kind: string): Promise<Revive | undefined> {
  const revive: Revive = ({ owner, ...kept }) =>
    Promise.resolve(reviveAction(kind, kept, groundFor(owner)) as JobSpec<unknown>);
  return Promise.resolve(actionOf(kind) && revive);
}

/**
 * What tells apart how actions look at one item: those that have it in common see the same. A look that asks further completes
 * the answer in a form of its own, so the path alone would give it the answer of another action.
 */
export function lookName(action: AnyAction, id: string, server: Server): string {
  const { request, more } = action.look(id, server);
  return more === undefined ? request.path : `${request.path} ${action.kind}`;
}

/** One item as it is now, for the dialog of an action: always read anew. */
export function lookQuery(action: AnyAction, id: string, session: Session) {
  const server = asServer(session);
  const one = action.look(id, server);
  const { homeserver } = session;
  return queryOptions({
    // Some things are found in a list: the path alone does not tell which.
    queryKey: [homeserver.baseUrl, NOUNS[action.entity], 'look', lookName(action, id, server), id],
    queryFn: ({ signal }) => send(homeserver, one, signal),
    staleTime: 0,
    gcTime: 0,
  });
}

/** What would become of one item, where its action looks further; those looks are made anew for each dialog and each input. */
export function verdictQuery(
  action: AnyAction,
  { found, seen, input }: { found: Verdict; seen: unknown; input: Json },
  session: Session,
) {
  const { homeserver } = session;
  const id = found.verdict === 'will' ? found.item.id : found.id;
  return queryOptions({
    queryKey: [homeserver.baseUrl, NOUNS[action.entity], 'plan', action.kind, id, input],
    queryFn: ({ signal }) =>
      afterMoreLooks(action, found, {
        seen,
        input,
        look: (one) => send(homeserver, one, signal),
        server: asServer(session),
      }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** What a change of one item would touch. */
export function weighQuery(
  action: AnyAction,
  { item, seen, input }: { item: ActionItem; seen: unknown; input: Json },
  session: Session,
) {
  const { homeserver } = session;
  const { id } = item;
  return queryOptions({
    queryKey: [homeserver.baseUrl, NOUNS[action.entity], 'weigh', action.kind, id],
    queryFn: async ({ signal }) =>
      (await action.weigh?.(item, {
        seen,
        input,
        look: (one) => send(homeserver, one, signal),
        server: asServer(session),
      })) ?? [],
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** The homeserver's rules for the secret of an action. Where it names none, there are none. */
export function rulesQuery({ kind, secret }: AnyAction, session: Session) {
  const { homeserver } = session;
  return queryOptions({
    queryKey: [homeserver.baseUrl, 'rules', kind],
    queryFn: async ({ signal }) => {
      try {
        return secret?.rules ? await send(homeserver, secret.rules(asServer(session)), signal) : {};
      } catch (error) {
        if (signal.aborted) throw error;
        return {};
      }
    },
  });
}

const NOUNS = {
  user: 'users',
  media: 'media',
  member: 'rooms',
  device: 'users',
  room: 'rooms',
  alias: 'rooms',
  event: 'rooms',
  destination: 'federation',
  token: 'registration-tokens',
  background: 'background',
  report: 'reports',
  'user-report': 'reports',
  'mas-session': 'mas',
  'personal-token': 'mas',
  email: 'mas',
  'upstream-link': 'mas',
  'mas-token': 'mas',
  'policy-data': 'mas',
} as const satisfies Record<AnyAction['entity'], string>;
