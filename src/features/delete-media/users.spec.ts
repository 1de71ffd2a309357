import { expect, it } from 'vitest';
import { readUsers } from './users';

it('keeps this homeserver’s users, and names what it leaves out with its line', () => {
  const { ids, problems } = readUsers('@anna:example.org\n@x:other.org\n!room:example.org', 'example.org');
  expect(ids).toEqual(['@anna:example.org']);
  expect(problems).toEqual([
    { line: 2, text: '@x:other.org', reason: 'A user of another homeserver has no local media here.' },
    { line: 3, text: '!room:example.org', reason: 'This is a room, not a user.' },
  ]);
});

it('takes no bare word for a user, even where there is nothing else: their files would be gone for good', () => {
  for (const text of [
    'admin',
    '@u1:example.org;admin',
    'id,displayname,password,is_guest,admin,deactivated',
    '@admin',
  ]) {
    expect(readUsers(text, 'example.org').ids.filter((id) => id !== '@u1:example.org')).toEqual([]);
  }
  expect(readUsers('admin', 'example.org').parsed.waiting).toEqual(['admin']);
});
