import { afterEach, expect, it, vi } from 'vitest';
import { whenOver } from '~/jobs/phase';
import { createJob } from '~/jobs/runner';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { planned } from '~/testing/actions';
import { Hurry } from '~/testing/engine';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { runToTheEnd, signInTo } from '~/testing/signed-in';
import { sendNotice } from './notice';

/** Each notice comes once, and where none can come it is said what is missing. */

let model: MockHomeserver;
modelForEach((made) => (model = made));
afterEach(() => vi.restoreAllMocks());

const INPUT = { text: 'We update the homeserver\ntonight.' };

it('comes once, though its answer was lost and it is sent again: its transaction is the plan’s', async () => {
  const { name } = addUser(model, 'anna');
  const spec = await planned(model, sendNotice, [name], INPUT);
  model.faults.next({ match: /^PUT/, answer: 'reset-after' });
  const [row] = await runToTheEnd(model, spec, () => undefined);
  expect(inWords(row)).toMatchObject({ status: 'done', reason: expect.stringMatching(/^Sent as \$/) });
  const paths = model.log.writes().map(({ path }) => path);
  expect([paths.length, new Set(paths).size]).toEqual([2, 1]);
  expect(model.state.notices).toEqual([
    { user_id: name, content: { msgtype: 'm.text', body: INPUT.text }, type: 'm.room.message', state_key: null },
  ]);
});

it.each([
  ['in another session', 0, 'another-token-another-token'],
  ['half an hour later', 30 * 60_000, undefined],
])('is not sent again %s, where it would come twice: nobody knows whether it came', async (_when, later, token) => {
  const { name } = addUser(model, 'anna');
  const spec = await planned(model, sendNotice, [name], INPUT);
  model.faults.next({ match: /^PUT/, answer: 'reset-after' });
  model.faults.next({ match: /^PUT/, answer: '401' });
  const job = createJob(spec, new Hurry());
  job.start();
  await vi.waitFor(() => expect(job.getSnapshot().state).toMatchObject({ why: 'signed-out' }));
  const facts = model.state.tokens.get(model.adminToken);
  if (token !== undefined && facts) model.state.tokens.set(token, facts);
  const now = Date.now() + later;
  vi.spyOn(Date, 'now').mockImplementation(() => now);
  signInTo(model, token);
  job.resume();
  await whenOver(job);
  expect(inWords(job.row(0))).toMatchObject({
    status: 'unknown',
    reason: expect.stringContaining('did not send it again'),
  });
  expect(model.state.notices).toHaveLength(1);
});

it('is another one in another plan', async () => {
  const { name } = addUser(model, 'anna');
  for (const _ of [1, 2]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await runToTheEnd(model, await planned(model, sendNotice, [name], INPUT), () => undefined);
  }
  expect(model.state.notices).toHaveLength(2);
});

it('says which line of the configuration is missing', async () => {
  model.state.config.server_notices = false;
  const { name } = addUser(model, 'anna');
  const [row] = await runToTheEnd(model, await planned(model, sendNotice, [name], INPUT), () => undefined);
  const reason = inWords(row?.reason ?? '');
  expect(row?.status).toBe('failed');
  expect(reason).toContain('server_notices: { system_mxid_localpart: notices');
  // In the homeserver's own words, too.
  expect(reason).toContain('Server notices are not enabled on this server');
});
