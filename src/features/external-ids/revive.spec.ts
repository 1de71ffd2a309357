import { expect, it } from 'vitest';
import { asKept, describedBy } from '~/testing/engine';
import { planRemoval, type UserFound } from './plan';
import { revive } from './revive';
import { removalSpec } from './run';

const OWNER = { baseUrl: 'https://hs.example', userId: '@admin:hs.example' };
const saml = (external_id: string) => ({ auth_provider: 'saml', external_id });
const user = (userId: string, externalIds: UserFound['externalIds']): UserFound => ({
  userId,
  displayname: null,
  externalIds,
  admin: false,
  deactivated: false,
  locked: false,
});

const spec = () => {
  const users = [
    user('@a:hs.example', [saml('1'), { auth_provider: 'oidc', external_id: '" \u2028 é' }]),
    user('@b/c:hs.example', [saml('2'), saml('3')]),
  ];
  const plan = planRemoval({ scanned: { users, missing: [] }, provider: 'saml', only: null, me: OWNER.userId });
  return removalSpec(plan, OWNER);
};

it('a removal that comes back from disk is the same removal', async () => {
  const back = await revive(asKept(spec()));
  expect(describedBy(back)).toEqual(describedBy(spec()));
  expect(back.items).toEqual(spec().items);
});

it('what another version kept is refused, and no item is made up', async () => {
  await expect(revive({ ...asKept(spec()), items: [['@a:hs.example', 'saml']] })).rejects.toThrow(/invalid/i);
  await expect(revive({ ...asKept(spec()), plan: {} })).rejects.toThrow(/invalid/i);
});
