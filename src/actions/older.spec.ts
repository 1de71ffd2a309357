import { expect, it } from 'vitest';
import { MockHomeserver } from '~/mocks/homeserver';
import { groundOf } from '~/testing/actions';
import type { Json, LedgerRow } from '~/jobs/job';
import { actionOf } from './all';
import { reviveAction } from './revive';
import { changedBy } from './undo';

/** Jobs as older versions of Glia kept them: shown whole, and undone like today's. */

const saml = (external_id: string) => ({ auth_provider: 'saml', external_id });
const oidc = (external_id: string) => ({ auth_provider: 'oidc', external_id });
const ground = groundOf(new MockHomeserver());
const row = (before: Json | undefined, rest: Partial<LedgerRow> = {}): LedgerRow => ({
  index: 0,
  id: '@a:hs.example',
  columns: {},
  status: 'done',
  reason: '',
  attempts: 1,
  endedAt: 1,
  before,
  ...rest,
});

it('a removal of external ids comes back with its title, its users and what it was to do', () => {
  const items = [['@a:hs.example', [saml('1')], [saml('1'), oidc('x')]]];
  const spec = reviveAction('external-ids', { title: 'Remove', plan: { provider: 'saml' }, items }, ground);
  expect(spec).toMatchObject({ kind: 'user.external-ids-remove', title: 'Remove' });
  expect(spec.items).toEqual([
    {
      id: '@a:hs.example',
      planned: { external_ids: [saml('1'), oidc('x')] },
      goal: { external_ids: [oidc('x')] },
      identity: null,
    },
  ]);
  expect(actionOf('external-ids')?.kind).toBe('user.external-ids-remove');
});

it('and so does its undo, with the job that it undoes and what may still come', () => {
  const items = [
    ['@a:hs.example', [saml('1')], [oidc('x')], 5, true],
    ['@b:hs.example', [saml('2')], [], null],
  ];
  const spec = reviveAction('external-ids-undo', { title: 'Put back', plan: { undoes: 'job-1' }, items }, ground);
  expect(spec).toMatchObject({ title: 'Put back', undoes: 'job-1' });
  expect(spec.items).toEqual([
    {
      id: '@a:hs.example',
      planned: { external_ids: [oidc('x')] },
      goal: { external_ids: [oidc('x'), saml('1')] },
      identity: 5,
      late: true,
    },
    { id: '@b:hs.example', planned: { external_ids: [] }, goal: { external_ids: [saml('2')] }, identity: null },
  ]);
});

const kept = (more: object = {}) =>
  ({
    kept: 'external-ids/1',
    user_id: '@a:hs.example',
    created_at: 5,
    external_ids: [saml('1'), oidc('x')],
    removes: [saml('1')],
    ...more,
  }) as Json;

it('what its ledger kept tells what can be put back, and whose doing it was', () => {
  expect(changedBy(row(kept()))).toEqual({
    id: '@a:hs.example',
    before: { external_ids: [saml('1'), oidc('x')] },
    after: { external_ids: [oidc('x')] },
    identity: 5,
    doubtful: false,
    late: false,
  });
  const doubtful = (before: Json, rest: Partial<LedgerRow>) => changedBy(row(before, rest))?.doubtful;
  expect(doubtful(kept({ found_gone: true }), { status: 'skipped', unanswered: true })).toBe(true);
  expect(doubtful(kept({ found_gone: true }), { status: 'failed' })).toBe(true);
  expect(doubtful(kept({ taken: true }), { status: 'failed' })).toBe(false);
  expect(doubtful(kept(), { status: 'failed' })).toBeUndefined();
  // It left the user alone.
  expect(doubtful(kept({ removes: [] }), { status: 'skipped' })).toBeUndefined();
});

it('what is in no form that was kept once is refused, and undoes nothing', () => {
  const odd = { title: '', plan: { provider: 'saml' }, items: [['@a:hs.example', [saml('1')]]] };
  expect(() => reviveAction('external-ids', odd, ground)).toThrow(/invalid/i);
  for (const before of [undefined, null, 'x', { kept: 'external-ids/2' }, { kept: 'external-ids/1' }]) {
    expect(changedBy(row(before as Json))).toBeNull();
  }
});
