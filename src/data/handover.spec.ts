import { describe, expect, it } from 'vitest';
import { MockHomeserver } from '~/mocks/homeserver';
import { wordsOf } from '~/lib/words';
import { filterWords, handedWords, handOver, mayMatchFewer, takeHandover } from './handover';
import { signOut } from './session';
import { signInTo } from '~/testing/signed-in';

it('what was selected reaches the wizard that was opened with it, once, and no other', () => {
  const users = { ids: ['@a:b'] };
  handOver('/join-rooms/choose', { users });
  expect(takeHandover('/delete-media/choose')).toEqual({});
  expect(takeHandover('/join-rooms/choose')).toEqual({ users });
  expect(takeHandover('/join-rooms/choose')).toEqual({});
});

it('what one admin selected is nothing to the next', () => {
  signInTo(new MockHomeserver());
  handOver('/join-rooms/choose', { users: { ids: ['@a:b'] } });
  signOut();
  expect(takeHandover('/join-rooms/choose')).toEqual({});
});

it('a search may match fewer where the server’s name has a port: it then finds everybody by that name', () => {
  signInTo(new MockHomeserver({ serverName: 'example.org:8448' }));
  expect(mayMatchFewer({ name: 'org' })).toBe(true);
  expect(mayMatchFewer({ locked: true })).toBe(false);
  expect(wordsOf(handedWords({ filter: { name: 'org', locked: true }, total: 34 }))).toBe(
    'all users that match the filter (at most 34): name contains “org”',
  );
  signOut();
  expect(mayMatchFewer({ name: 'org' })).toBe(false);
});

describe('what was handed over by a list', () => {
  it('is said with its number, and with its name where it is one', () => {
    expect(wordsOf(handedWords({ ids: ['@a:b', '@c:b'] }))).toBe('the 2 users selected in the list');
    expect(wordsOf(handedWords({ ids: ['@a:b'] }))).toBe('@a:b');
    expect(wordsOf(handedWords({ filter: { name: 'anna', locked: true }, total: 1204 }))).toBe(
      'all 1,204 users that match the filter: name contains “anna”',
    );
  });

  it('says every part of a filter', () => {
    expect(wordsOf(filterWords({ locked: true }))).toBe('all users');
    expect(wordsOf(filterWords({ locked: true, guests: false }))).toBe('no guests');
    expect(
      wordsOf(filterWords({ name: 'x', admins: true, deactivated: false, not_user_type: ['bot', 'support'] })),
    ).toBe('name contains “x”, only admins, no deactivated users, no locked users, no bots or other special users');
    expect(wordsOf(filterWords({ locked: true, admins: false, deactivated: true, not_user_type: [''] }))).toBe(
      'no admins, only deactivated users, only bots and other special users',
    );
  });
});
