import { paths } from '../../src/lib/paths.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { action, begin, fill, jobsTable, leave, newTab, puts, seeAllDoneOnce, seeSome, slowDown } from './kept-runs.ts';
import { askToDelete, seeOver } from './job-page.ts';

/** One runner a job, however many tabs: each shows it, each may ask for it, and none keeps it from one that can run it. */

test('one runner a job: a second tab shows it as it goes, hands over what it is asked, and takes over when the first dies', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  fill(model, 60);
  await signIn(page, homeserverUrl, model.adminToken);
  slowDown(model);
  await begin(page, 60);
  await seeSome(model, 4);
  const address = page.url();

  const second = await newTab(context, appUrl());
  await signIn(second, homeserverUrl, model.adminToken, paths.jobs());
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

test('a tab whose token is gone lets go: another one of the same account goes on, and nothing is done twice', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  fill(model, 30);
  await signIn(page, homeserverUrl, model.adminToken);
  slowDown(model);
  await begin(page, 30);
  await seeSome(model, 4);
  const address = page.url();
  model.state.tokens.delete(model.adminToken);
  await expect(page.getByRole('dialog', { name: 'Sign in again' })).toBeVisible();
  model.faults.clear();

  const second = await newTab(context, appUrl());
  await signIn(second, homeserverUrl, model.issueToken(model.adminId), paths.jobs());
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

test('a job that runs can’t be deleted from another tab; one that is over can, also while that tab shows it', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  fill(model, 20);
  await signIn(page, homeserverUrl, model.adminToken);
  slowDown(model, 600);
  await begin(page, 20);
  await seeSome(model, 3);

  const second = await newTab(context, appUrl());
  await signIn(second, homeserverUrl, model.adminToken, paths.jobs());
  await expect(jobsTable(second)).toContainText('running in another tab');
  await askToDelete(second, 'Remove the oidc-old ids of 20 users');
  const dialog = second.getByRole('dialog', { name: 'Delete this job?' });
  await dialog.getByRole('button', { name: 'Delete job' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Another tab is running this job. Stop it first.');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  model.faults.clear();
  await seeOver(page);
  seeAllDoneOnce(model, 20);

  await expect(jobsTable(second)).toContainText('finished');
  await askToDelete(second, 'Remove the oidc-old ids of 20 users');
  await dialog.getByRole('button', { name: 'Delete job' }).click();
  await expect(second.getByText('No jobs yet')).toBeVisible();
  await page.goto(appUrl(paths.jobs()));
  await expect(page.getByText('No jobs yet')).toBeVisible();
});
