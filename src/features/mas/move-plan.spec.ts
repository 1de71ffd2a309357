import { expect, it } from 'vitest';
import type { MasLink } from '~/data/mas-things';
import { movePlan } from './move-plan';

const link = (provider_id: string, subject: string, userId: string): MasLink => ({
  id: `${provider_id}-${subject}`,
  created_at: '2026-01-01T00:00:00Z',
  provider_id,
  subject,
  user_id: userId || null,
  userId,
});

it('adds the new link first, and removes the old one only where the new one is there', () => {
  const old = [link('OLD', 'anna', '@anna:x'), link('OLD', 'bert', '@bert:x')];
  const present = [link('NEW', 'bert', '@bert:x')];
  expect(movePlan(old, present, 'NEW')).toMatchObject({
    add: ['@anna:x NEW anna'],
    remove: ['@bert:x OLD bert'],
    taken: [],
  });
});

it('leaves alone what another account has at the new provider, and links of nobody', () => {
  const old = [link('OLD', 'anna', '@anna:x'), link('OLD', 'lost', '')];
  const plan = movePlan(old, [link('NEW', 'anna', '@other:x')], 'NEW');
  expect(plan.add).toEqual([]);
  expect(plan.remove).toEqual([]);
  expect(plan.taken).toHaveLength(1);
  expect(plan.nobody).toBe(1);
});
