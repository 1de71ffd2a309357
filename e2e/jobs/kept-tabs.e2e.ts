import { paths } from '../../src/lib/paths.ts';
import { appUrl, expect, test } from '../fixtures.ts';
import { action, jobsTable, leave, puts, seeAllDoneOnce, seeSome, tabWithJobs, underWay } from './kept-runs.ts';
import { askToDelete, seeOver } from './job-page.ts';

/** One runner a job, however many tabs: each shows it, each may ask for it, and none keeps it from one that can run it. */

test('one runner per job: a second tab shows its progress, passes on what it is asked, and takes over when the first is gone', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  await underWay(page, model, homeserverUrl, 60, { delayMs: 300, seen: 4 });
  const address = page.url();

  const second = await tabWithJobs(context, homeserverUrl, model.adminToken);
  await expect(jobsTable(second)).toContainText('running in another tab');
  await second.goto(address);
  await expect(second.getByText('Another tab of this browser has this job')).toBeVisible();
  // What one tab is asked, the other does; both show it.
  await action(second, 'Pause').click();
  await expect(action(page, 'Resume')).toBeVisible();
  await expect(action(second, 'Resume')).toBeVisible();
  const paused = puts(model).length;
  await action(second, 'Resume').click();
  await expect(action(page, 'Pause')).toBeVisible();
  await seeSome(model, paused + 3);

  await leave(page);
  await expect(action(second, 'Resume')).toBeVisible();
  model.faults.clear();
  await action(second, 'Resume').click();
  await seeOver(second);
  seeAllDoneOnce(model, 60);
});

test('a tab that lost its token hands over the job: another tab of the same account resumes it, and nothing is done twice', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  await underWay(page, model, homeserverUrl, 30, { delayMs: 300, seen: 4 });
  const address = page.url();
  model.state.tokens.delete(model.adminToken);
  await expect(page.getByRole('dialog', { name: 'Sign in again' })).toBeVisible();
  model.faults.clear();

  const second = await tabWithJobs(context, homeserverUrl, model.issueToken(model.adminId));
  await expect(jobsTable(second)).toContainText('paused in another tab');
  await second.goto(address);
  await action(second, 'Resume').click();
  await seeOver(second);
  // Those that came with the token that was gone changed nothing.
  const changes = model.log.entries.filter(({ method, status }) => method === 'PUT' && status === 200);
  expect(changes).toHaveLength(30);
  expect(new Set(changes.map(({ path }) => path)).size).toBe(30);
  // The first one shows it, behind its sign-in.
  await seeOver(page);
});

test('a running job can’t be deleted from another tab; a finished one can, even while that tab shows it', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  await underWay(page, model, homeserverUrl, 20, { delayMs: 600, seen: 3 });

  const second = await tabWithJobs(context, homeserverUrl, model.adminToken);
  await expect(jobsTable(second)).toContainText('running in another tab');
  await askToDelete(second, 'Remove the oidc-old IDs of 20 users');
  const dialog = second.getByRole('dialog', { name: 'Delete this job?' });
  await dialog.getByRole('button', { name: 'Delete job' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Another tab is running this job. Stop it first.');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  model.faults.clear();
  await seeOver(page);
  seeAllDoneOnce(model, 20);

  await expect(jobsTable(second)).toContainText('finished');
  await askToDelete(second, 'Remove the oidc-old IDs of 20 users');
  await dialog.getByRole('button', { name: 'Delete job' }).click();
  await expect(second.getByText('No jobs yet')).toBeVisible();
  await page.goto(appUrl(paths.jobs()));
  await expect(page.getByText('No jobs yet')).toBeVisible();
});
