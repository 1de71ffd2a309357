import * as fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { actionJob } from '~/actions/job';
import { deleteMedia } from '~/actions/media/delete';
import { groundFor } from '~/job-store/action-jobs';
import { signOut } from '~/data/session';
import { BASE, runToTheEnd } from '~/testing/signed-in';
import type { JobSpec } from '~/jobs/job';
import { addMedia, addUser } from '~/mocks/build';
import { CALM, fetchThrough, isTold, needlessRepeats, schedule, type Schedule } from '~/mocks/fault-schedule';
import { MockHomeserver } from '~/mocks/homeserver';
import { makePlan, type Rule } from './plan';
import { exactPlan } from './exact';
import { groundOf } from './revive';
import { sweepJob } from './run';
import { localSlices } from './slices';
import { wordsOf } from '~/lib/words';

afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
});

const run = <Item>(model: MockHomeserver, spec: JobSpec<Item>, drawn: Schedule) =>
  runToTheEnd(model, spec, (events) => vi.stubGlobal('fetch', fetchThrough(model, drawn, events)));

const DAY = 86_400_000;

/** Twelve old files, a month between each two of them. */
function plan(model: MockHomeserver, method: Rule['method']) {
  const { name } = addUser(model, 'owner');
  const beforeTs = model.startedAt - 30 * DAY;
  const files = Array.from({ length: 12 }, (_, index) => {
    const lastAccessTs = beforeTs - (40 + 31 * index) * DAY;
    const file = addMedia(model, { user_id: name, created_ts: beforeTs - 900 * DAY, last_access_ts: lastAccessTs });
    return {
      id: file.media_id,
      owner: name,
      name: file.upload_name,
      type: file.media_type,
      bytes: file.media_length,
      createdTs: file.created_ts,
      lastAccessTs,
      isProtected: false,
      isQuarantined: false,
      isLinkPreview: false,
    };
  });
  return makePlan(files, { by: 'not-opened-since', beforeTs, largerThan: 0, keepAvatars: true, method }, new Set());
}

const owner = (model: MockHomeserver) => ({ baseUrl: BASE, userId: model.adminId });
const exactly = (model: MockHomeserver, planned = plan(model, 'exact')) =>
  actionJob(deleteMedia, exactPlan(planned, model.serverName), groundFor(owner(model)));

it('promise 4: whatever requests meet, in whatever order, the report of deletions matches the homeserver’s state', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (drawn) => {
      const model = new MockHomeserver();
      const rows = await run(model, exactly(model), drawn);
      const lies = rows.filter(
        ({ id, status }) => !isTold(status, !model.state.media.has(id.split('/').at(-1) ?? ''), drawn),
      );
      expect(lies).toEqual([]);
      expect(needlessRepeats(model)).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 30_000);

it('promise 4: whatever requests meet, in whatever order, no request by date is reported as done that was not', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (drawn) => {
      const model = new MockHomeserver();
      const sweep = plan(model, 'sweep');
      const slices = localSlices(sweep);
      const patience = { betweenMs: 1, wait: () => Promise.resolve() };
      const rows = await run(model, sweepJob(groundOf(owner(model), model.serverName), sweep, slices, patience), drawn);
      for (const [index, { id, status, reason }] of rows.entries()) {
        const left = (slices[index]?.planned ?? []).filter((file) =>
          model.state.media.has(sweep.files[file]?.id ?? ''),
        );
        const takenAlong = rows.some((other) => /earlier request|failed request/.test(wordsOf(other.reason)));
        const told = isTold(status, left.length === 0 && !(status === 'failed' && takenAlong), drawn);
        expect([id, status, reason, told]).toEqual([id, status, reason, true]);
      }
      expect(needlessRepeats(model)).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 30_000);

it('promise 8: running the same deletions again changes nothing', async () => {
  const model = new MockHomeserver();
  const planned = plan(model, 'exact');
  const spec = () => exactly(model, planned);
  expect((await run(model, spec(), CALM)).every(({ status }) => status === 'done')).toBe(true);
  expect((await run(model, spec(), CALM)).every(({ status }) => status === 'skipped')).toBe(true);
  expect(model.log.writes()).toEqual([]);
});
