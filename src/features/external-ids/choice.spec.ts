import { describe, expect, it } from 'vitest';
import { wordsOf } from '~/lib/words';
import { FIRST_READ, FIRST_REMOVE, holdersOf, leftText, ruleText, type ReadChoice, type RemoveChoice } from './choice';

const words = (read: Partial<ReadChoice>, remove: Partial<RemoveChoice> = {}) =>
  wordsOf(ruleText({ ...FIRST_READ, ...read }, { ...FIRST_REMOVE, ...remove }, 'example.org'));

describe('the rule in words', () => {
  it('says among which users the IDs are removed', () => {
    expect(words({})).toBe('everyone who has one');
    expect(words({ from: 'handed', handed: { ids: ['@a:x', '@b:x'] } })).toBe(
      'everyone who has one among the 2 users selected in the list',
    );
    expect(words({ from: 'named', text: '@a:x @b:x @c:x @d:x' })).toBe(
      'everyone who has one among 4 users chosen one by one',
    );
  });

  it('names the only users that are meant', () => {
    expect(words({}, { from: 'some', some: '@anna:example.org' })).toBe('only @anna:example.org');
  });

  it('does not name users who are left out of the plan', () => {
    expect(wordsOf(leftText(['@a:x']))).toBe('only @a:x');
    expect(wordsOf(leftText(['@a:x', '@b:x', '@c:x', '@d:x']))).toBe('only 4 users chosen one by one');
  });
});

it('a provider is renamed for exactly those who have an ID of it, or who of them are named', () => {
  const users = ['old', 'old', 'older'].map((auth_provider, index) => ({
    userId: `@${index}:x`,
    externalIds: [{ auth_provider, external_id: String(index) }],
    displayname: null,
    createdAt: 1,
    admin: false,
    deactivated: false,
    locked: false,
  }));
  const result = { users, missing: [], whom: { kind: 'everyone' as const }, at: 1, notes: [] };
  expect(holdersOf(result, 'old', null)).toEqual(['@0:x', '@1:x']);
  expect(holdersOf(result, 'old', ['@1:x', '@2:x', '@3:x'])).toEqual(['@1:x']);
});
