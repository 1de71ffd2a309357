import { expect, it } from 'vitest';
import type { LookAt } from '~/actions/action';
import { HomeserverError } from '~/api/errors';
import { end } from './mas-sessions';

const refusal = (status: number, serverReason: string) =>
  new HomeserverError({ kind: 'matrix', api: 'mas', method: 'POST', path: '/', status, serverReason });

/** Refuses to end it. A look finds it ended, or not. */
const refusing = (error: HomeserverError, hasEnded: boolean): LookAt =>
  (async ({ request: { method } }) => {
    if (method === 'POST') throw error;
    return hasEnded;
  }) as LookAt;

const SESSION = { kind: 'oauth2', id: '01J00000000000000000000001' } as const;

it('a session that had ended by itself is no failure', async () => {
  expect(await end(SESSION, refusing(refusal(400, 'OAuth session is already finished'), true))).toBe(false);
  expect(await end(SESSION, refusing(refusal(404, 'not found'), false))).toBe(false);
});

it('one that MAS refuses to end, and that goes on, is a failure with MAS’s own words', async () => {
  await expect(end(SESSION, refusing(refusal(400, 'Invalid ULID in path'), false))).rejects.toThrow('Invalid ULID');
});
