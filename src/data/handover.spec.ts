import { describe, expect, it } from 'vitest';
import { MockHomeserver } from '~/mocks/homeserver';
import { filterWords, handedWords, handOver, matchingCount, takeHandover } from './handover';
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

it('counts “at most” where the server’s name has a port: a search finds everybody by that name', () => {
  signInTo(new MockHomeserver({ serverName: 'example.org:8448' }));
  expect(matchingCount({ filter: { name: 'org' }, total: 34 }, 'user')).toBe('users (at most 34)');
  expect(matchingCount({ filter: { locked: true }, total: 34 }, 'user')).toBe('34 users');
  signOut();
  expect(matchingCount({ filter: { name: 'org' }, total: 34 }, 'user')).toBe('34 users');
});

describe('what was handed over by a list', () => {
  it('is said with its number, and with its name where it is one', () => {
    expect(handedWords({ ids: ['@a:b', '@c:b'] })).toBe('the 2 users selected in the list');
    expect(handedWords({ ids: ['@a:b'] })).toBe('@a:b');
    expect(handedWords({ filter: { name: 'anna', locked: true }, total: 1204 })).toBe(
      'all 1,204 users that match the list’s filter: name contains “anna”',
    );
  });

  it('says every part of a filter', () => {
    expect(filterWords({ locked: true })).toBe('every user');
    expect(filterWords({ locked: true, guests: false })).toBe('no guests');
    expect(filterWords({ name: 'x', admins: true, deactivated: false, not_user_type: ['bot', 'support'] })).toBe(
      'name contains “x”, only admins, no deactivated users, no locked users, no bots and the like',
    );
    expect(filterWords({ locked: true, admins: false, deactivated: true, not_user_type: [''] })).toBe(
      'no admins, only deactivated users, only bots and the like',
    );
  });
});
