import { describe, expect, it } from 'vitest';
import { flag, present, readPlace, text, type Place } from '~/lib/places';
import { allActions, actionOf } from './all';
import { hasAll, sameState, refusalOf, stateOf } from './reading';

describe('what an action finds in an answer', () => {
  it('a flag may be absent, null, a number as in the database, or true and false', () => {
    const found = [{}, { a: null }, { a: 0 }, { a: false }, { a: 1 }, { a: true }];
    expect(found.map((one) => readPlace(one, flag('a')))).toEqual([false, false, false, false, true, true]);
    expect(() => readPlace({ a: 'no' }, flag('a'))).toThrow(TypeError);
  });

  it('a boolean is said outright, or the answer is in no form that is known', () => {
    const place: Place = { at: ['a'], as: 'boolean' };
    expect([readPlace({ a: true }, place), readPlace({ a: false }, place)]).toEqual([true, false]);
    for (const odd of [{}, { a: null }, { a: 0 }, { a: 1 }]) expect(() => readPlace(odd, place)).toThrow(TypeError);
  });

  it('a thing is present unless it is null or absent, on whatever way there', () => {
    const found = [null, {}, { a: 1 }, { a: { b: null } }, { a: { b: '' } }];
    expect(found.map((one) => readPlace(one, present('a', 'b')))).toEqual([false, false, false, false, true]);
  });

  it('times are read as ms, whatever the answer counts in', () => {
    expect(readPlace({ t: 2 }, { at: ['t'], as: 'seconds' })).toBe(2000);
    expect(readPlace({ t: 2 }, { at: ['t'], as: 'ms' })).toBe(2);
    expect(readPlace({}, { at: ['t'], as: 'seconds' })).toBeNull();
  });

  it('an answer that is the state itself has its numbers and nothing else; none is null', () => {
    const limit = actionOf('user.rate-limit');
    if (!limit) throw new Error('There is no such action.');
    expect(stateOf(limit, null)).toBeNull();
    expect(stateOf(limit, { burst_count: 2, messages_per_second: 1, more: true })).toEqual({
      messages_per_second: 1,
      burst_count: 2,
    });
  });

  it('one’s own account is refused by its name alone', () => {
    const own = allActions.filter((action) => refusalOf(action, {}, { id: '@me:a', me: '@me:a' }) !== null);
    expect(own.map(({ kind }) => kind).toSorted()).toEqual([
      'user.deactivate',
      'user.lock',
      'user.login-as',
      'user.revoke-admin',
      'user.shadow-ban',
      'user.suspend',
    ]);
    expect(own.map((action) => refusalOf(action, {}, { id: '@other:a', me: '@me:a' }))).toEqual(own.map(() => null));
  });
});

it('does not mind the order of a list, but what is in it', () => {
  const [a, b] = [
    { x: '1', y: '2' },
    { x: '1y', y: '' },
  ];
  expect(sameState({ ids: [a, b] }, { ids: [b, a] })).toBe(true);
  expect(sameState({ ids: [a] }, { ids: [a, a] })).toBe(false);
  expect(sameState({ ids: [a] }, { ids: [b] })).toBe(false);
  expect([hasAll({ ids: [a, b] }, { ids: [b] }), hasAll({ ids: [a] }, { ids: [a, b] })]).toEqual([true, false]);
  // Where there is no list, nothing can be said.
  expect(hasAll({ locked: true }, { locked: true })).toBe(false);
});

it('reads a list by the texts that tell its members apart; what is in another form is an error', () => {
  const place: Place = { at: ['ids'], as: 'list', of: ['x'] };
  expect(readPlace({ ids: [{ x: '1', more: 2 }] }, place)).toEqual([{ x: '1' }]);
  for (const ids of [undefined, null, {}, [1], [{ x: 1 }], [{}]]) {
    expect(() => readPlace({ ids }, place)).toThrow(TypeError);
  }
});

const shared = (names: readonly string[]) => names.filter((name, at) => names.indexOf(name) !== at);

it('each action is known by an icon that no other of Synapse’s has, and none that stands beside it in a menu', () => {
  expect(shared(allActions.filter(({ at }) => at !== 'mas').map(({ icon }) => icon))).toEqual([]);
  expect(shared(allActions.map(({ entity, icon }) => `${entity}: ${icon}`))).toEqual([]);
});

it('a text is null where there is none or an empty one, and nothing else is taken for one', () => {
  expect([{}, { a: null }, { a: '' }, { a: 'x' }].map((one) => readPlace(one, text('a')))).toEqual([
    null,
    null,
    null,
    'x',
  ]);
  expect(() => readPlace({ a: 1 }, text('a'))).toThrow(TypeError);
});
