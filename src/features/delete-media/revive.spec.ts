import { expect, it } from 'vitest';
import { asKept, describedBy } from '~/testing/engine';
import { makePlan, type MediaFile, type Rule } from './plan';
import { groundOf, revive } from './revive';
import { remoteJob, sweepJob } from './run';
import { localSlices, remoteSlices } from './slices';

const OWNER = { baseUrl: 'https://hs.example', userId: '@admin:hs.example' };
const BEFORE = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;

const file = (id: string, over: Partial<MediaFile> = {}): MediaFile => ({
  id,
  owner: '@a:hs.example',
  name: 'ünnamed "file".png',
  type: 'image/png',
  bytes: 1234,
  createdTs: BEFORE - 100 * DAY,
  lastAccessTs: null,
  isProtected: false,
  isQuarantined: false,
  isLinkPreview: false,
  ...over,
});

const plan = (method: Rule['method']) =>
  makePlan(
    [
      file('one', { lastAccessTs: BEFORE - 70 * DAY }),
      file('kept', { isProtected: true }),
      file('two', { owner: '@b:hs.example', name: null, type: null }),
      file('picture'),
    ],
    { by: 'not-opened-since', beforeTs: BEFORE, largerThan: 0, keepAvatars: true, method },
    new Set(['picture']),
  );
const ground = groundOf(OWNER, 'hs.example');

it.each([
  ['Synapse’s own deletion by date', () => sweepJob(ground, plan('sweep'), localSlices(plan('sweep')))],
  ['the remote media cache', () => remoteJob(ground, remoteSlices(BEFORE))],
])('%s: a deletion that comes back from disk is the same deletion', async (_what, spec) => {
  const back = await revive(asKept<never>(spec() as never));
  expect(describedBy(back)).toEqual(describedBy(spec() as never));
  expect(asKept<never>(back as never)).toEqual(asKept<never>(spec() as never));
  expect(back.verify === undefined).toBe(spec().verify === undefined);
  expect(back.repeatable).toBe(spec().repeatable);
});

it('only the files that will be deleted are kept of a plan', () => {
  expect(JSON.stringify(asKept(sweepJob(ground, plan('sweep'), localSlices(plan('sweep')))))).not.toMatch(
    /"kept"|"picture"/,
  );
});

it('an exact deletion that an older version kept can be resumed, and its record on disk keeps its kind', async () => {
  const rule = { by: 'not-opened-since', beforeTs: BEFORE, largerThan: 0, keepAvatars: true, method: 'exact' };
  const back = await revive({
    title: 'Delete 2 files of hs.example: not opened since 2026-01-01, of everyone',
    owner: OWNER,
    plan: { serverName: 'hs.example', rule, canLook: true },
    items: [{ ...file('one') }, { ...file('two', { name: null, bytes: null }) }],
  });
  expect(back).toMatchObject({ kind: 'delete-media', keepsFirst: true, repeatable: true });
  expect(back.items.map((item) => back.describe(item))).toMatchObject([
    { id: 'mxc://hs.example/one', columns: { Owner: '@a:hs.example', Size: '1.2 kB' } },
    { id: 'mxc://hs.example/two', columns: { File: '', Size: '' } },
  ]);
});
