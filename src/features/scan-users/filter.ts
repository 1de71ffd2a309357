import * as z from 'zod/mini';
import { oneOf, readParams, searchText, writeParams } from '~/data/list-state';
import { is, type Flag, type ScannedUser } from '~/job-store/scanned-user';
import { parseSize } from '~/lib/bytes';
import { startOfDay } from '~/lib/dates';
import { needlesOf } from '~/lib/needles';
import { isTime } from '~/lib/times';

/** Which of the scanned users are shown, as it stands in the URL, and who matches it. */

const yesNo = oneOf(['any', 'yes', 'no'], 'any');
const words = z._default(searchText, '');
const ORDERS = ['name', 'displayname', 'created', 'seen', 'devices', 'storage'] as const;
export type Order = (typeof ORDERS)[number];
export const COLUMNS = [
  'status',
  'emails',
  'external_ids',
  'devices',
  'storage',
  'created',
  'seen',
  'type',
  'appservice',
  'consent',
] as const;
export type ColumnId = (typeof COLUMNS)[number];
const USUAL_COLUMNS: readonly ColumnId[] = ['status', 'emails', 'external_ids', 'devices', 'storage', 'seen'];

const schema = z.object({
  q: words,
  suspended: z._default(yesNo, 'any'),
  locked: z._default(yesNo, 'any'),
  deactivated: z._default(yesNo, 'any'),
  shadow_banned: z._default(yesNo, 'any'),
  erased: z._default(yesNo, 'any'),
  admin: z._default(yesNo, 'any'),
  is_guest: z._default(yesNo, 'any'),
  email: z._default(oneOf(['any', 'none', 'some'], 'any'), 'any'),
  /** What stands behind the @ of an address. */
  domain: words,
  /** `any`, `none`, `some`, or `of:` and the provider. */
  provider: words,
  type: words,
  appservice: words,
  consent: z._default(oneOf(['any', 'none', 'some'], 'any'), 'any'),
  devices_over: words,
  storage_over: words,
  created_from: words,
  created_to: words,
  seen: z._default(oneOf(['any', 'before', 'before-or-never', 'never'], 'any'), 'any'),
  seen_before: words,
  order_by: z._default(oneOf(ORDERS, 'created'), 'created'),
  /** The newest first. */
  dir: z._default(oneOf(['f', 'b'], 'b'), 'b'),
  columns: z._default(words, USUAL_COLUMNS.join(',')),
});
export type Filter = z.output<typeof schema> & { readonly page: number };

export const NO_FILTER: Filter = { ...readParams(schema, new URLSearchParams()), page: 1 };

export const filterParams = {
  read: (params: URLSearchParams): Filter => ({ ...readParams(schema, params), page: 1 }),
  write: (state: Filter): URLSearchParams => writeParams({ ...state }, { ...NO_FILTER }),
};

export const shownColumns = ({ columns }: Filter): readonly ColumnId[] => {
  const wanted = new Set(columns.split(','));
  return COLUMNS.filter((id) => wanted.has(id));
};

const FLAGS: readonly Flag[] = ['suspended', 'locked', 'deactivated', 'shadow_banned', 'erased', 'admin', 'is_guest'];
/** What stands behind “More filters”. */
const MORE = [
  'locked',
  'deactivated',
  'shadow_banned',
  'erased',
  'admin',
  'is_guest',
  'domain',
  'type',
  'appservice',
  'consent',
  'created_from',
  'created_to',
  'seen',
] as const;
const FIRST = ['suspended', 'email', 'provider', 'devices_over', 'storage_over'] as const;

const countSet = (filter: Filter, names: readonly (keyof Filter)[]): number =>
  names.filter((name) => filter[name] !== NO_FILTER[name] && filter[name] !== 'any').length;

export const moreSet = (filter: Filter): number => countSet(filter, MORE);
export const filtersSet = (filter: Filter): number => countSet(filter, [...FIRST, ...MORE]);
export const isFiltered = (filter: Filter): boolean => filter.q !== '' || filtersSet(filter) > 0;

/** What selects users, and not how they are shown: by it “all that match” is known again. */
export function filterKey(filter: Filter): string {
  const { order_by, dir, columns, page } = NO_FILTER;
  return JSON.stringify({ ...filter, order_by, dir, columns, page });
}

/** What was typed for a number; null: nothing, or nothing that can be read. */
export function numberOver(typed: string): number | null {
  return /^\d{1,9}$/.test(typed) ? Number(typed) : null;
}

/** `1 GB`, `500 MB`; a number alone counts in MB. Null: nothing, or nothing that can be read. */
export function bytesOver(typed: string): number | null {
  if (typed === '') return null;
  const read = parseSize(typed, 'MB');
  return read.ok ? read.bytes : null;
}

type Test = (user: ScannedUser) => boolean;

/** A test for each part of the filter that is set. What a scan doesn’t know matches no filter that asks for it. */
function testsOf(filter: Filter): Test[] {
  const tests: Test[] = [];
  for (const flag of FLAGS) {
    const wanted = filter[flag as 'suspended'];
    if (wanted !== 'any') tests.push((user) => is(user, flag) === (wanted === 'yes'));
  }
  if (filter.email !== 'any') tests.push(({ emails }) => emails.length > 0 === (filter.email === 'some'));
  const domain = filter.domain.replace(/^@/, '').toLowerCase();
  if (domain !== '') tests.push(({ emails }) => emails.some((address) => domainOf(address) === domain));
  addChoice(tests, filter.provider, ({ externalIds }, provider) =>
    provider === undefined ? externalIds.length > 0 : externalIds.some((one) => one.auth_provider === provider),
  );
  addChoice(tests, filter.type, ({ userType }, type) =>
    type === undefined ? userType !== null && userType !== '' : userType === type,
  );
  addChoice(tests, filter.appservice, ({ appservice }, id) =>
    id === undefined ? appservice !== null : appservice === id,
  );
  if (filter.consent !== 'any') tests.push(({ consent }) => (consent !== null) === (filter.consent === 'some'));
  const devices = numberOver(filter.devices_over);
  if (devices !== null) tests.push((user) => user.devices !== null && user.devices > devices);
  const bytes = bytesOver(filter.storage_over);
  if (bytes !== null) tests.push((user) => user.bytes !== null && user.bytes > bytes);
  addTimes(tests, filter);
  const needles = filter.q === '' ? [] : needlesOf(filter.q);
  if (needles.length > 0) tests.push((user) => needles.some((needle) => mentions(user, needle)));
  return tests;
}

/** @param has whether a user has this one; undefined: any at all */
function addChoice(tests: Test[], choice: string, has: (user: ScannedUser, one?: string) => boolean): void {
  if (choice === 'none') tests.push((user) => !has(user));
  if (choice === 'some') tests.push((user) => has(user));
  if (!choice.startsWith('of:')) return;
  const one = choice.slice('of:'.length);
  tests.push((user) => has(user, one));
}

function addTimes(tests: Test[], filter: Filter): void {
  const from = startOfDay(filter.created_from);
  if (from !== null) tests.push(({ createdAt }) => isTime(createdAt) && createdAt >= from);
  const to = startOfDay(filter.created_to);
  // The whole day is meant.
  const end = to === null ? null : startOfNextDay(to);
  if (end !== null) tests.push(({ createdAt }) => isTime(createdAt) && createdAt < end);
  if (filter.seen === 'never') tests.push(({ seenAt }) => seenAt === null);
  const before = startOfDay(filter.seen_before);
  if (before === null || !filter.seen.startsWith('before')) return;
  const never = filter.seen === 'before-or-never';
  tests.push(({ seenAt }) => (seenAt === null ? never : seenAt < before));
}

function startOfNextDay(ms: number): number {
  const next = new Date(ms);
  // Not 24 hours: a day may have 23 or 25.
  next.setDate(next.getDate() + 1);
  return next.getTime();
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

const has = (text: string | null, needle: string): boolean => text !== null && text.toLowerCase().includes(needle);

const mentions = ({ userId, displayname, emails, externalIds }: ScannedUser, needle: string): boolean =>
  has(userId, needle) ||
  has(displayname, needle) ||
  emails.some((address) => has(address, needle)) ||
  externalIds.some(({ external_id }) => has(external_id, needle));

/** Whether a user matches the whole filter. */
export function matcherOf(filter: Filter): (user: ScannedUser) => boolean {
  const tests = testsOf(filter);
  return (user) => tests.every((test) => test(user));
}

/** Which comes first; users of whom it is not known come last, in either direction. */
export function comparerOf({ order_by, dir }: Pick<Filter, 'order_by' | 'dir'>) {
  const sign = dir === 'b' ? -1 : 1;
  const value = VALUES[order_by];
  return (a: ScannedUser, b: ScannedUser): number => {
    const [one, other] = [value(a), value(b)];
    if (one === null || other === null) {
      if (one !== other) return one === null ? 1 : -1;
    } else if (one !== other) return one < other ? -sign : sign;
    // Nobody has two places: a list that is read twice stays as it was.
    return a.userId < b.userId ? -1 : 1;
  };
}

const VALUES: Readonly<Record<Order, (user: ScannedUser) => string | number | null>> = {
  name: ({ userId }) => userId,
  displayname: ({ displayname }) => displayname,
  created: ({ createdAt }) => createdAt,
  seen: ({ seenAt }) => seenAt,
  devices: ({ devices }) => devices,
  storage: ({ bytes }) => bytes,
};
