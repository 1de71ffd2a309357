import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { seeOver } from './job-page.ts';

/** By keyboard and in a hurry: nothing is covered, the focus is never lost, and a double click is one. */

const DAY = 86_400_000;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const step = (page: Page, name: string) => page.getByRole('heading', { name: new RegExp(`^Step \\d of 2: ${name}$`) });
const goTo = (page: Page, hash: string) => page.evaluate((to) => (location.hash = to), hash);
const seeFocusKept = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.tagName ?? 'NONE')).not.toBe('BODY');

/** Small laptops, a phone, and 1366 × 657 at 200 %. */
const SIZES = [
  { width: 1280, height: 860 },
  { width: 1366, height: 657 },
  { width: 683, height: 329 },
  { width: 390, height: 844 },
];

function fill(model: MockHomeserver, count = 30) {
  const old = { created_ts: Date.now() - 800 * DAY, last_access_ts: Date.now() - 500 * DAY };
  const users = Array.from({ length: count }, (_, index) => addUser(model, `u${index}`).name);
  for (const user_id of users) addMedia(model, { ...old, user_id, media_length: 1_000_000 });
  for (const name of users) {
    model.state.users.get(name)?.external_ids.push({ auth_provider: 'oidc-x', external_id: name });
  }
  const room = addRoom(model, { name: 'Lobby', creator: model.adminId, members: [model.adminId] });
  return { users, room: room.room_id };
}

/** Presses Tab through the whole step, and looks at each stop whether anything lies over what has the focus. */
async function seeEveryStop(page: Page, where: string): Promise<void> {
  await page.evaluate(() => window.scrollTo({ top: 0 }));
  await page.locator('main').getByRole('heading').first().focus();
  // A row of a plan has up to four: all rows are seen, and what comes below them.
  for (let stop = 0; stop < 90; stop += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body || !focused.closest('main')) return null;
      // The eye sees the label of a field that is hidden under it.
      const small = focused.getBoundingClientRect().width < 8;
      const shown = (small && focused instanceof HTMLInputElement && focused.labels?.[0]) || focused;
      const { left, right, top, bottom } = shown.getBoundingClientRect();
      const x = (Math.max(0, left) + Math.min(innerWidth, right)) / 2;
      const hit = (y: number) => {
        const there = document.elementFromPoint(x, y);
        return there !== null && (shown.contains(there) || there.contains(shown) || there.closest('label') !== null);
      };
      const header = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0;
      // A little inside its edges; what is higher than the window can't be clear of the header, and is looked at below it.
      // In a field of many lines the browser scrolls to the line where one writes, not to the field's edges.
      const isTall = bottom - top > innerHeight - header - 40 || shown instanceof HTMLTextAreaElement;
      const [from, to] = [Math.max(isTall ? header : 0, top) + 2, Math.min(innerHeight, bottom) - 2];
      return {
        name: `${focused.tagName} ${focused.textContent.slice(0, 40)}`,
        free: to > from && hit(from) && hit(to),
      };
    });
    if (seen === null) return;
    expect({ where, stop, ...seen }).toEqual({ where, stop, name: seen.name, free: true });
  }
}

for (const size of SIZES) {
  test(`at ${size.width} × ${size.height} nothing lies over what the keyboard reaches, on any step`, async ({
    page,
    model,
    homeserverUrl,
  }) => {
    const { users, room } = fill(model, 12);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    await signIn(page, homeserverUrl, model.adminToken, paths.deleteMedia());
    await expect(step(page, 'Choose')).toBeVisible();
    await seeEveryStop(page, 'media choose');
    await button(page, 'Review').click();
    await expect(page.getByRole('table', { name: 'What would happen to each file' })).toBeVisible();
    await seeEveryStop(page, 'media review');
    await page.getByLabel('Type 12 to confirm').fill('12');
    await button(page, 'Delete 12 files').click();
    await seeOver(page);
    await seeEveryStop(page, 'a job');

    await goTo(page, paths.externalIds());
    await button(page, 'Read their external ids').click();
    await page.getByRole('radio', { name: 'oidc-x' }).check();
    await seeEveryStop(page, 'ids choose');
    await button(page, 'Review').click();
    await expect(step(page, 'Review')).toBeVisible();
    await expect(page.getByRole('table', { name: 'What would happen to each user' })).toBeVisible();
    await seeEveryStop(page, 'ids review');

    await goTo(page, paths.joinRooms());
    await page.getByRole('textbox', { name: 'Rooms to join' }).fill(room);
    await page.getByRole('textbox', { name: 'Users who join' }).fill(users.join('\n'));
    await seeEveryStop(page, 'joins choose');
    await button(page, 'Review').click();
    await expect(page.getByRole('table', { name: 'Who would join which room' })).toBeVisible();
    await seeEveryStop(page, 'joins review');

    await goTo(page, paths.bulk('user.deactivate'));
    await page.getByRole('textbox', { name: 'Users' }).fill(users.join('\n'));
    await seeEveryStop(page, 'bulk choose');
    await button(page, 'Review').click();
    await expect(page.getByRole('table', { name: 'What would happen to each' })).toBeVisible();
    await seeEveryStop(page, 'bulk review');
  });
}

test('by keyboard alone: the focus is kept where a step changes under it, and Enter confirms once the number is right', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await button(page, 'Read their external ids').press('Enter');
  await expect(page.getByRole('radio', { name: 'oidc-x' })).toBeVisible();
  await seeFocusKept(page);
  model.faults.next({ match: /GET .*\/v3\/users\?/, answer: 'slow', delayMs: 3_600_000 });
  await button(page, 'Read again').press('Enter');
  await button(page, 'Cancel').press('Enter');
  await expect(button(page, 'Read their external ids')).toBeVisible();
  await seeFocusKept(page);
  // What is missing stands in the bar, for those who can't hover.
  await page.getByRole('radio', { name: 'Only users that I enter' }).check();
  await expect(page.getByRole('status').filter({ hasText: 'Enter at least one user first.' })).toBeVisible();
  await page.getByRole('radio', { name: /^Everyone/ }).check();
  await button(page, 'Read their external ids').press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Choose a provider first.' })).toBeVisible();
  await page.getByRole('radio', { name: 'oidc-x' }).press('Space');
  await button(page, 'Review').press('Enter');
  await expect(step(page, 'Review')).toBeFocused();

  await goTo(page, paths.deleteMedia());
  await button(page, 'Review').press('Enter');
  await expect(page.getByText('30 files (30.0 MB)')).toBeVisible();
  await seeFocusKept(page);
  const number = page.getByLabel('Type 30 to confirm');
  await number.fill('31');
  await expect(page.getByText('The plan has 30 files, not 31.')).toBeVisible();
  await number.press('Enter');
  await number.fill('3');
  await expect(page.getByText('The plan has 30 files, not 3.')).toHaveCount(0);
  await number.press('Enter');
  await expect(page.getByText('The plan has 30 files, not 3.')).toBeVisible();
  expect(model.log.writes()).toEqual([]);
  await number.fill('30');
  await number.press('Enter');
  await seeOver(page);
  expect(model.log.count('DELETE')).toBe(30);
});

test('the second click of a double click hits nothing that took the place of the first', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { users, room } = fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.joinRooms());
  await page.getByRole('textbox', { name: 'Rooms to join' }).fill(room);
  await page.getByRole('textbox', { name: 'Users who join' }).fill(users.join('\n'));
  await button(page, 'Review').dblclick();
  await expect(page.getByText('30 items')).toBeVisible();
  expect(model.log.of('GET', /\/block$/)).toHaveLength(1);
  // One page of history, not two.
  await page.goBack();
  await expect(step(page, 'Choose')).toBeVisible();
  await page.goForward();
  expect(model.log.writes()).toEqual([]);
  // Every answer waits until it is let go, so that the job can be paused and resumed while it runs.
  model.faults.next({ match: /\/v1\/join\//, answer: 'slow', delayMs: 300, times: 99 });
  await button(page, 'Run 30 joins').dblclick();
  await button(page, 'Pause').dblclick();
  await expect(button(page, 'Resume')).toBeEnabled();
  await button(page, 'Resume').dblclick();
  await seeOver(page);
  expect(model.log.of('POST', /\/v1\/join\//)).toHaveLength(30);
});
