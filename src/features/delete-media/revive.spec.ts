import { expect, it } from 'vitest';
import { asKept, describedBy } from '~/testing/engine';
import { makePlan, type MediaFile, type Rule } from './plan';
import { groundOf, revive } from './revive';
import { exactJob, remoteJob, sweepJob } from './run';
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
  ['the exact files', () => exactJob(ground, plan('exact'), new Set(['picture']), true)],
  ['the server’s sweep', () => sweepJob(ground, plan('sweep'), localSlices(plan('sweep')))],
  ['the remote cache', () => remoteJob(ground, remoteSlices(BEFORE))],
])('%s: a deletion that comes back from disk is the same deletion', async (_what, spec) => {
  const back = await revive(asKept<never>(spec() as never));
  expect(describedBy(back)).toEqual(describedBy(spec() as never));
  expect(asKept<never>(back as never)).toEqual(asKept<never>(spec() as never));
  expect(back.verify === undefined).toBe(spec().verify === undefined);
  expect(back.repeatable).toBe(spec().repeatable);
});

it('of a plan only what goes is kept', () => {
  expect(JSON.stringify(asKept(exactJob(ground, plan('exact'), new Set(), true)))).not.toMatch(/"kept"|"picture"/);
});
