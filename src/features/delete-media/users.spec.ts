import { expect, it } from 'vitest';
import { readUsers } from './users';

it('keeps this homeserver’s users, completes bare names, and names what it leaves out with its line', () => {
  const { ids, problems } = readUsers('@anna:example.org\nben, @x:other.org\n!room:example.org', 'example.org');
  expect(ids).toEqual(['@anna:example.org', '@ben:example.org']);
  expect(problems).toEqual([
    'Line 3: “!room:example.org”. This is a room, not a user.',
    '@x:other.org: a user of another homeserver has no local media here.',
  ]);
});
