import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** Rows of different heights that come, go and change their order: none may ever be drawn over another. */

/** How far rows of the table overlap, in px; and that there are so many. */
async function overlap(page: Page, label: string): Promise<{ rows: number; px: number }> {
  return page.getByRole('table', { name: label }).evaluate((table) => {
    const boxes = [...table.querySelectorAll('[role=row][data-index]')]
      .map((row) => row.getBoundingClientRect())
      .toSorted((one, other) => one.top - other.top);
    const over = boxes.slice(1).map((box, index) => (boxes[index]?.bottom ?? 0) - box.top);
    return { rows: boxes.length, px: Math.max(0, ...over) };
  });
}

async function seeRowsApart(page: Page, label: string, rows: number): Promise<void> {
  await expect
    .poll(async () => {
      const found = await overlap(page, label);
      return { rows: found.rows, px: found.px < 1 ? 0 : found.px };
    })
    .toEqual({ rows, px: 0 });
}

/** Every third has an alias, and so a line more than the others. */
function roomsOfTwoHeights(model: MockHomeserver, count: number): void {
  const creator = addUser(model, 'creator').name;
  for (let index = 0; index < count; index += 1) {
    const tall = index % 3 === 0;
    const name = `${tall ? 'Tall' : 'Low'} ${String(index).padStart(2, '0')}`;
    addRoom(model, { name, creator, public: tall, ...(tall && { alias: `tall${index}` }) });
  }
}

for (const [width, columns] of [
  [1280, 'wide'],
  [390, 'narrow'],
] as const) {
  test(`rooms stay apart after a search, a filter and another order, ${columns}`, async ({
    page,
    model,
    homeserverUrl,
  }) => {
    roomsOfTwoHeights(model, 12);
    await page.setViewportSize({ width, height: 2400 });
    await signIn(page, homeserverUrl, model.adminToken, paths.rooms());
    await seeRowsApart(page, 'Rooms', 12);
    const search = page.getByRole('searchbox', { name: 'Search' });
    for (const [text, rows] of [
      ['Tall', 4],
      ['Low', 8],
      ['', 12],
      ['0', 11],
    ] as const) {
      await search.fill(text);
      await seeRowsApart(page, 'Rooms', rows);
    }
    await page.goto(appUrl(`${paths.rooms()}?order_by=creator&dir=b`));
    await seeRowsApart(page, 'Rooms', 12);
    if (columns === 'wide') {
      await page.getByLabel('Room directory').selectOption('Not listed');
      await seeRowsApart(page, 'Rooms', 8);
      await page.getByLabel('Room directory').selectOption('All');
      await seeRowsApart(page, 'Rooms', 12);
    }
    for (const next of [390, 1280, 700, 390, 1280]) {
      await page.setViewportSize({ width: next, height: 2400 });
      await seeRowsApart(page, 'Rooms', 12);
    }
  });

  test(`a room’s state events stay apart while they are searched, opened and closed, ${columns}`, async ({
    page,
    model,
    homeserverUrl,
  }) => {
    const creator = addUser(model, 'creator').name;
    const members = Array.from({ length: 8 }, (_, index) => addUser(model, `m${index}`).name);
    const room = addRoom(model, { name: 'Lobby', creator, members: [creator, ...members] });
    await page.setViewportSize({ width, height: 3000 });
    await signIn(page, homeserverUrl, model.adminToken, `${paths.room(room.room_id)}?tab=state`);
    const table = page.getByRole('table', { name: 'State events' });
    await expect(table.getByRole('row').nth(5)).toBeVisible();
    const all = (await overlap(page, 'State events')).rows;
    await seeRowsApart(page, 'State events', all);
    const search = page.getByRole('textbox', { name: 'Search types, state keys and senders' });
    await search.fill('m.room.member');
    await seeRowsApart(page, 'State events', 9);
    await table.locator('summary').nth(2).click();
    await expect(table.locator('pre')).toHaveCount(1);
    await seeRowsApart(page, 'State events', 9);
    await search.fill('');
    await seeRowsApart(page, 'State events', all);
    await search.fill('@m1:');
    await seeRowsApart(page, 'State events', 1);
    await search.fill('');
    await seeRowsApart(page, 'State events', all);
  });
}
