import type { Locator, Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import type { Room } from '../../src/mocks/state.ts';
import { expect, signIn } from '../fixtures.ts';

/** The way through “Join users to rooms”, as its tests take it. */

export const field = (page: Page, label: string) => page.getByRole('textbox', { name: label });
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

const rowOf = (page: Page, table: string, texts: readonly string[]): Locator =>
  texts.reduce(
    (rows, text) => rows.filter({ hasText: text }),
    page.getByRole('table', { name: table }).getByRole('row'),
  );
export const planRow = (page: Page, ...texts: string[]) => rowOf(page, 'Who would join which room', texts);
export const ledgerRow = (page: Page, ...texts: string[]) => rowOf(page, 'Items', texts);

/** Who is in a room. */
export const members = (room: Room): string[] =>
  [...room.members].filter(([, { membership }]) => membership === 'join').map(([userId]) => userId);

/** Signs in on the step “Choose”. */
export async function open(page: Page, model: MockHomeserver, homeserverUrl: string): Promise<void> {
  await signIn(page, homeserverUrl, model.adminToken, paths.joinRooms());
  await expect(field(page, 'Rooms to join')).toBeVisible();
  model.log.clear();
}

/** Every user to every room, up to the review. */
export async function plan(page: Page, rooms: readonly string[], users: readonly string[]): Promise<void> {
  await field(page, 'Rooms to join').fill(rooms.join('\n'));
  await field(page, 'Users who join').fill(users.join('\n'));
  await button(page, 'Review').click();
}
