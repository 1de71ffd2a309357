import { describe, expect, it, vi } from 'vitest';
import { actionJob } from '~/actions/job';
import { deleteMedia } from '~/actions/media/delete';
import { groundFor } from '~/job-store/action-jobs';
import { BASE } from '~/testing/signed-in';
import { addMedia, addRemoteMedia, addUser } from '~/mocks/build';
import type { Fault } from '~/mocks/faults';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { begin, rests, STRANGERS } from '~/testing/strangers';
import { exactPlan } from './exact';
import { makePlan, type Rule } from './plan';
import { groundOf } from './revive';
import { remoteJob, sweepJob, type Patience } from './run';
import { filesOf } from './files-of';
import { localSlices, remoteSlices } from './slices';
import { inWords } from '~/testing/in-words';

/** Something in front of the homeserver answers in its place: that is never taken for the homeserver's word. */

const DAY = 86_400_000;
let model: MockHomeserver;
modelForEach((made) => (model = made), true);

const owner = () => ({ baseUrl: BASE, userId: model.adminId });
const ground = () => groundOf(owner(), model.serverName);

/** Old files of one user, a month between each two. */
async function plan(count: number, method: Rule['method'] = 'exact') {
  const { name } = addUser(model, 'owner');
  const beforeTs = model.startedAt - 30 * DAY;
  for (let index = 0; index < count; index += 1) {
    const last_access_ts = beforeTs - (40 + 31 * index) * DAY;
    addMedia(model, { user_id: name, created_ts: last_access_ts, last_access_ts });
  }
  const { files } = await filesOf({ baseUrl: BASE, token: model.adminToken }, name);
  return makePlan(files, { by: 'not-opened-since', beforeTs, largerThan: 0, keepAvatars: true, method }, new Set());
}

const exact = async (count: number) =>
  actionJob(deleteMedia, exactPlan(await plan(count), model.serverName), groundFor(owner()));

const always = (answer: Fault['answer'], over: Partial<Fault> = {}) =>
  model.faults.next({ match: /\/v1\/media\//, answer, times: Infinity, ...over });

describe('a proxy that answers in the homeserver’s place', () => {
  it.each(STRANGERS)(
    '%s to everything from the start: the first item asks, and nothing is called gone',
    async (answer) => {
      const spec = await exact(12);
      always(answer, { match: /./ });
      const job = await begin(spec);
      const { state, counts } = job.getSnapshot();
      expect(state).toMatchObject({ phase: 'paused', why: 'failures' });
      expect(counts).toMatchObject({ done: 0, skipped: 0, waiting: 11 });
      expect(model.state.media.size).toBe(12);
    },
  );

  it.each(STRANGERS)(
    '%s to everything in the middle: done is what was done, and the job pauses and asks',
    async (answer) => {
      const spec = await exact(60);
      // A look and a DELETE for each of thirty files.
      always(answer, { match: /./, after: 60 });
      const job = await begin(spec);
      const { state, counts } = job.getSnapshot();
      expect(state).toMatchObject({ phase: 'paused', why: 'failures' });
      expect(counts.done).toBe(60 - model.state.media.size);
      expect(counts.done).toBeGreaterThan(20);
      expect(counts.skipped).toBe(0);

      // The homeserver is back: nothing was lost, and nothing is left.
      model.faults.clear();
      job.verifyUnknown();
      await rests(job);
      job.retryFailed();
      await rests(job);
      job.resume();
      await rests(job);
      expect(job.getSnapshot()).toMatchObject({ state: { phase: 'finished' }, counts: { done: 60 } });
      expect(model.state.media.size).toBe(0);
    },
  );

  it.each(STRANGERS)('%s when verifying: the item stays unknown', async (answer) => {
    const spec = await exact(3);
    model.faults.next({ match: /^DELETE /, answer: 'reset-before', times: 4 });
    const job = await begin(spec);
    always(answer);
    job.verifyUnknown();
    await vi.waitFor(() => expect(inWords(job.row(0).reason)).toMatch(/Synapse/), { timeout: 20_000 });
    await rests(job);
    expect(job.row(0).status).toBe('unknown');
    expect(model.state.media.size).toBe(3);
  });

  it('Apache’s 404 for a slash in an id says nothing about the file', async () => {
    const spec = await exact(3);
    const items = spec.items.map((file, index) => ({ ...file, id: `${file.id}/${index}` }));
    model.faults.next({ match: /./, answer: '404-html', times: Infinity });
    const job = await begin({ ...spec, items });
    expect(job.getSnapshot().counts).toMatchObject({ done: 0, skipped: 0 });
    expect(inWords(job.row(0).reason)).toContain('AllowEncodedSlashes');
  });

  const patience: Patience = { betweenMs: 1, wait: () => Promise.resolve() };
  it.each(STRANGERS)('%s to a deletion by date: unknown, and the next request is not sent', async (answer) => {
    const planned = await plan(12, 'sweep');
    always(answer, { match: /./ });
    const job = await begin(sweepJob(ground(), planned, localSlices(planned), patience));
    expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'failures' });
    expect(job.getSnapshot().counts).toMatchObject({ done: 0, unknown: 1 });
  });

  it.each(STRANGERS)(
    '%s to a deletion from the remote media cache: unknown, and the next request is not sent',
    async (answer) => {
      addRemoteMedia(model, { last_access_ts: model.startedAt - 400 * DAY });
      always(answer, { match: /purge_media_cache/ });
      const job = await begin(remoteJob(ground(), remoteSlices(model.startedAt - 30 * DAY)));
      expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'failures' });
      expect(job.getSnapshot().counts).toMatchObject({ done: 0, unknown: 1 });
      expect(model.state.remoteMedia.size).toBe(1);
    },
  );

  it('an error page that echoes the request leaves no token in any row', async () => {
    const spec = await exact(3);
    always('echo');
    const job = await begin(spec);
    const rows = JSON.stringify(job.indexes([]).map((index) => job.row(index)));
    expect(rows).toContain('upstream failed');
    expect(rows).not.toContain(model.adminToken);
    expect(JSON.stringify(job.getSnapshot())).not.toContain(model.adminToken);
  });
});
