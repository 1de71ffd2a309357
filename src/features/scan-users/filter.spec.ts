import { describe, expect, it } from 'vitest';
import { bitOf, packUser, packedUsers, unpackUser, type ScannedUser } from '~/job-store/scanned-user';
import * as z from 'zod/mini';
import { costOf } from './choice';
import { facetsOf } from './facets';
import {
  bytesOver,
  comparerOf,
  filterKey,
  filterParams,
  filtersSet,
  isFiltered,
  matcherOf,
  NO_FILTER,
  type Filter,
} from './filter';

const NOBODY: ScannedUser = {
  userId: '@nobody:example.org',
  displayname: null,
  flags: 0,
  userType: null,
  appservice: null,
  createdAt: null,
  seenAt: null,
  consent: null,
  emails: [],
  phones: 0,
  externalIds: [],
  devices: null,
  bytes: null,
  files: null,
};
const at = (date: string) => new Date(`${date}T12:00:00`).getTime();
const ANNA: ScannedUser = {
  ...NOBODY,
  userId: '@anna:example.org',
  displayname: 'Anna Ä',
  flags: bitOf('suspended') | bitOf('erased'),
  userType: 'bot',
  appservice: 'irc',
  createdAt: at('2025-03-10'),
  seenAt: at('2025-06-01'),
  consent: '1.0',
  emails: ['anna@old.example', 'a@New.Example'],
  externalIds: [
    { auth_provider: 'oidc', external_id: 'A-1' },
    { auth_provider: 'oidc', external_id: 'A-2' },
  ],
  devices: 12,
  bytes: 1_500_000,
  files: 3,
};

const matches = (user: ScannedUser, filter: Partial<Filter>) => matcherOf({ ...NO_FILTER, ...filter })(user);
/** Which of the two it finds. */
const found = (filter: Partial<Filter>): string =>
  [matches(ANNA, filter) && 'anna', matches(NOBODY, filter) && 'nobody'].filter(Boolean).join(' ');

describe('a filter of scanned users', () => {
  it('finds everybody where none is set', () => expect(found({})).toBe('anna nobody'));

  it.each<[Partial<Filter>, string]>([
    [{ suspended: 'yes' }, 'anna'],
    [{ suspended: 'no' }, 'nobody'],
    [{ erased: 'yes' }, 'anna'],
    [{ locked: 'yes' }, ''],
    [{ email: 'none' }, 'nobody'],
    [{ email: 'some' }, 'anna'],
    [{ domain: 'new.example' }, 'anna'],
    [{ domain: '@old.example' }, 'anna'],
    [{ domain: 'example' }, ''],
    [{ provider: 'none' }, 'nobody'],
    [{ provider: 'some' }, 'anna'],
    [{ provider: 'of:oidc' }, 'anna'],
    [{ provider: 'of:saml' }, ''],
    [{ type: 'none' }, 'nobody'],
    [{ type: 'of:bot' }, 'anna'],
    [{ appservice: 'some' }, 'anna'],
    [{ appservice: 'of:irc' }, 'anna'],
    [{ consent: 'none' }, 'nobody'],
    [{ q: 'ANNA' }, 'anna'],
    [{ q: 'ä' }, 'anna'],
    [{ q: 'a-2' }, 'anna'],
    [{ q: '@new.example' }, 'anna'],
    [{ suspended: 'yes', email: 'none' }, ''],
  ])('%o finds: %s', (filter, who) => expect(found(filter)).toBe(who));

  it('takes “more than” for more than, and finds nobody of whom it is not known', () => {
    expect(found({ devices_over: '11' })).toBe('anna');
    expect(found({ devices_over: '12' })).toBe('');
    expect(found({ storage_over: '1.4' })).toBe('anna');
    expect(found({ storage_over: '1.5 MB' })).toBe('');
    expect(found({ devices_over: '0' })).toBe('anna');
  });

  it('filters by nothing that can’t be read, rather than hide everybody', () => {
    expect(found({ devices_over: 'many', storage_over: 'much', created_from: 'May' })).toBe('anna nobody');
    expect([bytesOver('1 GB'), bytesOver('5'), bytesOver('')]).toEqual([1e9, 5e6, null]);
  });

  it('counts whole days, the last one included', () => {
    expect(found({ created_from: '2025-03-10', created_to: '2025-03-10' })).toBe('anna');
    expect(found({ created_from: '2025-03-11' })).toBe('');
    expect(found({ created_to: '2025-03-09' })).toBe('');
  });

  it('tells “seen before” from “never, or unknown”', () => {
    const before = { seen_before: '2025-07-01' };
    expect(found({ ...before, seen: 'before' })).toBe('anna');
    expect(found({ ...before, seen: 'before-or-never' })).toBe('anna nobody');
    expect(found({ seen: 'never' })).toBe('nobody');
    expect(found({ ...before, seen: 'any' })).toBe('anna nobody');
  });

  it('is in the URL, the shortest way, and whatever stands there is read', () => {
    const filter: Filter = { ...NO_FILTER, email: 'none', provider: 'of:oidc-a&b', devices_over: '10' };
    const params = filterParams.write(filter);
    expect(params.toString()).toBe('email=none&provider=of%3Aoidc-a%26b&devices_over=10');
    expect(filterParams.read(params)).toEqual(filter);
    expect(filterParams.read(new URLSearchParams('email=7&suspended=perhaps&order_by=__proto__'))).toEqual(NO_FILTER);
    expect([filtersSet(filter), isFiltered(filter), isFiltered(NO_FILTER)]).toEqual([3, true, false]);
  });

  it('selects the same users in any order and with any columns', () => {
    const other: Filter = { ...NO_FILTER, order_by: 'storage', dir: 'b', columns: 'seen' };
    expect(filterKey(other)).toBe(filterKey(NO_FILTER));
    expect(filterKey({ ...other, q: 'a' })).not.toBe(filterKey(NO_FILTER));
  });
});

describe('the order', () => {
  it('puts users of whom it is not known last, whichever way it goes', () => {
    const small = { ...ANNA, userId: '@small:example.org', bytes: 1 };
    const sorted = (dir: 'f' | 'b') =>
      [NOBODY, ANNA, small].toSorted(comparerOf({ order_by: 'storage', dir })).map(({ userId }) => userId[1]);
    expect(sorted('f')).toEqual(['s', 'a', 'n']);
    expect(sorted('b')).toEqual(['a', 's', 'n']);
  });
});

it('a user on disk is the same user', () => {
  const packed = z.parse(packedUsers, JSON.parse(JSON.stringify([ANNA, NOBODY].map(packUser))));
  expect(packed.map(unpackUser)).toEqual([ANNA, NOBODY]);
});

it('each user counts once for a provider and a domain, the most common first', async () => {
  const berta = { ...NOBODY, emails: ['b@old.example', 'c@old.example'], externalIds: [] };
  const { providers, domains } = await facetsOf([ANNA, berta]);
  expect(providers).toEqual([{ value: 'oidc', users: 1 }]);
  expect(domains).toEqual([
    { value: 'old.example', users: 2 },
    { value: 'new.example', users: 1 },
  ]);
});

const requests = (devices: boolean, storage: boolean) => costOf(10_000, { devices, storage }).requests;

it('says what a scan costs: a request a user, one more with devices, one per 1,000 for lists', () => {
  expect([requests(false, false), requests(true, false), requests(true, true)]).toEqual([10_010, 20_010, 20_020]);
  expect(costOf(0, { devices: true, storage: true }).requests).toBe(2);
});
