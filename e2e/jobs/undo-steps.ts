import type { Locator, Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import type { Room } from '../../src/mocks/state.ts';
import { signIn } from '../fixtures.ts';
import { seeAllOverOnDisk } from './kept-runs.ts';
import { seeOver } from './job-page.ts';

/** Joins that are there to be undone, and the way to their undo. */

export const members = (room: Room): string[] =>
  [...room.members].filter(([, { membership }]) => membership === 'join').map(([userId]) => userId);
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name });
const rowOf = (page: Page, table: string, ...texts: string[]): Locator =>
  texts.reduce(
    (rows, text) => rows.filter({ hasText: text }),
    page.getByRole('table', { name: table }).getByRole('row'),
  );
export const planRow = (page: Page, ...texts: string[]) => rowOf(page, 'Which joins would be undone', ...texts);
export const ledgerRow = (page: Page, ...texts: string[]) => rowOf(page, 'Items', ...texts);
export const limitOf = (model: MockHomeserver) => model.state.users.get(model.adminId)?.ratelimit;
export const LIFTED = { messages_per_second: 0, burst_count: 0 };

/** A public room that the admin is not in, a private one that is the admin's, and people. */
export function fill(model: MockHomeserver) {
  const id = (localpart: string) => addUser(model, localpart).name;
  const [anna, ben, owner] = [id('anna'), id('ben'), id('owner')];
  const admin = model.adminId;
  const lobby = addRoom(model, { name: 'Lobby', creator: owner, join_rules: 'public', members: [owner, ben] });
  const staff = addRoom(model, { name: 'Staff', creator: admin, members: [admin] });
  return { anna, ben, owner, lobby, staff };
}

/** Joins them all, up to the report. */
export async function join(
  page: Page,
  { model, homeserverUrl }: { model: MockHomeserver; homeserverUrl: string },
  rooms: readonly Room[],
  users: readonly string[],
): Promise<void> {
  await signIn(page, homeserverUrl, model.adminToken, paths.joinRooms());
  await page.getByRole('textbox', { name: 'Rooms to join' }).fill(rooms.map(({ room_id }) => room_id).join('\n'));
  await page.getByRole('textbox', { name: 'Users who join' }).fill(users.join('\n'));
  await button(page, 'Make the plan').click();
  await link(page, 'Look once more').click();
  await button(page, /^Run /).click();
  await seeOver(page);
  await seeAllOverOnDisk(page);
  model.log.clear();
}

export async function confirm(page: Page, count: number): Promise<void> {
  await page.getByLabel(`Type ${count} to confirm`).fill(String(count));
  await button(page, /^Undo [\d,]+ joins?$/).click();
}
