import type { Page } from '@playwright/test';
import { CEILING } from '../../src/jobs/concurrency.ts';
import { addMedia, addUser } from '../../src/mocks/build.ts';
import type { Fault } from '../../src/mocks/faults.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import type { LogEntry } from '../../src/mocks/request-log.ts';
import type { LocalMedia } from '../../src/mocks/state.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { deletionsSight, seeLedgerIsTheTruth } from './ledger-truth.ts';
import { downloadReport, planDeletion, seeItThrough } from './wizard-runs.ts';

/** How a job treats a homeserver that is busy, and an admin whose token is gone: by the requests that the homeserver saw. */

const DAY = 86_400_000;

/** Sixty deletions, planned; each is a look and a DELETE. */
async function plan(
  page: Page,
  model: MockHomeserver,
  url: string,
): Promise<{ go(): Promise<void>; files: LocalMedia[] }> {
  const owner = addUser(model, 'owner').name;
  const files = Array.from({ length: 60 }, (_, index) =>
    addMedia(model, {
      user_id: owner,
      created_ts: Date.now() - 900 * DAY,
      last_access_ts: Date.now() - (500 + index) * DAY,
    }),
  );
  await signIn(page, url, model.adminToken);
  const go = await planDeletion(page, files.length, 'exact');
  model.log.clear();
  model.latencyMs = 50;
  return { go, files };
}

/** Plays it on a DELETE in the middle of the job. */
const inTheMiddle = (model: MockHomeserver, fault: Omit<Fault, 'match' | 'after'>) =>
  model.faults.next({ ...fault, match: ({ method }) => method === 'DELETE', after: 20 });

const played = (model: MockHomeserver, kind: string): LogEntry => {
  const entry = model.log.entries.find(({ fault }) => fault === kind);
  if (!entry) throw new Error('The fault was not played');
  return entry;
};

/** How many were in flight when this one began, itself included. */
const besides = (entries: readonly LogEntry[], { startedAt }: LogEntry) =>
  entries.filter((other) => other.startedAt <= startedAt && (other.endedAt ?? Infinity) > startedAt).length;

test('promise 10: one 429 makes every request of the job wait, also the second one of an item', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { go, files } = await plan(page, model, homeserverUrl);
  const waitMs = 3000;
  // A look that takes a while, and while it does, a 429: the look's DELETE is due in the middle of the wait.
  model.faults.next({
    match: ({ method, path }) => method === 'GET' && path.includes('/media/'),
    after: 20,
    answer: 'slow',
    delayMs: 1000,
  });
  const isLooking = () => model.log.entries.some(({ fault, endedAt }) => fault === 'slow' && endedAt === null);
  model.faults.next({ match: ({ method }) => method === 'DELETE' && isLooking(), answer: '429', retryAfterMs: waitMs });
  const sight = deletionsSight(model, files);
  await go();
  await seeItThrough(page);
  seeLedgerIsTheTruth(model, sight, await downloadReport(page));

  const { endedAt: from } = played(model, '429');
  const began = model.log.entries.filter(({ method }) => method !== 'OPTIONS').map(({ startedAt }) => startedAt);
  const since = [from ?? 0, ...began.filter((at) => at > (from ?? 0)).toSorted((a, b) => a - b)];
  // What was on its way to the homeserver while the 429 was on its way to the page still comes; then nothing does.
  const quiet = Math.max(...since.map((at, index) => (since[index + 1] ?? at) - at));
  expect(quiet).toBeGreaterThan(waitMs - 500);
  const slow = played(model, 'slow').pieces.at(-1);
  const ofSlow = model.log.entries.filter(({ method, pieces }) => method !== 'OPTIONS' && pieces.at(-1) === slow);
  // Looked at again after the wait, since the first look is old by then.
  expect(ofSlow.map(({ method }) => method)).toEqual(['GET', 'GET', 'DELETE']);
  expect((ofSlow[1]?.startedAt ?? 0) - (from ?? 0)).toBeGreaterThan(waitMs - 500);
});

test('promise 10: a 503 halves what is sent at once', async ({ page, model, homeserverUrl }) => {
  const { go, files } = await plan(page, model, homeserverUrl);
  // Long enough that a slow machine of the test's does not look like a crowd at the homeserver.
  model.latencyMs = 1000;
  const more = Math.floor(CEILING / 2) + 1;
  const inFlight = () => model.log.entries.filter(({ method, endedAt }) => method !== 'OPTIONS' && endedAt === null);
  model.faults.next({ answer: '503', match: ({ method }) => method === 'DELETE' && inFlight().length >= more });
  const sight = deletionsSight(model, files);
  await go();
  await expect.poll(() => model.log.entries.some(({ fault }) => fault === '503'), { timeout: 90_000 }).toBe(true);
  const at = played(model, '503');
  const since = () => model.log.entries.filter(({ startedAt }) => startedAt > at.startedAt).length;
  await expect.poll(since, { timeout: 90_000 }).toBeGreaterThan(24);
  // What is looked at is there by now.
  model.latencyMs = 0;
  await seeItThrough(page);
  seeLedgerIsTheTruth(model, sight, await downloadReport(page));
  const entries = model.log.entries.filter(({ method }) => method !== 'OPTIONS');
  // Those that were in flight with it end first.
  const calm = Math.max(
    ...entries.filter(({ startedAt }) => startedAt <= (at.endedAt ?? 0)).map(({ endedAt }) => endedAt ?? 0),
  );
  const after = entries.filter(({ startedAt }) => startedAt > calm).slice(1, 9);
  expect(after).toHaveLength(8);
  expect(Math.max(...after.map((entry) => besides(entries, entry)))).toBeLessThan(more);
});

test('promise 9: many 401s at once open one sign-in, and a late one does not end the new session', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { go, files } = await plan(page, model, homeserverUrl);
  // One of the wave takes its time: it comes when there is a new token already.
  inTheMiddle(model, { answer: '401', delayMs: 6000 });
  const sight = deletionsSight(model, files);
  await go();
  await expect.poll(() => model.log.entries.some(({ fault }) => fault !== null), { intervals: [10] }).toBe(true);
  model.state.tokens.delete(model.adminToken);
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('Access token').fill(model.issueToken(model.adminId));
  const lookedUp = model.log.count('GET', /whoami$/);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => played(model, '401').endedAt).not.toBeNull();
  await page.getByRole('button', { name: 'Resume' }).click();
  await seeItThrough(page);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  seeLedgerIsTheTruth(model, sight, await downloadReport(page));
  // One paste, one look whose it is.
  expect(model.log.count('GET', /whoami$/) - lookedUp).toBe(1);
});
