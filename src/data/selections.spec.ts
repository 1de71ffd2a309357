import { expect, it } from 'vitest';
import { NOTHING_SELECTED, select } from '~/lib/selection';
import { MockHomeserver } from '~/mocks/homeserver';
import { signInTo } from '~/testing/signed-in';
import { selectionOf } from './selections';
import { signOut } from './session';

const ME = { baseUrl: 'https://demo.example', userId: '@admin:demo.example' };
const SIGHT = { filter: '{}', shown: ['a'] };

it('a selection belongs to one list of one account at one homeserver, and ends when it signs out', () => {
  signInTo(new MockHomeserver());
  const users = selectionOf(ME, 'users');
  users.set(select(users.get(), SIGHT, ['a'], true));
  expect([...selectionOf(ME, 'users').get().ids]).toEqual(['a']);
  expect(selectionOf(ME, 'rooms').get()).toBe(NOTHING_SELECTED);
  expect(selectionOf({ ...ME, userId: '@other:demo.example' }, 'users').get()).toBe(NOTHING_SELECTED);
  expect(selectionOf({ ...ME, baseUrl: 'https://far.example' }, 'users').get()).toBe(NOTHING_SELECTED);
  signOut();
  expect(selectionOf(ME, 'users').get()).toBe(NOTHING_SELECTED);
});
