import type { ExternalId } from '~/api/users';
import type { PlanRow } from '~/ui/wizard/plan-rows';
import { isolated } from '~/lib/shown-text';

/** What was read of a user: enough to plan. */
export interface UserFound {
  userId: string;
  displayname: string | null;
  externalIds: readonly ExternalId[];
  admin: boolean;
  deactivated: boolean;
  locked: boolean;
}

/** What could not be read, and why: “No such user”. */
export interface UserMissing {
  userId: string;
  reason: string;
}

export interface Scanned {
  users: readonly UserFound[];
  missing: readonly UserMissing[];
}

/** A provider as sign-in offers it today. */
export interface OfferedProvider {
  id: string;
  name: string;
}

export interface ProviderCount {
  provider: string;
  /** Users who hold at least one id of it. */
  users: number;
  ids: number;
  /** Users who hold two or more ids of it: legal, and easily overlooked. */
  several: number;
  /** Deactivated or locked users among them: lists leave these out, and their ids go on blocking. */
  hidden: number;
  /** Users who hold no id of any other provider. */
  only: number;
}

/** Every provider that some user holds an id of, the most used first. */
export function countProviders(users: readonly UserFound[]): ProviderCount[] {
  const counts = new Map<string, ProviderCount>();
  for (const user of users) {
    const mine = new Map<string, number>();
    for (const { auth_provider } of user.externalIds) mine.set(auth_provider, (mine.get(auth_provider) ?? 0) + 1);
    for (const [provider, ids] of mine) {
      const count = counts.get(provider) ?? { provider, users: 0, ids: 0, several: 0, hidden: 0, only: 0 };
      count.users += 1;
      count.ids += ids;
      if (ids > 1) count.several += 1;
      if (user.deactivated || user.locked) count.hidden += 1;
      if (mine.size === 1) count.only += 1;
      counts.set(provider, count);
    }
  }
  return [...counts.values()].toSorted((a, b) => b.users - a.users || compare(a.provider, b.provider));
}

/**
 * The provider of sign-in that these ids belong to. Exact: `identity_providers[].id` is the very string that Synapse writes as
 * `auth_provider`, `oidc-` included (`synapse/config/oidc.py:265`, `rest/client/login.py:583`). A near miss is another provider.
 */
export function offeredAs(provider: string, offered: readonly OfferedProvider[]): OfferedProvider | undefined {
  return offered.find(({ id }) => id === provider);
}

export interface ExternalIdsRow extends PlanRow {
  user: UserFound | null;
  removes: readonly ExternalId[];
  keeps: readonly ExternalId[];
  /** No external id is left. Whether there is a password the API does not tell. */
  leftWithNone: boolean;
  isMe: boolean;
}

export interface ExternalIdsPlan {
  provider: string;
  rows: readonly ExternalIdsRow[];
  /** What the run will do: the rows with the verdict `will`. */
  items: readonly RemovalItem[];
  idCount: number;
  leftWithNone: number;
  /** Deactivated or locked users among those that change. */
  hidden: number;
  /** The admin's own account is among those that change. */
  me: ExternalIdsRow | null;
}

/** One user whose ids of the provider are removed: exactly these, or none where the server moved on. */
export interface RemovalItem {
  userId: string;
  provider: string;
  removes: readonly ExternalId[];
  /** The whole list as it was planned on: goes into the backup. */
  planned: readonly ExternalId[];
}

interface PlanInput {
  scanned: Scanned;
  provider: string;
  /** Only these; null = everyone who was read. */
  only: readonly string[] | null;
  /** Who is signed in. */
  me: string;
  /** Users sign in through MAS: what is left in Synapse locks nobody out. */
  mas?: boolean;
}

/** Who loses which ids, who is left with none, who has nothing to lose. Pure: what the homeserver says is handed in. */
export function planRemoval({ scanned, provider, only, me, mas = false }: PlanInput): ExternalIdsPlan {
  const wanted = only && new Set(only);
  const rows: ExternalIdsRow[] = [];
  for (const user of scanned.users) {
    if (!wanted || wanted.has(user.userId)) rows.push(rowOf(user, provider, me, mas));
    wanted?.delete(user.userId);
  }
  for (const { userId, reason } of scanned.missing) {
    if (!wanted || wanted.has(userId)) rows.push(cannot(userId, reason, me));
    wanted?.delete(userId);
  }
  for (const userId of wanted ?? []) rows.push(cannot(userId, 'Not among the users that were read', me));
  rows.sort((a, b) => RANK[a.verdict] - RANK[b.verdict] || compare(a.id, b.id));
  return planOf(provider, rows);
}

/** What these rows come down to. */
export function planOf(provider: string, rows: readonly ExternalIdsRow[]): ExternalIdsPlan {
  const will = rows.filter((row) => row.verdict === 'will');
  return {
    provider,
    rows,
    items: will.map((row) => ({
      userId: row.id,
      provider,
      removes: row.removes,
      planned: row.user?.externalIds ?? [],
    })),
    idCount: will.reduce((sum, row) => sum + row.removes.length, 0),
    leftWithNone: will.filter((row) => row.leftWithNone).length,
    hidden: will.filter(isHidden).length,
    me: will.find((row) => row.isMe) ?? null,
  };
}

/** Lists leave these out, and their ids go on blocking. */
export const isHidden = ({ user }: ExternalIdsRow): boolean => user?.deactivated === true || user?.locked === true;

const RANK = { will: 0, cannot: 1, nothing: 2 } as const;

function rowOf(user: UserFound, provider: string, me: string, mas: boolean): ExternalIdsRow {
  const removes = user.externalIds.filter((id) => id.auth_provider === provider);
  const keeps = user.externalIds.filter((id) => id.auth_provider !== provider);
  const leftWithNone = removes.length > 0 && keeps.length === 0;
  return {
    id: user.userId,
    verdict: removes.length > 0 ? 'will' : 'nothing',
    reason: reasonOf(user, removes.length, leftWithNone, mas),
    user,
    removes,
    keeps,
    leftWithNone,
    isMe: user.userId === me,
  };
}

function reasonOf(user: UserFound, removes: number, leftWithNone: boolean, mas: boolean): string {
  if (removes === 0) {
    return user.externalIds.length === 0 ? 'Has no external id at all' : 'Has no id of this provider';
  }
  if (!leftWithNone) return 'Keeps ids of other providers';
  if (user.deactivated) return 'Left with no external id; deactivated';
  if (mas) return 'Left with no external id in Synapse; signs in through MAS';
  return 'Left with no external id; whether there is a password is unknown';
}

function cannot(userId: string, reason: string, me: string): ExternalIdsRow {
  const nothing = { user: null, removes: [], keeps: [], leftWithNone: false };
  return { id: userId, verdict: 'cannot', reason, isMe: userId === me, ...nothing };
}

/** Same ids, whatever the order: the server promises none. */
export function sameIds(one: readonly ExternalId[], other: readonly ExternalId[]): boolean {
  return idKeys(one) === idKeys(other);
}

const idKeys = (ids: readonly ExternalId[]): string => JSON.stringify(ids.map(idKey).toSorted());

const idKey = (id: ExternalId): string => JSON.stringify([id.auth_provider, id.external_id]);

/** `oidc-google: 1001`, to be read: nothing in it is hidden, and it turns no word around it. */
export const idWords = (id: ExternalId): string => `${isolated(id.auth_provider)}: ${isolated(id.external_id)}`;

/** One after the other, for people; `none` for an empty list. */
export const idsWords = (ids: readonly ExternalId[]): string =>
  ids.length === 0 ? 'none' : ids.map(idWords).join(' · ');

/** The same as they are, for files. */
export const idsAsTheyAre = (ids: readonly ExternalId[]): string =>
  ids.length === 0 ? 'none' : ids.map((id) => `${id.auth_provider}: ${id.external_id}`).join(' · ');

/** By code unit: the same everywhere. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface BackupFacts {
  plan: ExternalIdsPlan;
  homeserver: string;
  user: string;
  /** Epoch ms. */
  now: number;
}

/** What is needed to put each removed id back, as JSON: saved before the first PUT, since the API can't tell it afterwards. */
export function backupText({ plan, homeserver, user, now }: BackupFacts): string {
  const users = plan.items.map((item) => ({ user_id: item.userId, external_ids: item.planned, removes: item.removes }));
  const head = {
    backup: 'glia-external-ids',
    version: 1,
    homeserver,
    made_by: user,
    made: new Date(now).toISOString(),
  };
  return `${JSON.stringify({ ...head, auth_provider: plan.provider, users }, null, 1)}\n`;
}
