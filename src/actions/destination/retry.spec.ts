import { expect, it, vi } from 'vitest';
import { actionJob } from '~/actions/job';
import { verdictOf } from '~/actions/plan';
import { send } from '~/api/ask';
import { addDestination } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { groundOf } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { modelForEach, reaching } from '~/testing/model-for-each';
import { runToTheEnd } from '~/testing/signed-in';
import { retryDestination } from './retry';

let model: MockHomeserver;

modelForEach((made) => (model = made));

const FAILED_AT = 1_700_000_000_000;

it('a server that is still down counts as retried, and its row says that it failed again', async () => {
  const far = addDestination(model, 'far.example', { retry_last_ts: FAILED_AT, retry_interval: 3_600_000 });
  const ground = groundOf(model);
  const seen = await send(ground.homeserver(), retryDestination.look('far.example', ground.server()));
  const found = verdictOf(retryDestination, 'far.example', seen, null, model.adminId);
  if (found.verdict !== 'will') throw new Error(`The plan says: ${found.verdict}`);
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const answer = await reaching(model)(url, init);
    if (init.method === 'POST') far.retry_last_ts = FAILED_AT + 90_000;
    return answer;
  });
  const spec = actionJob(retryDestination, { items: [found.item], input: null }, ground);
  const [row] = await runToTheEnd(model, spec, () => undefined);
  expect(row?.status).toBe('done');
  expect(inWords(row)).toMatchObject({ reason: expect.stringContaining('could not reach the server') as string });
});

it('a server that can be reached needs no retry', async () => {
  addDestination(model, 'near.example');
  const ground = groundOf(model);
  const seen = await send(ground.homeserver(), retryDestination.look('near.example', ground.server()));
  expect(verdictOf(retryDestination, 'near.example', seen, null, model.adminId).verdict).toBe('nothing');
});
