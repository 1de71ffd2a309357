import { expect, it } from 'vitest';
import { inWords } from '~/testing/in-words';
import { readUsers } from './users';

it('keeps users of this homeserver, and lists what it leaves out with its line', () => {
  const { ids, problems } = readUsers('@anna:example.org\n@x:other.org\n!room:example.org', 'example.org');
  expect(ids).toEqual(['@anna:example.org']);
  expect(inWords(problems)).toEqual([
    { line: 2, text: '@x:other.org', reason: 'This is a user of another homeserver.' },
    { line: 3, text: '!room:example.org', reason: 'This is a room, not a user.' },
  ]);
});

it('takes no bare word for a user, even if there is nothing else', () => {
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

it.each([
  '# @u1:example.org',
  '#@u1:example.org',
  '#general:example.org, @u1:example.org',
  '// @u1:example.org',
  '-- @u1:example.org',
  '; @u1:example.org',
  '! @u1:example.org',
  '<!-- @u1:example.org -->',
  '<!--\n@u1:example.org\n-->',
  '/*\n@u1:example.org\n*/',
  '~~@u1:example.org~~',
  '- ~~@u1:example.org~~',
  '~~https://matrix.to/#/@u1:example.org~~',
  'Anna ~~<@u1:example.org>~~',
  '\u200B# @u1:example.org',
  '"# @u1:example.org"',
  'keep: @u1:example.org',
  'DO NOT DELETE @u1:example.org',
  'keep "@u1:example.org"',
  '@u1:example.org # keep',
  '@u1:example.org (left the company)',
  'Exported by @u1:example.org',
])('never takes an ID that is struck out, in a comment or only mentioned, and lists it: %j', (text) => {
  const { ids, problems } = readUsers(`${text}\n@u2:example.org`, 'example.org');
  expect(ids).toEqual(['@u2:example.org']);
  expect(problems.length).toBeGreaterThan(0);
});

it.each([
  'Anna Smith <@u1:example.org>',
  'Anna (@u1:example.org)',
  '[Anna Smith](https://matrix.to/#/@u1:example.org)',
  '<a href="https://matrix.to/#/@u1:example.org">Anna Smith</a>',
  'Anna Smith;@u1:example.org;yes',
  '- @u1:example.org',
  '3. @u1:example.org',
])('takes an ID beside a name, in brackets or in a cell of its own: %s', (text) => {
  expect(readUsers(text, 'example.org').ids).toEqual(['@u1:example.org']);
});
