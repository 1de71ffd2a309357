import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { homeserverFor } from '~/job-store/jobs';
import { signOut } from '~/data/session';
import { BASE, signInTo } from '~/testing/signed-in';
import { HeldBack } from '~/jobs/job';
import { lookOnly } from '~/testing/engine';
import { MockHomeserver } from '~/mocks/homeserver';
import { OwnLimit } from './own-limit';

let model: MockHomeserver;
beforeEach(() => {
  model = new MockHomeserver();
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  signInTo(model);
});
afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
});

it('a lifting that is refused while the job pauses ends with the homeserver’s word, and nothing is left to reject', async () => {
  model.faults.next({ match: /^POST .*override_ratelimit/, answer: '403' });
  const owner = { baseUrl: BASE, userId: model.adminId };
  const limit = new OwnLimit({ owner, homeserver: () => homeserverFor(owner) });
  let kept = 0;
  const keepBefore = () => {
    kept += 1;
    return kept === 1 ? Promise.resolve() : Promise.reject(new HeldBack(false));
  };
  await expect(limit.lift(null, { ...lookOnly(), keepBefore })).rejects.toMatchObject({ status: 403 });
  expect(kept).toBe(2);
});
