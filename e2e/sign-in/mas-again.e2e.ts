import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { appUrl, expect } from '../fixtures.ts';
import { seeOver } from '../jobs/job-page.ts';
import { begin, fill, puts, seeSome, slowDown } from '../jobs/kept-runs.ts';
import { openMasDemo } from '../mas-demo.ts';
import { test, type ServedMas } from '../served-mas.ts';

/** A session of MAS that ended is renewed at MAS: another page, and back to where one was. */

const again = (page: Page) => page.getByRole('dialog', { name: 'Sign in again' });
const account = (page: Page) => page.getByRole('button', { name: 'Account', exact: true });

async function signInByMas(page: Page, homeserverUrl: string): Promise<void> {
  await page.goto(appUrl());
  await page.getByLabel('Homeserver URL').fill(homeserverUrl);
  await page.getByRole('button', { name: 'Continue with MAS' }).click();
  await expect(account(page)).toBeVisible();
}

/** Until the page notices. */
async function end(page: Page, front: ServedMas): Promise<void> {
  front.endAll();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Rooms', exact: true }).click();
  await expect(again(page)).toBeVisible();
}

test('a job that lost its session is resumed after signing in at MAS again, on the page where one was', async ({
  page,
  model,
  homeserverUrl,
  front,
}) => {
  fill(model, 6);
  await signInByMas(page, homeserverUrl);
  slowDown(model, 200);
  await begin(page, 6);
  await seeSome(model, 2);
  const where = page.url();
  front.endAll();
  await expect(again(page)).toContainText(model.adminId);
  await expect(again(page)).toContainText('What you entered here and did not send is lost');
  await seeNoAxeViolation(page, 'signing in again at MAS');
  await expect(page.getByText(/^Paused: access/).first()).toBeVisible();
  await again(page).getByRole('button', { name: 'Continue with MAS' }).click();
  const hints = () => front.opened.map((url) => url.searchParams.get('login_hint'));
  await expect.poll(hints).toEqual([null, `mxid:${model.adminId}`]);
  await expect(page).toHaveURL(where);
  await expect(again(page)).toHaveCount(0);
  await expect(account(page)).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await seeOver(page);
  // Nobody is changed twice.
  expect(new Set(puts(model)).size).toBe(6);
  expect(front.alive()).toEqual(['admin']);
});

test('another account is refused at MAS, and nothing of it stays; the right one leads back', async ({
  page,
  model,
  homeserverUrl,
  front,
}) => {
  await signInByMas(page, homeserverUrl);
  const anna = addUser(model, 'anna');
  await page.goto(appUrl(paths.user(anna.name)));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await end(page, front);
  front.who = 'boss';
  await again(page).getByRole('button', { name: 'Continue with MAS' }).click();
  const refused = page.getByRole('alert');
  await expect(refused).toContainText('You signed in as @boss:demo.example, but the page that you left belongs to');
  await expect(account(page)).toHaveCount(0);
  await expect.poll(() => front.alive()).toEqual([]);

  front.who = null;
  await page.getByRole('button', { name: 'Continue with MAS' }).click();
  await expect(page.getByRole('alert')).toContainText('MAS gave no access');
  front.who = 'admin';
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(account(page)).toBeVisible();
  await expect(page).toHaveURL(/#\/rooms$/);
  expect(front.alive()).toEqual(['admin']);
});

test('in the demo, whose MAS is in the page itself, the dialog takes the answer', async ({ page }) => {
  // From then on no token of before is taken.
  await page.addInitScript(() => {
    const { Request: Plain } = window;
    let dead: string[] | null = null;
    const seen = new Set<string>();
    window.addEventListener('end-sessions', () => (dead = [...seen]));
    window.Request = class extends Plain {
      constructor(input: RequestInfo | URL, init?: RequestInit) {
        const headers = new Headers(init?.headers);
        const token = headers.get('Authorization') ?? '';
        if (token !== '') seen.add(token);
        if (dead?.includes(token)) headers.set('Authorization', 'Bearer ended');
        const isRefresh = init?.body instanceof URLSearchParams && init.body.get('grant_type') === 'refresh_token';
        super(input, { ...init, headers, ...(dead && isRefresh && { body: 'client_id=ended' }) });
      }
    };
  });
  await openMasDemo(page, paths.users());
  await page.evaluate(() => window.dispatchEvent(new Event('end-sessions')));
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Rooms', exact: true }).click();
  await expect(again(page)).toBeVisible();
  await again(page).getByRole('button', { name: 'Continue with MAS' }).click();
  const mas = page.getByRole('dialog', { name: /made-up sign-in page/ });
  await mas.getByRole('button', { name: 'Sign in as admin' }).click();
  await mas.getByRole('button', { name: 'Cancel' }).click();
  await expect(again(page).getByRole('alert')).toContainText('MAS gave no access');
  await again(page).getByRole('button', { name: 'Try again' }).click();
  await mas.getByRole('button', { name: 'Sign in as admin' }).click();
  await mas.getByRole('button', { name: 'Continue' }).click();
  await expect(again(page)).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();
});
