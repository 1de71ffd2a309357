import { expect, it } from 'vitest';
import { removeExternalIds } from '~/actions/user/external-ids';
import { setRateLimit } from '~/actions/user/rate-limit';
import type { LedgerRow } from '~/jobs/job';
import { viewOfAction } from './action-view';

const rows = [{ id: '@a:hs.example' } as LedgerRow, { id: '@b:hs.example' } as LedgerRow];
const users = { ids: ['@a:hs.example', '@b:hs.example'], from: 'job' };

it('hands over what a job left, with what was entered for it, to where its plan is made', () => {
  const input = { messages_per_second: 3, burst_count: 7 };
  expect(viewOfAction(setRateLimit).again?.(rows, { input, rule: null })).toEqual({
    to: '/bulk/user.rate-limit/choose',
    with: { users, input },
  });
  expect(viewOfAction(removeExternalIds).again?.(rows, { input: { provider: 'oidc-a' } })).toMatchObject({
    to: '/external-ids/choose',
    with: { users, input: { provider: 'oidc-a' } },
  });
});

it('hands over the items alone where nothing of the plan is kept', () => {
  expect(viewOfAction(setRateLimit).again?.(rows, null)?.with).toEqual({ users, input: null });
});
