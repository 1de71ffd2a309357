import { expect, it } from 'vitest';
import { endSessions } from '~/actions/user/end-sessions';
import { lock } from '~/actions/user/lock';
import { resetUserPassword } from '~/actions/user/reset-password';
import type { Session } from '~/data/session';
import { actionHere, lookQuery } from './action-jobs';

const session: Session = {
  homeserver: { baseUrl: 'https://hs.example', token: 'mat_x', mas: { baseUrl: 'https://auth.example' } },
  userId: '@admin:hs.example',
  serverName: 'hs.example',
  version: '1.157.1',
  mas: true,
  demo: false,
};

const keyOf = (action: Parameters<typeof lookQuery>[0]) =>
  lookQuery(actionHere(action, session), '@anna:hs.example', session).queryKey;

it('actions that look at an account of MAS alike share the answer', () => {
  expect(keyOf(lock)).toEqual(keyOf(resetUserPassword));
});

it('one that asks further has an answer of its own: it begins at the same path, and is in another form', () => {
  expect(keyOf(endSessions)).not.toEqual(keyOf(lock));
});
