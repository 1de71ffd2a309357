import { describe, expect, it } from 'vitest';
import { tokenState, type RegistrationToken } from '~/api/registration-tokens';
import { countStates, shownTokens } from './token-list';

const NOW = 1_700_000_000_000;
const make = (token: string, given: Partial<RegistrationToken> = {}): RegistrationToken => ({
  token,
  uses_allowed: null,
  pending: 0,
  completed: 0,
  expiry_time: null,
  ...given,
});

describe('the state of a registration token', () => {
  it.each([
    ['without a limit', {}, 'usable'],
    ['with a use left', { uses_allowed: 2, completed: 1 }, 'usable'],
    ['whose last use is being made', { uses_allowed: 2, completed: 1, pending: 1 }, 'used-up'],
    ['that may never be used', { uses_allowed: 0 }, 'used-up'],
    ['whose time comes', { expiry_time: NOW + 1 }, 'usable'],
    ['whose time is over', { expiry_time: NOW }, 'expired'],
    ['that is both used up and expired', { uses_allowed: 1, completed: 1, expiry_time: 1 }, 'expired'],
  ] as const)('of one %s', (_, given, state) => {
    expect(tokenState(make('a', given), NOW)).toBe(state);
  });
});

describe('the list of registration tokens', () => {
  const tokens = [
    make('Summer', { completed: 9 }),
    make('winter', { expiry_time: NOW - 1, completed: 3 }),
    make('autumn', { expiry_time: NOW + 1 }),
  ];
  const usual = { search: '', only: null, sort: { column: 'token', descending: false } } as const;
  const names = (list: Parameters<typeof shownTokens>[1]) => shownTokens(tokens, list, NOW).map(({ token }) => token);

  it('finds part of a token, in capitals or not', () => {
    expect(names({ ...usual, search: ' SUMM ' })).toEqual(['Summer']);
  });

  it('shows one state alone, and counts each', () => {
    expect(names({ ...usual, only: 'expired' })).toEqual(['winter']);
    expect(countStates(tokens, NOW)).toEqual({ usable: 2, 'used-up': 0, expired: 1 });
  });

  it('sorts what never expires last', () => {
    expect(names({ ...usual, sort: { column: 'expiry_time', descending: false } })).toEqual([
      'winter',
      'autumn',
      'Summer',
    ]);
    expect(names({ ...usual, sort: { column: 'completed', descending: true } })).toEqual([
      'Summer',
      'winter',
      'autumn',
    ]);
  });
});
