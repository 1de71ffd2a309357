import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { jumpTheDate, letPass, takeItsClock } from '../page-time.ts';
import { KINDS } from './three-jobs.ts';
import { downloadReport, seeItThroughFast } from './wizard-runs.ts';

/**
 * What can come between in the middle of a job: the clock jumps, the admin is demoted, the token is revoked, the server is gone
 * for a minute. One job of each kind goes through all of it, and its ledger is the homeserver's state in the end.
 */

const HOUR = 3_600_000;

/** Changes that the homeserver made and answered. */
const answered = (model: MockHomeserver) => model.log.writes().filter(({ status }) => status === 200).length;

for (const [kind, plan] of Object.entries(KINDS)) {
  test(`promise 9, ${kind}: the ledger keeps its place through a clock that jumps, a lost right, token and server`, async ({
    page,
    model,
    served,
  }) => {
    await takeItsClock(page);
    await signIn(page, served.url, model.adminToken);
    const { go, stride, see } = await plan(page, model);
    model.log.clear();
    model.latencyMs = 30;
    const afterSoMany = (events: number) =>
      expect.poll(() => answered(model), { intervals: [20] }).toBeGreaterThanOrEqual(stride * events);
    await go();

    await afterSoMany(1);
    await jumpTheDate(page, 5 * HOUR);

    await afterSoMany(2);
    const admin = model.state.users.get(model.adminId);
    if (!admin) throw new Error('no admin');
    admin.admin = false;
    // The token is good, so nobody is asked for another one; the server's own reason is said.
    const note = page.getByRole('alert').filter({ hasText: 'Resume as ' });
    await expect(note).toContainText('You are not a server admin');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    admin.admin = true;
    await page.getByRole('button', { name: 'Resume' }).click();

    await afterSoMany(3);
    await jumpTheDate(page, -9 * HOUR);
    model.state.tokens.delete(model.adminToken);
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByLabel('Access token').fill(model.issueToken(model.adminId));
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(note).toBeVisible();
    await page.getByRole('button', { name: 'Resume' }).click();

    await afterSoMany(4);
    await served.goAway();
    // What was being worked on when the connections broke is worked off.
    await expect.poll(() => model.log.entries.every(({ endedAt }) => endedAt !== null)).toBe(true);
    const done = answered(model);
    for (let passed = 0; passed < 60; passed += 5) {
      await letPass(page, 5000);
      await page.waitForTimeout(30);
    }
    expect(answered(model)).toBe(done);
    await expect(page.getByText('Paused: too many failures', { exact: true })).toBeVisible();
    await served.comeBack();
    await seeItThroughFast(page, model);
    see(await downloadReport(page));
  });
}
