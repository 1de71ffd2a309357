import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addRoom } from '../../src/mocks/build.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** Lists of a room that are as long as lists get: only what is in sight is made. */

const nodes = (page: Page): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length);
const MOST_NODES = 3000;

test('20,000 members and a state of 50,000 events are listed with at most 3,000 nodes, at the top and at the end', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const members: Record<string, 'join' | 'leave'> = { [model.adminId]: 'join' };
  for (let index = 0; index < 50_000; index += 1) members[`@u${index}:far.example`] = index < 20_000 ? 'join' : 'leave';
  const room = addRoom(model, { name: 'Large', creator: model.adminId, members });
  await signIn(page, homeserverUrl, model.adminToken, `${paths.room(room.room_id)}?tab=members`);
  await expect(page.getByText('20,001 members', { exact: true })).toBeVisible();
  const seeFew = async (table: string) => {
    expect(await nodes(page)).toBeLessThan(MOST_NODES);
    await page.getByRole('table', { name: table }).evaluate((element) => {
      for (let one: Element | null = element; one; one = one.parentElement) one.scrollTop = one.scrollHeight;
    });
    expect(await nodes(page)).toBeLessThan(MOST_NODES);
  };
  await seeFew('Members');
  await page.getByRole('textbox', { name: 'Search names and user IDs' }).fill('@u19999:');
  await expect(page.getByText('1 shown, 20,001 members in the room')).toBeVisible();
  await page.getByRole('tab', { name: 'State' }).click();
  await expect(page.getByText(/^50,\d{3} state events$/)).toBeVisible();
  await seeFew('State events');
});
