import { expect, signIn, test } from '../fixtures.ts';
import { KINDS } from './three-jobs.ts';
import { downloadReport, seeItThrough } from './wizard-runs.ts';

/** What an admin may rely on between the first field and the report, the same for each kind of job. */

for (const [kind, plan] of Object.entries(KINDS)) {
  test(`promise 1, ${kind}: nothing changes before the last click, though reads go wrong; promise 2: then exactly what was confirmed`, async ({
    page,
    model,
    homeserverUrl,
    manners,
  }) => {
    manners.expected.push(/^Access to fetch/);
    await signIn(page, homeserverUrl, model.adminToken);
    model.log.clear();
    // The reading of the plan meets a busy server and a proxy that stumbles.
    for (const [after, answer] of [
      [0, '429'],
      [1, '502-html'],
      [2, 'reset-before'],
      [3, 'cut-short'],
    ] as const) {
      model.faults.next({
        match: ({ path, method }) => method === 'GET' && /\/(users|rooms|media|directory)/.test(path),
        answer,
        after,
      });
    }
    const { go, items, see } = await plan(page, model);
    expect(model.log.writes()).toEqual([]);
    model.faults.clear();
    await expect(page.getByRole('button', { name: new RegExp(`^(Run|Delete|Remove).*\\b${items}\\b`) })).toBeVisible();
    expect(model.log.writes()).toEqual([]);
    await go();
    await seeItThrough(page);
    // Each item of the plan once and no other, each with its request and no request besides.
    see(await downloadReport(page));
  });
}
