import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { action, begin, newTab } from '../jobs/kept-runs.ts';
import { seeOver } from '../jobs/job-page.ts';

/** What a sign-out reaches, and what it leaves. */

async function openSignOut(page: Page) {
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out…' }).click();
  return page.getByRole('dialog', { name: 'Sign out' });
}

const tokenField = (page: Page) => page.getByLabel('Access token');

/** Whose jobs this browser has on its disk. */
const ownersOnDisk = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const opening = indexedDB.open('glia');
        opening.addEventListener('success', () => {
          const reading = opening.result.transaction('jobs').objectStore('jobs').getAll();
          reading.addEventListener('success', () => {
            opening.result.close();
            resolve(
              reading.result.map(({ snapshot }: { snapshot: { owner: { userId: string } } }) => snapshot.owner.userId),
            );
          });
        });
      }),
  );

/** A second admin, and an id for each to take away. @returns the second one's token */
function addAdmin(model: MockHomeserver): string {
  return model.issueToken(addUser(model, { localpart: 'boss', admin: true }).name);
}

/** One removal from choose to finished. */
async function removeOne(page: Page, model: MockHomeserver, localpart: string): Promise<void> {
  addUser(model, { localpart, external_ids: [{ auth_provider: 'oidc-old', external_id: localpart }] });
  await begin(page, 1);
  await seeOver(page);
}

test('what the browser kept of a session on disk opens nothing after the sign-out', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await signIn(page, homeserverUrl, model.adminToken);
  const onDisk = await page.evaluate(() => JSON.stringify(Object.fromEntries(Object.entries(sessionStorage))));
  expect(onDisk).toContain('glia.session');
  expect(onDisk).not.toContain(model.adminToken);
  expect(onDisk).not.toContain(homeserverUrl);
  const dialog = await openSignOut(page);
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(tokenField(page)).toBeVisible();
  // As “restore the last session” and “reopen the closed tab” do.
  const restored = await newTab(page.context(), appUrl());
  await restored.evaluate((text) => {
    for (const [key, value] of Object.entries(JSON.parse(text) as Record<string, string>))
      sessionStorage.setItem(key, value);
  }, onDisk);
  await restored.reload();
  await expect(tokenField(restored)).toBeVisible();
  expect(await restored.evaluate(() => sessionStorage.length)).toBe(0);
});

test('signing out reaches the other tabs of the account, and none of another account', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  const bossToken = addAdmin(model);
  await signIn(page, homeserverUrl, model.adminToken);
  const second = await newTab(context, appUrl());
  await signIn(second, homeserverUrl, model.issueToken(model.adminId), paths.user(model.adminId));
  await expect(second.getByRole('heading', { level: 1 })).toBeVisible();
  const other = await newTab(context, appUrl());
  await signIn(other, homeserverUrl, bossToken);

  const dialog = await openSignOut(page);
  await expect(dialog.getByLabel('Also sign out 1 other tab of this account')).toBeChecked();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(tokenField(page)).toBeVisible();
  await expect(tokenField(second)).toBeVisible();
  await expect(second.getByText('@admin:demo.example was signed out in another tab.')).toBeVisible();
  expect(second.url()).toMatch(/#\/$/);
  await second.reload();
  await expect(tokenField(second)).toBeVisible();
  await other.reload();
  await expect(other.getByRole('banner')).toContainText('@boss:demo.example');
});

test('signing out of one tab only leaves the other one signed in, also over a reload', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  await signIn(page, homeserverUrl, model.adminToken);
  const second = await newTab(context, appUrl());
  await signIn(second, homeserverUrl, model.adminToken);
  const dialog = await openSignOut(page);
  await dialog.getByLabel('Also sign out 1 other tab of this account').uncheck();
  await expect(dialog).toContainText('in this tab');
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(tokenField(page)).toBeVisible();
  await second.reload();
  await expect(second.getByRole('banner')).toContainText(model.adminId);
});

test('sign-out names whose jobs stay on this computer, and deletes those of the account alone when asked', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const bossToken = addAdmin(model);
  await signIn(page, homeserverUrl, bossToken);
  await removeOne(page, model, 'anna');
  let dialog = await openSignOut(page);
  await expect(dialog.getByLabel('Also delete 1 job of @boss:demo.example from this computer')).not.toBeChecked();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, homeserverUrl, model.adminToken);
  await removeOne(page, model, 'bert');
  await expect.poll(() => ownersOnDisk(page)).toHaveLength(2);

  dialog = await openSignOut(page);
  const box = dialog.getByLabel('Also delete 1 job of @admin:demo.example from this computer');
  await expect(box).toHaveAccessibleDescription(/IDs, names, email addresses, file names.*Jobs of other accounts/);
  await seeNoAxeViolation(page, 'sign-out');
  await page.setViewportSize({ width: 390, height: 844 });
  await seeNoSidewaysScrolling(page, 'sign-out');
  await box.check();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(tokenField(page)).toBeVisible();
  expect(await ownersOnDisk(page)).toEqual(['@boss:demo.example']);
  // What was entered and planned is gone too, for the same account as well.
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await expect(action(page, 'Read their external ids')).toBeVisible();
});

test('where the browser stores nothing, the page says so, and the token lives in memory only', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(IDBFactory.prototype, 'open', {
      value() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await page.goto(appUrl());
  const box = page.getByLabel('Forget the token when the page reloads');
  await expect(box).toBeDisabled();
  await expect(box).toBeChecked();
  await expect(box).toHaveAccessibleDescription(/does not let this page store anything.*in memory only/);
  await signIn(page, homeserverUrl, model.adminToken);
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await expect(page.getByText('Signs out after 12 hours without use, or when the page reloads.')).toBeVisible();
  await page.reload();
  await expect(tokenField(page)).toBeVisible();
});

test('a page that nobody used for as long as was chosen signs out by itself, and says why', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await page.clock.install();
  await page.goto(appUrl());
  await page.getByLabel('Sign out when Glia is not used for').selectOption('1 hour');
  await page.getByLabel('Homeserver URL').fill(homeserverUrl);
  await page.getByLabel('Access token').fill(model.adminToken);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  await page.clock.fastForward('59:00');
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  await page.clock.fastForward('02:00');
  await expect(page.getByText('You did not use Glia for 1 hour, so it signed you out.')).toBeVisible();
  await expect(page.getByText(model.adminId)).toHaveCount(0);
});
