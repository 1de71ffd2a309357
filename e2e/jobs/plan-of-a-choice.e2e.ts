import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addMedia, addRemoteMedia, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { seeOver } from './job-page.ts';

/** A plan belongs to the choice that it was made from, however the choice comes to change. */

const DAY = 86_400_000;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** In the menu of a page of one user. */
async function more(page: Page, name: string): Promise<void> {
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name }).click();
}
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name });
const step = (page: Page, name: string) => page.getByRole('heading', { name: new RegExp(`^Step \\d of 2: ${name}$`) });
/** A step in the wizard's own navigation; closed where it leads nowhere. */
const closed = (page: Page, name: string) =>
  page.getByRole('link', { name: new RegExp(`^${name}, not available yet`) });
const goTo = (page: Page, hash: string) => page.evaluate((to) => (location.hash = to), hash);

function fill(model: MockHomeserver): { anna: string; ben: string } {
  const old = { created_ts: Date.now() - 800 * DAY, last_access_ts: Date.now() - 500 * DAY };
  const [anna, ben] = [addUser(model, 'anna').name, addUser(model, 'ben').name];
  addMedia(model, { ...old, user_id: anna, media_length: 5_000_000 });
  addMedia(model, { ...old, user_id: anna, media_length: 2_000_000 });
  addMedia(model, { ...old, user_id: ben, media_length: 3_000_000 });
  return { anna, ben };
}

async function makePlan(page: Page): Promise<void> {
  await button(page, 'Review').click();
  await expect(step(page, 'Review')).toBeVisible();
}

async function seeNoPlan(page: Page): Promise<void> {
  await expect(closed(page, 'Review')).toBeVisible();
}

test('promise 2: media: another date, size or place drops the plan, also on the way forward in the browser', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  addRemoteMedia(model, { last_access_ts: Date.now() - 400 * DAY });
  await signIn(page, homeserverUrl, model.adminToken, paths.deleteMedia());
  await makePlan(page);
  await expect(page.getByText('3 files (10.0 MB)')).toBeVisible();
  await expect(page.getByText(/not opened since \d{4}-\d\d-\d\d, of everyone\. This can’t be undone\.$/)).toBeVisible();
  await page.goBack();
  await expect(step(page, 'Choose')).toBeVisible();
  await page.getByLabel('Date', { exact: true }).fill('2023-11-01');
  await seeNoPlan(page);
  await page.goForward();
  await expect(page.getByText('There is no plan to review')).toBeVisible();
  await goTo(page, paths.deleteMedia('review'));
  await expect(page.getByText('There is no plan to review')).toBeVisible();
  await page.getByLabel('Remote media cache').check();
  await makePlan(page);
  await expect(page.getByText(/cached remote files not opened since 2023-11-01, in \d+ requests/)).toBeVisible();
  await link(page, 'Back to choosing').click();
  await page.getByLabel('Files of this homeserver').check();
  await seeNoPlan(page);
  expect(model.log.writes()).toEqual([]);
});

test('promise 2: media: “Delete media…” on a user’s page drops the plan for everyone, and the job says whose files', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { ben } = fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.deleteMedia());
  await makePlan(page);
  await expect(page.getByText('3 files (10.0 MB)')).toBeVisible();
  await goTo(page, paths.user(ben));
  await more(page, 'Delete media…');
  await expect(page.getByRole('radio', { name: ben })).toBeChecked();
  await seeNoPlan(page);
  await makePlan(page);
  await expect(page.getByText(`of ${ben}`)).toBeVisible();
  await page.getByLabel('Type 1 to confirm').fill('1');
  await button(page, 'Delete 1 file').click();
  await expect(
    page.getByRole('heading', { name: new RegExp(`^Delete 1 file not opened since .* of ${ben}$`) }),
  ).toBeVisible();
  await seeOver(page);
  await expect(
    page.getByRole('heading', { name: new RegExp(`^Delete 1 file not opened since .* of ${ben}$`) }),
  ).toBeVisible();
  expect(model.state.media.size).toBe(2);
});

test('a cancelled plan sends nothing more and never comes back', async ({ page, model, homeserverUrl }) => {
  const { anna } = fill(model);
  for (let index = 0; index < 40; index += 1) {
    const owner = addUser(model, `owner${index}`).name;
    addMedia(model, { user_id: owner, created_ts: 1, last_access_ts: 1, media_length: 9 });
  }
  // The last item of the first stage is in flight for as long as it takes.
  model.faults.next({ match: /\/statistics\/users\/media/, answer: 'slow', delayMs: 3_600_000 });
  await signIn(page, homeserverUrl, model.adminToken, paths.deleteMedia());
  // Signing in looks, too.
  model.log.clear();
  const cut = page.waitForEvent('requestfailed', (request) => request.url().includes('/statistics/users/media'));
  await button(page, 'Review').click();
  await expect.poll(() => model.log.count('GET', /\/statistics\/users\/media$/)).toBe(1);
  await button(page, 'Cancel').click();
  await cut;
  await expect(step(page, 'Choose')).toBeFocused();
  await seeNoPlan(page);
  // Whatever was still to come of it would come before the plan that is made now, and in its place.
  await page.getByLabel('Only users that I enter').check();
  await page.getByLabel('User ids').fill(anna);
  await makePlan(page);
  await expect(page.getByText('2 files (7.0 MB)')).toBeVisible();
  expect(model.log.of('GET', /\/users\/[^/]+\/media$/).map(({ path }) => decodeURIComponent(path))).toEqual([
    expect.stringContaining('@anna:'),
  ]);
});

test('a job has an address of its own and is found under its older addresses too; a new plan is separate', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { ben } = fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.deleteMedia());
  await page.getByLabel('Only users that I enter').check();
  await page.getByLabel('User ids').fill(ben);
  await makePlan(page);
  await page.getByLabel('Type 1 to confirm').fill('1');
  await button(page, 'Delete 1 file').click();
  await seeOver(page);
  const job = page.url();
  const id = job.split('/').at(-1);

  await goTo(page, paths.deleteMedia());
  await page.getByLabel('Everyone on this homeserver').check();
  await makePlan(page);
  await expect(page.getByText('2 files (7.0 MB)')).toBeVisible();
  for (const old of [`/delete-media/run?job=${id}`, `/delete-media/report?job=${id}`]) {
    await goTo(page, old);
    await expect(page).toHaveURL(job);
    await expect(page.getByRole('heading', { name: /^Delete 1 file not opened since / })).toBeVisible();
  }
  await goTo(page, '/join-rooms/undo/report');
  await expect(page).toHaveURL(/#\/jobs$/);
  await goTo(page, paths.jobs());
  await page
    .getByRole('table', { name: 'Jobs' })
    .getByRole('link', { name: /^Delete 1 file/ })
    .click();
  await expect(page).toHaveURL(job);
});

test('promise 2: joins and external IDs: a new selection from a list drops the plan made before', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben } = fill(model);
  for (const name of [anna, ben]) {
    const user = model.state.users.get(name);
    user?.external_ids.push({ auth_provider: 'oidc-x', external_id: name });
  }
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await button(page, 'Read their external ids').click();
  await page.getByRole('radio', { name: 'oidc-x' }).check();
  await makePlan(page);
  await expect(page.getByText(/^Remove 2 IDs of oidc-x from 2 users: everyone who has one\./)).toBeVisible();
  await goTo(page, paths.user(ben));
  await more(page, 'Remove external IDs…');
  await expect(page.getByRole('radio', { name: `Only ${ben}` })).toBeChecked();
  await seeNoPlan(page);

  await goTo(page, paths.joinRooms());
  await page.getByRole('textbox', { name: 'Rooms to join' }).fill('#nowhere:demo.example');
  await page.getByRole('textbox', { name: 'Users who join' }).fill(anna);
  await makePlan(page);
  await expect(page.getByText('This plan joins nobody.')).toBeVisible();
  await goTo(page, paths.user(ben));
  await more(page, 'Join to rooms…');
  await expect(page.getByRole('textbox', { name: 'Users who join' })).toHaveValue(`${ben}\n`);
  await seeNoPlan(page);
});

test('signing out cancels what is read for a plan, and leaves no plan behind', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  model.faults.next({ match: /\/statistics\/users\/media/, answer: 'slow', delayMs: 3_600_000 });
  await signIn(page, homeserverUrl, model.adminToken, paths.deleteMedia());
  const cut = page.waitForEvent('requestfailed', (request) => request.url().includes('/statistics/users/media'));
  await button(page, 'Review').click();
  await expect.poll(() => model.log.count('GET', /\/statistics\/users\/media$/)).toBe(1);
  await button(page, 'Account').click();
  await page.getByRole('menuitem', { name: 'Sign out…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await cut;
  await page.getByLabel('Homeserver URL').fill(homeserverUrl);
  await page.getByLabel('Access token').fill(model.adminToken);
  await button(page, 'Sign in').click();
  await goTo(page, paths.deleteMedia('review'));
  await expect(page.getByText('There is no plan to review')).toBeVisible();
});

test('a reload keeps what was chosen but not its plan; signing out forgets both', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben } = fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.deleteMedia());
  await page.getByLabel('Date', { exact: true }).fill('2023-11-01');
  await page.getByLabel('Larger than').fill('2.5 MB');
  await page.getByLabel('Only users that I enter').check();
  await page.getByLabel('User ids').fill(`${anna}\n${ben}`);
  await makePlan(page);
  await page.reload();
  await expect(page.getByText('There is no plan to review')).toBeVisible();
  await expect(page.getByLabel('Date', { exact: true })).toHaveValue('2023-11-01');
  await expect(page.getByLabel('Larger than')).toHaveValue('2.5 MB');
  await expect(page.getByLabel('User ids')).toHaveValue(`${anna}\n${ben}`);
  await makePlan(page);

  await goTo(page, paths.joinRooms());
  await page.getByRole('textbox', { name: 'Rooms to join' }).fill('#lobby:demo.example');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Rooms to join' })).toHaveValue('#lobby:demo.example');
  // Nothing secret lies there.
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(model.adminToken);

  await button(page, 'Account').click();
  await page.getByRole('menuitem', { name: 'Sign out…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Homeserver URL')).toBeVisible();
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('draft')))).toEqual([]);
  await signIn(page, homeserverUrl, model.adminToken, paths.joinRooms());
  await expect(page.getByRole('textbox', { name: 'Rooms to join' })).toHaveValue('');
});

test('leaving while a plan is being read asks first, and says what happens to it', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  model.faults.next({ match: /\/statistics\/users\/media/, answer: 'slow', delayMs: 3_600_000 });
  await signIn(page, homeserverUrl, model.adminToken, paths.deleteMedia());
  await button(page, 'Review').click();
  await expect.poll(() => model.log.count('GET', /\/statistics\/users\/media$/)).toBe(1);
  const dialog = page.getByRole('dialog', { name: 'Leave while Glia is still reading?' });
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect(step(page, 'Review')).toBeVisible();
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await dialog.getByRole('button', { name: 'Keep reading and leave' }).click();
  await expect(page).toHaveURL(/#\/users/);
  // The address comes before the page: until that is there, going back is still asked about.
  await expect(page.getByRole('heading', { name: 'Users', exact: true })).toBeVisible();
  await page.goBack();
  await expect(button(page, 'Cancel')).toBeVisible();
  const cut = page.waitForEvent('requestfailed', (request) => request.url().includes('/statistics/users/media'));
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await dialog.getByRole('button', { name: 'Stop reading and leave' }).click();
  await cut;
  await expect(page).toHaveURL(/#\/users/);
  // Nothing is read any more, so there is nothing to ask about.
  await goTo(page, paths.deleteMedia());
  await page.getByRole('link', { name: 'Rooms', exact: true }).click();
  await expect(page).toHaveURL(/#\/rooms/);
});

test('a plan that is slow because requests fail says so', async ({ page, model, homeserverUrl, manners }) => {
  manners.expected.push(/^Access to fetch/);
  fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  model.faults.next({ match: /GET .*\/v2\/users\//, answer: '502-html', times: 2 });
  model.faults.next({ match: /GET .*\/v2\/users\//, answer: 'slow', delayMs: 3_600_000, times: 9 });
  await button(page, 'Read their external ids').click();
  await expect(page.getByText('2 requests have failed so far')).toBeVisible();
  await expect(page.getByText(/slows down while this lasts/)).toBeVisible();
  await button(page, 'Cancel').click();
  await expect(button(page, 'Read their external ids')).toBeVisible();
});
