import { expect, it } from 'vitest';
import { handedWords, readUsers } from './users';

it('keeps this homeserver’s users, completes bare names, and names what it leaves out with its line', () => {
  const { ids, problems } = readUsers('@anna:example.org\nben, @x:other.org\n!room:example.org', 'example.org');
  expect(ids).toEqual(['@anna:example.org', '@ben:example.org']);
  expect(problems).toEqual([
    'Line 3: “!room:example.org”. This is a room, not a user.',
    '@x:other.org: a user of another homeserver has no local media here.',
  ]);
});

it('says what was handed over with its number', () => {
  expect(handedWords({ ids: ['@a:b', '@c:b'] })).toBe('The 2 users selected in the list');
  expect(handedWords({ filter: {}, total: 1204 })).toBe('All 1,204 users that match the list’s filter');
});
