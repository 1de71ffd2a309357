import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { expect } from '../fixtures.ts';

/** Every path of lib/paths.ts, as a first visit. A new path without a line here is a type error. */
export const VISITS: Record<keyof typeof paths, (model: { adminId: string; roomId: string }) => string> = {
  home: () => paths.home(),
  users: () => paths.users(),
  user: ({ adminId }) => paths.user(adminId),
  rooms: () => paths.rooms(),
  room: ({ roomId }) => paths.room(roomId),
  jobs: () => paths.jobs(),
  job: () => paths.job('gone'),
  undoJob: () => paths.undoJob('gone'),
  undoFile: () => paths.undoFile(),
  bulk: () => paths.bulk('user.lock'),
  joinRooms: () => paths.joinRooms(),
  deleteMedia: () => paths.deleteMedia(),
  externalIds: () => paths.externalIds(),
};

/** Nothing is loading any more: what is looked at is what a person gets to see. */
export async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}
