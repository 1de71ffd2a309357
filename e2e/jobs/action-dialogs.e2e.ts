import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** The dialog of an action where something gets in the way: it says what happened, and loses nothing. */

const dialog = (page: Page) => page.getByRole('dialog').filter({ hasText: 'Lock' });
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' });

async function openLock(page: Page, userId: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${userId}` }).click();
  await page.getByRole('menuitem', { name: 'Lock', exact: true }).click();
}

const lock = (page: Page) => dialog(page).getByRole('button', { name: 'Lock', exact: true }).click();

test('where the browser stores nothing it does not stop to ask, and says that Activity forgets it', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('A private window', 'InvalidStateError');
    };
  });
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await openLock(page, anna.name);
  await lock(page);
  await expect(toast(page)).toContainText(`Lock ${anna.name}: done`);
  await expect(toast(page)).toContainText('Activity forgets this one');
  expect(anna.locked).toBe(true);
  await toast(page).getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page)).toContainText(`Undo: Lock ${anna.name}: done`);
  expect(anna.locked).toBe(false);
});

test('a busy homeserver is waited for in the dialog, which says so; two clicks send one change', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await openLock(page, anna.name);
  model.faults.next({ match: /^PUT/, answer: '429', retryAfterMs: 1500 });
  await dialog(page).getByRole('button', { name: 'Lock', exact: true }).dblclick();
  await expect(dialog(page)).toContainText('asked Glia to slow down');
  await expect(toast(page)).toContainText(`Lock ${anna.name}: done`);
  expect(model.log.writes().map(({ status }) => status)).toEqual([429, 200]);
});

test('a token that is lost in the dialog: nothing was changed, it says so, and the job waits for the next sign-in', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await openLock(page, anna.name);
  await expect(dialog(page)).toContainText('Now not locked');
  model.faults.next({ match: /^PUT/, answer: '401' });
  await lock(page);
  const again = page.getByRole('dialog').filter({ has: page.getByLabel('Access token') });
  await again.getByLabel('Access token').fill(model.adminToken);
  await again.getByRole('button', { name: /^Sign in/ }).click();
  await expect(again).toHaveCount(0);
  await expect(dialog(page).getByRole('alert')).toContainText('Not finished');
  expect(anna.locked).toBe(false);
  await dialog(page).getByRole('link', { name: 'Open job' }).click();
  await page.getByRole('button', { name: /^(Resume|Go on)$/ }).click();
  await expect.poll(() => anna.locked).toBe(true);
});

test('closed while it runs, the job goes on, and how it ended is said in a notice', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await openLock(page, anna.name);
  const answer = Promise.withResolvers<void>();
  model.faults.next({ match: /^PUT/, answer: 'slow', until: answer.promise });
  await lock(page);
  await expect.poll(() => model.log.inFlight).toBe(1);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  // In the meantime the account is closed: Synapse keeps an account from being both.
  model.state.users.delete(anna.name);
  answer.resolve();
  await expect(toast(page)).toContainText(`Lock ${anna.name}: failed`);
  await expect(toast(page)).toContainText('created a new account');
});

test('what the menu found is looked at again by the dialog', async ({ page, model, homeserverUrl }) => {
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await page.getByRole('button', { name: `Actions for ${anna.name}` }).click();
  const item = page.getByRole('menuitem', { name: 'Lock', exact: true });
  await expect(item).toBeVisible();
  anna.locked = true;
  await item.click();
  await expect(page.getByRole('dialog')).toContainText('Already locked.');
  expect(model.log.writes()).toEqual([]);
});

test('an undo from a notice is asked with today’s token, and by nobody else', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  const other = addUser(model, { localpart: 'other', admin: true });
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await openLock(page, anna.name);
  await lock(page);
  const undo = toast(page).getByRole('button', { name: 'Undo' });
  await undo.hover();
  await page.getByRole('button', { name: 'Account', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /Sign out/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(undo).toHaveCount(0);
  await signIn(page, homeserverUrl, model.issueToken(other.name, 'D'), paths.users());
  await expect(undo).toHaveCount(0);
  expect(anna.locked).toBe(true);
});

test('the dialog fits a phone, and is used by keyboard alone', async ({ page, model, homeserverUrl }) => {
  const anna = addUser(model, 'anna');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await signIn(page, homeserverUrl, model.adminToken, paths.user(anna.name));
  await page.getByRole('button', { name: 'More' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Suspend', exact: true })).toBeVisible();
  await seeNoAxeViolation(page, 'the menu on a phone');
  await page.getByRole('menuitem', { name: 'Suspend', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Now not suspended, then suspended.');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true })).toBeFocused();
  await seeNoSidewaysScrolling(page, 'the dialog of an action');
  await seeNoAxeViolation(page, 'the dialog on a phone');
  await page.keyboard.press('Enter');
  await expect(toast(page)).toContainText(`Suspend ${anna.name}: done`);
  expect(anna.suspended).toBe(true);
  await page.goto(appUrl(paths.user(anna.name)));
});

test('the focus returns to what opened the dialog, and is in the dialog where the change was refused', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const [anna, ben] = [addUser(model, 'anna'), addUser(model, 'fail-403-ben')];
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  const opener = (userId: string) => page.getByRole('button', { name: `Actions for ${userId}` });
  for (const leave of ['Escape', 'Cancel', 'Lock']) {
    await openLock(page, anna.name);
    const button = dialog(page).getByRole('button', { name: leave === 'Escape' ? 'Lock' : leave, exact: true });
    if (leave === 'Escape') await button.press('Escape');
    else await button.click();
    await expect(dialog(page)).toHaveCount(0);
    await expect(opener(anna.name)).toBeFocused();
  }
  await openLock(page, ben.name);
  await lock(page);
  await expect(dialog(page)).toContainText('Failed');
  expect(await dialog(page).evaluate((one) => one.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(opener(ben.name)).toBeFocused();
});
