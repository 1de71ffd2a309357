import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import type { Fault, FaultTarget } from '../../src/mocks/faults.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { expect, signIn, test } from '../fixtures.ts';
import {
  deletionsSight,
  isAnybodys,
  joinsSight,
  removalsSight,
  seeLedgerIsTheTruth,
  seeSweepIsTheTruth,
  type Sight,
} from './ledger-truth.ts';
import { takeItsClock } from '../page-time.ts';
import { downloadReport, planDeletion, planJoins, planRemoval, seeItThroughFast } from './wizard-runs.ts';

/** Every fault that a request can meet, in one job of each kind: nothing is lost, and nothing is called done that is not. */

type Played = Omit<Fault, 'match'>;

/** A refusal is no answer of another try's: it fails, and nothing was changed. */
const BEFORE: readonly Played[] = [
  { answer: '500' },
  { answer: '502-html' },
  { answer: '503' },
  { answer: 'html' },
  { answer: 'reset-before' },
  { answer: '403' },
];
const AFTER: readonly Played[] = [
  { answer: '500-after' },
  { answer: '504-after' },
  { answer: 'reset-after' },
  { answer: 'cut-short' },
  { answer: 'empty' },
  { answer: 'odd' },
  // Longer than the page waits. The work is done at once, or only when nobody waits any more and another try was made.
  { answer: 'late', delayMs: 20_000 },
  { answer: 'slow', delayMs: 2500 },
];
const BUSY: readonly Played[] = [
  { answer: '429', retryAfterMs: 700 },
  { answer: '429', retryAfterMs: null },
  { answer: '429', retryAfterMs: -1 },
  { answer: '429', retryAfterMs: 86_400_000_000 },
  { answer: '429', retryAfterMs: 'soon' },
];
/** Until the job gives up. */
const AGAIN_AND_AGAIN: readonly Played[] = [
  { answer: 'reset-before', times: 12 },
  { answer: 'cut-short', times: 4 },
];
const EVERY = [...BUSY, ...BEFORE, ...AFTER, ...AGAIN_AND_AGAIN];

/** Plays each fault on another target. @returns what was not played yet */
function playEach(
  model: MockHomeserver,
  faults: readonly Played[],
  matchOf: (index: number) => (target: FaultTarget) => boolean,
): () => string[] {
  const counters = faults.map((played, index) => ({
    played,
    left: model.faults.next({ ...played, match: matchOf(index) }),
  }));
  return () =>
    counters
      .filter(({ played, left }) => left.times === (played.times ?? 1))
      .map(({ played }) => JSON.stringify(played));
}

/** The first few items are canaries and are left alone; faults that must not be repeated are met at the change itself. */
const atItem = (sight: Sight, first: number) => (index: number) => (target: FaultTarget) =>
  sight.itemOf(target) === sight.ids[first + index];

const DAY = 86_400_000;
const oldFile = (model: MockHomeserver, user_id: string, days: number) =>
  addMedia(model, { user_id, created_ts: Date.now() - 1500 * DAY, last_access_ts: Date.now() - days * DAY });
const crowd = (model: MockHomeserver, count: number) =>
  Array.from({ length: count }, (_, index) => addUser(model, `u${10 + index}`).name);

test.beforeEach(async ({ page, model, homeserverUrl, manners }) => {
  // The proxy's pages have no CORS headers, and the browser says so.
  manners.expected.push(/^Access to fetch/);
  await takeItsClock(page);
  await signIn(page, homeserverUrl, model.adminToken);
});

test('promise 4: joins end as what the homeserver did, whatever a request meets', async ({ page, model }) => {
  const owner = addUser(model, 'owner').name;
  const users = crowd(model, 10);
  const rooms = ['one', 'two', 'three', 'four'].map((alias, index) =>
    addRoom(model, {
      alias,
      creator: owner,
      // In a private one the second join after a lost answer is refused: “is already in the room”.
      ...(index % 2 === 0
        ? { join_rules: 'public', members: [owner] }
        : { members: { [owner]: 'join', [model.adminId]: 'join' }, power_levels: { users: { [model.adminId]: 100 } } }),
    }),
  );
  const sight = joinsSight(rooms, users);
  const go = await planJoins(
    page,
    rooms.map(({ room_id }) => room_id),
    users,
  );
  // From the second user on: the first one's joins are the canaries.
  const ids = users.slice(2).flatMap((userId) => rooms.map(({ room_id }) => `${userId} ${room_id}`));
  const unplayed = playEach(model, EVERY, atItem({ ...sight, ids }, 0));
  model.log.clear();
  await go();
  await seeItThroughFast(page, model);
  const report = await downloadReport(page);
  seeLedgerIsTheTruth(model, sight, report);
  expect(report.filter((item) => item.status !== 'done' && !isAnybodys(item)).map(({ status }) => status)).toEqual([
    'failed',
  ]);
  expect(unplayed()).toEqual([]);
});

test('promise 4: deletions end as what the homeserver did, whatever a request meets', async ({ page, model }) => {
  const users = crowd(model, 4);
  const files = Array.from({ length: 40 }, (_, index) => oldFile(model, users[index % 4] ?? '', 500 + index));
  const sight = deletionsSight(model, files);
  const go = await planDeletion(page, 40, 'exact');
  const unplayed = playEach(model, EVERY, atItem(sight, 6));
  // The look just before it meets them too.
  const unlooked = playEach(
    model,
    [...BUSY, ...BEFORE.slice(0, 3), ...AFTER.slice(2, 4)],
    (index) =>
      ({ method, pieces }) =>
        method === 'GET' && pieces.at(-1) === sight.ids[6 + EVERY.length + index]?.split('/').at(-1),
  );
  model.log.clear();
  await go();
  await seeItThroughFast(page, model);
  const report = await downloadReport(page);
  seeLedgerIsTheTruth(model, sight, report);
  expect(report.filter((item) => item.status !== 'done' && !isAnybodys(item)).map(({ status }) => status)).toEqual([
    'failed',
  ]);
  expect([...unplayed(), ...unlooked()]).toEqual([]);
});

test('promise 4: removals end as what the homeserver did, whatever a request meets', async ({ page, model }) => {
  for (let index = 0; index < 40; index += 1) {
    const external_ids = ['gone', ...(index % 3 === 0 ? ['kept'] : [])].map((auth_provider) => ({
      auth_provider,
      external_id: `${index}`,
    }));
    addUser(model, { localpart: `u${10 + index}`, external_ids });
  }
  const sight = removalsSight(model, 'gone');
  const go = await planRemoval(page, 'gone', 40);
  const unplayed = playEach(model, EVERY, atItem(sight, 6));
  // The look just before it meets them too.
  const unlooked = playEach(
    model,
    [...BUSY, ...BEFORE.slice(0, 3), ...AFTER.slice(2, 4)],
    (index) =>
      ({ method, pieces }) =>
        method === 'GET' && pieces.at(-1) === sight.ids[6 + EVERY.length + index],
  );
  model.log.clear();
  await go();
  await seeItThroughFast(page, model);
  const report = await downloadReport(page);
  seeLedgerIsTheTruth(model, sight, report);
  expect(report.filter((item) => item.status !== 'done' && !isAnybodys(item)).map(({ status }) => status)).toEqual([
    'failed',
  ]);
  expect([...unplayed(), ...unlooked()]).toEqual([]);
});

test('promise 4: a sweep’s slices end as what the homeserver did, whatever a request meets', async ({
  page,
  model,
}) => {
  const users = crowd(model, 2);
  const faults = [...BUSY, ...BEFORE, ...AFTER];
  // Two a month, so a slice a month.
  const months = faults.length + 2;
  const files = Array.from({ length: 2 * months }, (_, index) =>
    oldFile(model, users[index % 2] ?? '', 1400 - 30.44 * Math.floor(index / 2)),
  );
  const go = await planDeletion(page, files.length, 'sweep');
  // Each fault at another slice's first try, in the order in which they come; the first one is the canary.
  const slices: string[] = [];
  const unplayed = playEach(model, faults, (index) => ({ path, query }) => {
    const slice = query.get('before_ts');
    if (!path.endsWith('/media/delete') || slice === null) return false;
    if (!slices.includes(slice)) slices.push(slice);
    return slices.indexOf(slice) === 1 + index;
  });
  model.log.clear();
  await go();
  await seeItThroughFast(page, model);
  seeSweepIsTheTruth(model, files, await downloadReport(page));
  expect(unplayed()).toEqual([]);
});
