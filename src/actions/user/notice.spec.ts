import { afterEach, describe, expect, it, vi } from 'vitest';
import { whenOver } from '~/jobs/phase';
import { createJob } from '~/jobs/runner';
import { addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { planned } from '~/testing/actions';
import { Hurry } from '~/testing/engine';
import { inWords } from '~/testing/in-words';
import { modelForEach, reaching } from '~/testing/model-for-each';
import { runToTheEnd, signInTo } from '~/testing/signed-in';
import { saysNotSetUp, sendNotice } from './notice';

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

it('says the same as HTML to clients that show it', async () => {
  const { name } = addUser(model, 'anna');
  const input = { text: 'Tonight', html: '<b>Tonight</b>' };
  await runToTheEnd(model, await planned(model, sendNotice, [name], input), () => undefined);
  expect(model.state.notices[0]?.content).toEqual({
    msgtype: 'm.text',
    body: 'Tonight',
    format: 'org.matrix.custom.html',
    formatted_body: '<b>Tonight</b>',
  });
  expect(sendNotice.form?.read({ text: ' Tonight ', html: ' ' })).toEqual({ input: { text: 'Tonight' } });
  expect(sendNotice.form?.read({ text: '', html: '<b>x</b>' })).toHaveProperty('problems.text');
});

/** A homeserver behind MAS, whose admin has a token without a device. @returns a user */
const withoutDevice = () => {
  model = new MockHomeserver({ mas: true });
  vi.stubGlobal('fetch', reaching(model));
  const facts = model.state.tokens.get(model.adminToken);
  if (facts) facts.device_id = null;
  return addUser(model, 'anna').name;
};

describe('behind MAS, where a token may have no device', () => {
  it('comes without a transaction, on which Synapse would fail', async () => {
    const name = withoutDevice();
    const [row] = await runToTheEnd(model, await planned(model, sendNotice, [name], INPUT), () => undefined);
    expect(row?.status).toBe('done');
    expect(model.state.notices).toHaveLength(1);
    expect(model.log.writes().map(({ method }) => method)).toEqual(['POST']);
  });

  it('is sent again after a busy answer, which carried out nothing, and never after a lost one', async () => {
    const name = withoutDevice();
    const spec = await planned(model, sendNotice, [name], INPUT);
    model.faults.next({ match: /^POST/, answer: '429' });
    model.faults.next({ match: /^POST/, answer: 'reset-after' });
    signInTo(model);
    const job = createJob(spec, new Hurry());
    job.start();
    await whenOver(job);
    expect(inWords(job.row(0))).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('did not send it again'),
    });
    expect(model.state.notices).toHaveLength(1);
  });
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
  expect(saysNotSetUp(row?.reason ?? '')).toBe(true);
  expect(saysNotSetUp('Server notices are not enabled')).toBe(false);
  expect(reason).toContain('server_notices: { system_mxid_localpart: notices');
  // In the homeserver's own words, too.
  expect(reason).toContain('Server notices are not enabled on this server');
});
