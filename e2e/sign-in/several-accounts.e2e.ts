import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { serveModel } from '../model-server.ts';

/** Two homeservers in one tab: it is plain on which one something is changed, and nothing of them mixes. */

const switcher = (page: Page) => page.getByRole('button', { name: /^Switch account/ });
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' });

async function add(page: Page, url: string, token: string): Promise<void> {
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Add an account…' }).click();
  await page.getByLabel('Homeserver URL').fill(url);
  await page.getByLabel('Access token').fill(token);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(switcher(page)).toBeVisible();
}

async function show(page: Page, name: string): Promise<void> {
  await switcher(page).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
  await expect(switcher(page)).toContainText(name);
}

test('a second homeserver beside the first: a job of the one runs on while a user of the other is locked, and both outlive a reload', async ({
  page,
  model: second,
  homeserverUrl: secondUrl,
  manners,
}) => {
  test.setTimeout(90_000);
  const first = new MockHomeserver({ serverName: 'first.example' });
  // What the job changes there waits for this.
  const gate = { open: () => {} };
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  const served = await serveModel({
    handle: async (request) => {
      if (request.method === 'PUT') await opened;
      return first.handle(request);
    },
  });
  // No stranger: the test serves it.
  manners.expected.push(new RegExp(`^third party: ${served.url}`));
  try {
    const some = Array.from({ length: 12 }, (_, index) => addUser(first, `user${index}`));
    const anna = addUser(second, 'anna');
    await signIn(page, served.url, first.adminToken, paths.users());
    // With one account nothing is said of accounts.
    await expect(switcher(page)).toHaveCount(0);
    await page.getByRole('searchbox').fill('user');
    await expect(page.getByText('12 users', { exact: true })).toBeVisible();
    await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
    await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Lock…', exact: true }).click();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Lock 12 users' }).click();
    await expect(page.getByText('Trying the first few items before the others', { exact: true })).toBeVisible();

    await add(page, secondUrl, second.adminToken);
    await expect(switcher(page)).toContainText(second.serverName);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users', exact: true }).click();
    await expect(page.getByText(anna.name)).toBeVisible();
    await expect(page.getByText('@user1:')).toHaveCount(0);

    // Its name, here and in the dialog that changes something.
    await switcher(page).click();
    await page.getByRole('menuitem', { name: 'Name and color of this account…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Production');
    await page.getByRole('radio', { name: 'Red' }).check();
    await seeNoAxeViolation(page, 'the name and color of an account');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: `Actions for ${anna.name}` }).click();
    await page.getByRole('menuitem', { name: 'Lock', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(`Production as ${second.adminId}`);
    await seeNoAxeViolation(page, 'the dialog of one of two accounts');
    await dialog.getByRole('button', { name: 'Lock', exact: true }).click();
    await expect(toast(page)).toContainText(`Lock ${anna.name}: done`);
    expect(anna.locked).toBe(true);

    // The job of the first goes on, and the page of the second says so.
    await page.getByRole('button', { name: /^Jobs:/ }).click();
    const others = page.getByRole('group', { name: 'Jobs of your other accounts' });
    await expect(others).toContainText('1 job is not finished');
    await seeNoAxeViolation(page, 'the jobs of another account');
    expect(some.some(({ locked }) => locked)).toBe(false);
    gate.open();
    await expect(others).toHaveCount(0);
    expect(some.every(({ locked }) => locked)).toBe(true);
    expect(second.log.writes()).toHaveLength(1);

    await page.keyboard.press('Escape');
    await page.reload();
    await expect(switcher(page)).toContainText('Production');
    await show(page, first.serverName);
    await expect(page.getByText('@user1:').first()).toBeVisible();

    // One leaves, the other stays.
    await page.getByRole('button', { name: 'Account', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Sign out…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(switcher(page)).toHaveCount(0);
    await expect(page.getByText(anna.name)).toBeVisible();
  } finally {
    gate.open();
    await served.close();
  }
});

test('a token of the other account that runs out is said, and nobody is asked for it before one switches', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  const second = new MockHomeserver({ serverName: 'second.example' });
  const served = await serveModel(second);
  manners.expected.push(new RegExp(`^third party: ${served.url}`));
  try {
    await signIn(page, homeserverUrl, model.adminToken);
    await add(page, served.url, second.adminToken);
    await show(page, model.serverName);
    await show(page, 'second.example');
    // Pages that send something without a dialog say as whom, too.
    const [navigation, main] = [page.getByRole('navigation', { name: 'Main' }), page.getByRole('main')];
    await navigation.getByRole('link', { name: 'Server notices', exact: true }).click();
    await expect(main).toContainText(`as ${second.adminId}`);
    await navigation.getByRole('link', { name: 'API console', exact: true }).click();
    await main.getByLabel('Method', { exact: true }).selectOption('POST');
    await expect(main).toContainText(`as ${second.adminId}`);
    second.state.tokens.clear();
    // By the address: whatever the first page still asks may have opened the dialog by then, over what could be clicked.
    await page.goto(appUrl(paths.users()));
    const again = page.getByRole('dialog');
    await expect(again).toContainText(second.adminId);
    await again.getByRole('button', { name: /^Go to/ }).click();
    await expect(switcher(page)).toContainText(model.serverName);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await switcher(page).click();
    await expect(page.getByRole('menuitem', { name: /^second\.example/ })).toContainText('is not accepted any more');
    await seeNoAxeViolation(page, 'the accounts of a tab');
  } finally {
    await served.close();
  }
});
