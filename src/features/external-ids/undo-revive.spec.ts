import { expect, it } from 'vitest';
import { asKept, describedBy } from '~/testing/engine';
import { revive } from './undo-revive';
import { putBackSpec } from './undo-run';

const OWNER = { baseUrl: 'https://hs.example', userId: '@admin:hs.example' };
const saml = (external_id: string) => ({ auth_provider: 'saml', external_id });

const spec = () =>
  putBackSpec(
    [
      { userId: '@a:hs.example', adds: [saml('1')], left: [{ auth_provider: 'oidc', external_id: 'x' }], createdAt: 5 },
      { userId: '@b:hs.example', adds: [saml('2'), saml('3')], left: [], createdAt: null, late: true },
    ],
    { undoes: 'job-1' },
    OWNER,
  );

it('promise 12: an undo that comes back from disk is the same undo', async () => {
  const back = await revive(asKept(spec()));
  expect(describedBy(back)).toEqual(describedBy(spec() as never));
  expect(back.items).toEqual(spec().items);
});

it('what another version kept is refused', async () => {
  await expect(revive({ ...asKept(spec()), items: [['@a:hs.example', [saml('1')]]] })).rejects.toThrow(/invalid/i);
});
