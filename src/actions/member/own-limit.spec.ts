import { expect, it } from 'vitest';
import { HeldBack } from '~/jobs/job';
import { groundOf } from '~/testing/actions';
import { lookOnly } from '~/testing/engine';
import { modelForEach } from '~/testing/model-for-each';
import type { MockHomeserver } from '~/mocks/homeserver';
import { OwnLimit } from './own-limit';

let model: MockHomeserver;
modelForEach((made) => (model = made));

it('a lifting that is refused while the job pauses ends with the homeserver’s word, and nothing is left to reject', async () => {
  model.faults.next({ match: /^POST .*override_ratelimit/, answer: '403' });
  const limit = new OwnLimit(groundOf(model));
  let kept = 0;
  const keepBefore = () => {
    kept += 1;
    return kept === 1 ? Promise.resolve() : Promise.reject(new HeldBack(false));
  };
  await expect(limit.lift(null, { ...lookOnly(), keepBefore })).rejects.toMatchObject({ status: 403 });
  expect(kept).toBe(2);
});
