import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** Registration tokens: made, changed, deleted, and put back. */

const table = (page: Page) => page.getByRole('table', { name: 'Registration tokens' });
const notices = (page: Page) => page.getByRole('region', { name: 'Notifications' });

function addToken(model: MockHomeserver, token: string, uses_allowed: number | null, completed = 0): void {
  model.state.registrationTokens.set(token, { token, uses_allowed, pending: 0, completed, expiry_time: null });
}

const open = async (page: Page, model: MockHomeserver, url: string) => {
  await signIn(page, url, model.adminToken, paths.registrationTokens());
  await expect(table(page)).toHaveAttribute('aria-busy', 'false');
};

test('creates several random tokens at once; neither the address nor the browser’s storage holds one', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await open(page, model, homeserverUrl);
  await page.getByRole('button', { name: 'Create tokens…' }).click();
  await page.getByRole('textbox', { name: 'How many' }).fill('3');
  await page.getByRole('textbox', { name: 'Uses allowed' }).fill('5');
  await seeNoAxeViolation(page, 'create tokens');
  await page.getByRole('button', { name: 'Create 3 tokens' }).click();
  await expect(page.getByText('3 tokens created')).toBeVisible();
  const tokens = [...model.state.registrationTokens.values()];
  expect(tokens.map(({ uses_allowed }) => uses_allowed)).toEqual([5, 5, 5]);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^registration-tokens-.*\.csv$/);
  await page.getByRole('link', { name: 'Open job' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Create 3 registration tokens' })).toBeVisible();
  const kept = await page.evaluate(async () => {
    const all: unknown[] = [
      location.href,
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.body.innerText,
    ];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name ?? '');
        opening.addEventListener('success', () => resolve(opening.result));
      });
      for (const store of db.objectStoreNames) {
        all.push(
          await new Promise((resolve) => {
            const asked = db.transaction(store).objectStore(store).getAll();
            asked.addEventListener('success', () => resolve(asked.result));
          }),
        );
      }
      db.close();
    }
    return JSON.stringify(all);
  });
  expect(kept).toContain('token.create');
  for (const { token } of tokens) expect(kept).not.toContain(token);
});

test('deletes a token and puts it back with the same text and limits', async ({ page, model, homeserverUrl }) => {
  addToken(model, 'friends', 9, 4);
  await open(page, model, homeserverUrl);
  await table(page).getByRole('button', { name: 'Actions for' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog')).toContainText('Its counts start at 0 again.');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No registration tokens')).toBeVisible();
  await notices(page).getByRole('button', { name: 'Undo' }).click();
  await expect(table(page)).toContainText('0 of 9');
  expect(model.state.registrationTokens.get('friends')).toMatchObject({ uses_allowed: 9, completed: 0 });
});

test('changes the limits of a token, and nothing else', async ({ page, model, homeserverUrl }) => {
  addToken(model, 'friends', 9, 4);
  await open(page, model, homeserverUrl);
  await table(page).getByRole('button', { name: 'Actions for' }).click();
  await page.getByRole('menuitem', { name: 'Change limits' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Uses allowed' }).fill('20');
  await dialog.getByRole('button', { name: 'Change limits' }).click();
  await expect(table(page)).toContainText('4 of 20');
  await notices(page).getByRole('button', { name: 'Undo' }).click();
  await expect(table(page)).toContainText('4 of 9');
});

test('deletes all tokens that are used up, by a plan', async ({ page, model, homeserverUrl }) => {
  addToken(model, 'friends', null);
  for (const token of ['old-1', 'old-2']) addToken(model, token, 1, 1);
  await open(page, model, homeserverUrl);
  await page.getByRole('button', { name: '2 used up' }).click();
  await page.getByRole('button', { name: 'Delete these 2 tokens…' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Delete 2 registration tokens' }).click();
  await expect.poll(() => [...model.state.registrationTokens.keys()]).toEqual(['friends']);
});

test('copies a link to register with a token, where somebody has a page for that', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  addToken(model, 'friends', null);
  await open(page, model, homeserverUrl);
  await page.getByText('Registration links', { exact: true }).click();
  const address = page.getByRole('textbox', { name: 'Address of the registration page' });
  await address.fill('https://hs.example/register');
  await expect(page.getByText('with {token} where the token goes')).toBeVisible();
  await address.fill('https://hs.example/register?t={token}');
  await table(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(table(page).getByRole('button', { name: 'Copied', exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('https://hs.example/register?t=friends');
});
