import type { ActionItem } from '~/actions/plan';
import type { ExternalId } from '~/api/users';
import type { Text } from '~/lib/text';
import type { PlanRow } from '~/ui/wizard/plan-rows';

/** What was read of a user: enough to plan. */
export interface UserFound {
  userId: string;
  displayname: string | null;
  externalIds: readonly ExternalId[];
  /** Of the account, ms: another one of the same name has another one. Null where the homeserver does not tell. */
  createdAt: number | null;
  admin: boolean;
  deactivated: boolean;
  locked: boolean;
}

/** What could not be read, and why. */
export interface UserMissing {
  userId: string;
  reason: Text;
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
  /** Users who have at least one ID of it. */
  users: number;
  ids: number;
  /** Users who have two or more IDs of it: allowed, and easily overlooked. */
  several: number;
  /** Deactivated or locked users among them: lists leave them out, but no other account can use their IDs. */
  hidden: number;
  /** Users who have no ID of another provider. */
  only: number;
}

/** Every provider that a user has an ID of, the most used first. */
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
 * The provider of sign-in that these IDs belong to. Exact: `identity_providers[].id` is the very string that Synapse writes as
 * `auth_provider`, `oidc-` included (`synapse/config/oidc.py:265`, `rest/client/login.py:583`). A similar name is another provider.
 */
export function offeredAs(provider: string, offered: readonly OfferedProvider[]): OfferedProvider | undefined {
  return offered.find(({ id }) => id === provider);
}

export interface ExternalIdsRow extends PlanRow {
  user: UserFound | null;
  removes: readonly ExternalId[];
  keeps: readonly ExternalId[];
  /** No external ID is left. The API doesn’t say whether there is a password. */
  leftWithNone: boolean;
  isMe: boolean;
}

export interface ExternalIdsPlan {
  provider: string;
  rows: readonly ExternalIdsRow[];
  /** What the run will do: the rows with the verdict `will`. */
  items: readonly ActionItem[];
  idCount: number;
  leftWithNone: number;
  /** Deactivated or locked users among those that change. */
  hidden: number;
  /** The admin's own account is among those that change. */
  me: ExternalIdsRow | null;
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

/** Who loses which IDs, who has none left, who has none to lose. It asks the homeserver nothing. */
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
  for (const userId of wanted ?? []) rows.push(cannot(userId, NOT_READ, me));
  rows.sort((a, b) => RANK[a.verdict] - RANK[b.verdict] || compare(a.id, b.id));
  return planOf(provider, rows);
}

/** What these rows come down to. */
export function planOf(provider: string, rows: readonly ExternalIdsRow[]): ExternalIdsPlan {
  const will = rows.filter((row) => row.verdict === 'will');
  return {
    provider,
    rows,
    items: will.map(itemOf),
    idCount: will.reduce((sum, row) => sum + row.removes.length, 0),
    leftWithNone: will.filter((row) => row.leftWithNone).length,
    hidden: will.filter(isHidden).length,
    me: will.find((row) => row.isMe) ?? null,
  };
}

const itemOf = ({ id, user, keeps }: ExternalIdsRow): ActionItem => ({
  id,
  planned: { external_ids: plain(user?.externalIds ?? []) },
  goal: { external_ids: plain(keeps) },
  identity: user?.createdAt ?? null,
});

/** As JSON, with nothing but the two parts of an ID. */
const plain = (ids: readonly ExternalId[]) =>
  ids.map(({ auth_provider, external_id }) => ({ auth_provider, external_id }));

/** Lists leave them out, but no other account can use their IDs. */
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

const NOT_READ = /*i18n*/ { id: 'ids.not-read', message: 'Not among the users that Glia read' };
const HAS_NONE = /*i18n*/ { id: 'ids.has-none', message: 'Has no external ID' };
const HAS_NONE_OF_IT = /*i18n*/ { id: 'ids.has-none-of-it', message: 'Has no ID of this provider' };
const KEEPS_OTHERS = /*i18n*/ { id: 'ids.keeps-others', message: 'Keeps IDs of other providers' };
const LEAVES_NONE_DEACTIVATED = /*i18n*/ {
  id: 'ids.leaves-none-deactivated',
  message: 'Will have no external ID left; deactivated',
};
const LEAVES_NONE_MAS = /*i18n*/ {
  id: 'ids.leaves-none-mas',
  message: 'Will have no external ID left in Synapse; signs in through MAS',
};
const LEAVES_NONE = /*i18n*/ {
  id: 'ids.leaves-none',
  message: 'Will have no external ID left; Glia can’t tell whether there is a password',
};

function reasonOf(user: UserFound, removes: number, leftWithNone: boolean, mas: boolean): Text {
  if (removes === 0) {
    return user.externalIds.length === 0 ? HAS_NONE : HAS_NONE_OF_IT;
  }
  if (!leftWithNone) return KEEPS_OTHERS;
  if (user.deactivated) return LEAVES_NONE_DEACTIVATED;
  if (mas) return LEAVES_NONE_MAS;
  return LEAVES_NONE;
}

function cannot(userId: string, reason: Text, me: string): ExternalIdsRow {
  const nothing = { user: null, removes: [], keeps: [], leftWithNone: false };
  return { id: userId, verdict: 'cannot', reason, isMe: userId === me, ...nothing };
}

/** By code unit: the same everywhere. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
