import type { UserRow } from '~/api/users';
import { looksBridged } from '~/api/wildcards';
import { startOfDay } from '~/lib/dates';
import type { CreatedIn } from './users-reader';
import type { UserListState } from './user-list';

/** What Synapse can't filter by, though its list says it of each user: the rows that were read are filtered here. */

type RowFilters = Pick<
  UserListState,
  'created_from' | 'created_to' | 'seen' | 'seen_before' | 'shadow_banned' | 'erased' | 'type_is'
>;

/** From local midnight at the start of one day to the end of another; null where neither is set. */
export function createdIn({ created_from, created_to }: Pick<RowFilters, 'created_from' | 'created_to'>) {
  const from = startOfDay(created_from);
  const lastDay = startOfDay(created_to);
  if (from === null && lastDay === null) return null;
  const span: CreatedIn = { ...(from !== null && { from }), ...(lastDay !== null && { before: endOf(lastDay) }) };
  return span;
}

/** The day may have 23 or 25 hours. */
const endOf = (day: number): number => new Date(day).setDate(new Date(day).getDate() + 1);

/** Whether `seen` says something: “before” needs a day. */
export const filtersBySeen = ({ seen, seen_before }: Pick<RowFilters, 'seen' | 'seen_before'>): boolean =>
  seen === 'unknown' || (seen !== 'any' && startOfDay(seen_before) !== null);

/** How many filters are set that only rows that were read can be held against. */
export function rowFiltersSet(state: RowFilters): number {
  return [
    createdIn(state) !== null,
    filtersBySeen(state),
    state.shadow_banned !== 'any',
    state.erased !== 'any',
    state.type_is !== '',
  ].filter(Boolean).length;
}

/** Whether the whole list must be read before anything can be shown that holds for all of it. */
export const needsAll = (state: UserListState): boolean => state.read === 'all' || rowFiltersSet(state) > 0;

const holds = (choice: 'any' | 'only' | 'none', is: boolean | null | undefined): boolean =>
  choice === 'any' || (choice === 'only') === (is === true);

function fitsSeen({ seen, seen_before }: RowFilters, at: number | null | undefined): boolean {
  const before = startOfDay(seen_before);
  if (seen === 'unknown') return at == null;
  if (seen === 'any' || before === null) return true;
  return at == null ? seen === 'before-or-unknown' : at < before;
}

/** Whether the row fits the filters but for `bridged`, so that the rows which that hides can be counted. */
export function fitsRow(state: RowFilters, user: UserRow): boolean {
  const created = createdIn(state);
  return (
    (created?.from === undefined || (user.creation_ts ?? -Infinity) >= created.from) &&
    (created?.before === undefined || (user.creation_ts ?? Infinity) < created.before) &&
    fitsSeen(state, user.last_seen_ts) &&
    holds(state.shadow_banned, user.shadow_banned) &&
    holds(state.erased, user.erased) &&
    (state.type_is === '' || (user.user_type ?? '') === state.type_is)
  );
}

export interface RowsFound {
  readonly rows: readonly UserRow[];
  /** Bridged users that fit otherwise, and are hidden. */
  readonly bridged: number;
}

/** The rows that fit, in the order of the list; what is unknown comes last. */
export function findRows(users: readonly UserRow[], state: UserListState): RowsFound {
  const fitting = users.filter((user) => fitsRow(state, user));
  const rows = state.bridged === 'none' ? fitting.filter(({ name }) => !looksBridged(name)) : fitting;
  const { order_by, dir } = state;
  const sign = dir === 'b' ? -1 : 1;
  const sorted = rows.toSorted((a, b) => {
    const [one, other] = [a[order_by] ?? null, b[order_by] ?? null];
    if (one === other) return compare(a.name, b.name);
    if (one === null) return 1;
    if (other === null) return -1;
    return sign * compare(one, other);
  });
  return { rows: sorted, bridged: fitting.length - rows.length };
}

const compare = <T extends string | number | boolean>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
