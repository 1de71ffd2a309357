import type { Page } from '@playwright/test';
import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { statesOnDisk } from './kept-runs.ts';
import { letPass, takeItsClock } from '../page-time.ts';
import { downloadReport, planDeletion, planJoins, planRemoval, type ReportItem } from './wizard-runs.ts';
import { seeOver } from './job-page.ts';

/**
 * A homeserver that is at a change for longer than anybody waits, and than anybody looks for it: it does it when the job has been
 * told that it did not happen, and the page that sent it is gone.
 */

const DAY = 86_400_000;
const NOT_SO_FAR = 'Glia looked again, and 1 item has not happened. Resume to run it.';

interface LateRun {
  go(): Promise<void>;
  /** The request of the change. */
  change: RegExp;
  happened(): boolean;
  /** What the report says of it. */
  told: Partial<Record<keyof ReportItem, unknown>>;
  /** What an undo, where there is one, says of it. */
  seeUndo?(page: Page): Promise<void>;
}

const KINDS: Readonly<Record<string, (page: Page, model: MockHomeserver) => Promise<LateRun>>> = {
  async 'a join'(page, model) {
    const anna = addUser(model, 'anna').name;
    // In a private room a second join is refused.
    const room = addRoom(model, { creator: model.adminId, members: [model.adminId] });
    return {
      go: await planJoins(page, [room.room_id], [anna]),
      change: /^POST .*\/v1\/join\//,
      happened: () => room.members.get(anna)?.membership === 'join',
      told: {
        status: 'skipped',
        reason:
          'Already in the room when Glia looked: joined by this job or by someone else. (An earlier request got no answer. It may have happened, or may still happen.)',
        before: expect.objectContaining({ user_id: anna, joined_before: null }),
      },
      async seeUndo() {
        // Nothing is undone without being chosen, and the plan offers that.
        await expect(page.getByRole('link', { name: 'Undo…' })).toBeVisible();
      },
    };
  },
  async 'a deletion'(page, model) {
    const { name } = addUser(model, 'anna');
    const ages = { created_ts: Date.now() - 1500 * DAY, last_access_ts: Date.now() - 500 * DAY };
    const file = addMedia(model, { user_id: name, ...ages });
    return {
      go: await planDeletion(page, 1, 'exact'),
      change: /^DELETE /,
      happened: () => !model.state.media.has(file.media_id),
      told: {
        status: 'skipped',
        reason:
          'It was already so when Glia checked: done by a request of this job that got no answer, or by someone else.',
      },
    };
  },
  async 'a removal'(page, model) {
    const external_ids = [{ auth_provider: 'gone', external_id: '1' }];
    const user = addUser(model, { localpart: 'anna', external_ids });
    return {
      go: await planRemoval(page, 'gone', 1),
      change: /^PUT .*\/v2\/users\//,
      happened: () => user.external_ids.length === 0,
      told: {
        status: 'skipped',
        reason: expect.stringMatching(
          /^It was already so when Glia checked: done by a request of this job that got no answer, or by/,
        ),
        unanswered: true,
        before: expect.objectContaining({ before: { external_ids }, goal: { external_ids: [] } }),
      },
      async seeUndo() {
        await page.getByRole('link', { name: /^Undo/ }).click();
        const row = page
          .getByRole('table', { name: 'What would happen to each' })
          .getByRole('row')
          .filter({ hasText: '@anna' });
        await expect(row).toContainText('left alone unless you choose otherwise');
        await page.getByRole('checkbox', { name: /^Also undo 1 change/ }).check();
        await expect(row).toContainText('Changed by the job or by someone else: Glia can’t tell which');
        await expect(page.getByRole('button', { name: /^Undo 1 change/ })).toBeVisible();
      },
    };
  },
};

for (const [kind, plan] of Object.entries(KINDS)) {
  test(`promise 4: ${kind} that lands after it was looked for in vain is told as what it can be`, async ({
    page,
    model,
    homeserverUrl,
    manners,
  }) => {
    manners.expected.push(/^Access to fetch/);
    await takeItsClock(page);
    await signIn(page, homeserverUrl, model.adminToken);
    const { go, change, happened, told, seeUndo } = await plan(page, model);
    const landing = Promise.withResolvers<void>();
    model.faults.next({ match: change, answer: 'slow', times: 4, until: landing.promise });
    await go();

    const verify = page.getByRole('button', { name: /^Verify / });
    await expect
      .poll(
        async () => {
          await letPass(page, 10_000);
          return verify.isVisible();
        },
        { intervals: [20], timeout: 30_000 },
      )
      .toBe(true);
    await verify.click();
    await expect(page.getByText(NOT_SO_FAR)).toBeVisible();
    expect(happened()).toBe(false);

    // A page that goes away before that is written has it looked for once more, and is not what is tested here.
    await expect
      .poll(() => statesOnDisk(page))
      .toEqual([expect.objectContaining({ phase: 'paused', reason: expect.objectContaining({ id: 'job.not-done' }) })]);
    await page.reload();
    landing.resolve();
    await expect.poll(() => model.log.inFlight).toBe(0);
    expect(happened()).toBe(true);
    await page.getByRole('button', { name: 'Resume' }).click();
    await seeOver(page);
    expect(await downloadReport(page)).toMatchObject([told]);
    await seeUndo?.(page);
  });
}
