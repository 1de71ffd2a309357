import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { seeNoAxeViolation } from '../eyes.ts';

/** The members of a room: who they are, their membership and power level, and what can be done with each. */

const FAR = '@far:elsewhere.example';

/** A room that the admin is in, with the power to remove others. */
function council(model: MockHomeserver) {
  const anna = addUser(model, { localpart: 'anna', displayname: 'Anna' }).name;
  const ben = addUser(model, { localpart: 'ben', displayname: 'Ben' }).name;
  const room = addRoom(model, {
    name: 'Council',
    creator: model.adminId,
    members: { [model.adminId]: 'join', [anna]: 'join', [FAR]: 'join', [ben]: 'ban' },
  });
  return { anna, ben, room };
}

const rowOf = (page: Page, text: string) =>
  page.getByRole('table', { name: 'Members' }).getByRole('row').filter({ hasText: text });

const membersOf = (roomId: string) => `${paths.room(roomId)}?tab=members`;

test('members are shown with name, membership and power level; the strongest come first, and a search finds names', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben, room } = council(model);
  await signIn(page, homeserverUrl, model.adminToken, membersOf(room.room_id));
  await expect(rowOf(page, model.adminId)).toContainText('100 · admin');
  await expect(page.getByRole('table', { name: 'Members' }).getByRole('row').nth(1)).toContainText(model.adminId);
  await expect(rowOf(page, anna)).toContainText('Anna');
  await expect(rowOf(page, anna)).toContainText('joined');
  await expect(page.getByText('3 members', { exact: true })).toBeVisible();
  await expect(rowOf(page, ben)).toHaveCount(0);

  await page.getByRole('textbox', { name: 'Search names and user IDs' }).fill('ann');
  await expect(page.getByText('1 shown, 3 members in the room')).toBeVisible();
  await page.getByRole('textbox', { name: 'Search names and user IDs' }).fill('');
  await page.getByRole('button', { name: '1 invited, banned or left' }).click();
  await expect(rowOf(page, ben)).toContainText('banned');
  await seeNoAxeViolation(page, 'the members of a room');
});

test('a member is removed from its row, and the list is read again', async ({ page, model, homeserverUrl }) => {
  const { anna, room } = council(model);
  await signIn(page, homeserverUrl, model.adminToken, membersOf(room.room_id));
  await page.getByRole('button', { name: `Actions for ${anna}` }).click();
  // The actions on the user are in the same menu.
  await expect(page.getByRole('menuitem', { name: 'Lock', exact: true })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Remove from room…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove from room' });
  await expect(dialog).toContainText(room.room_id);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Spam');
  await dialog.getByRole('textbox', { name: `Type ${anna} to confirm` }).fill(anna);
  await dialog.getByRole('button', { name: 'Remove from room' }).click();
  await expect(page.getByText(`Remove ${anna} from ${room.room_id}: done`)).toBeVisible();
  await expect(rowOf(page, anna)).toHaveCount(0);
  expect(room.members.get(anna)).toMatchObject({ membership: 'leave', reason: 'Spam' });
});

test('a member is banned with a reason, which the list shows, and the ban is lifted again', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, room } = council(model);
  await signIn(page, homeserverUrl, model.adminToken, membersOf(room.room_id));
  await page.getByRole('button', { name: `Actions for ${anna}` }).click();
  await page.getByRole('menuitem', { name: 'Ban from room…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ban from room' });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Flooding');
  await dialog.getByRole('textbox', { name: `Type ${anna} to confirm` }).fill(anna);
  await dialog.getByRole('button', { name: 'Ban from room' }).click();
  await expect(page.getByText(`Ban ${anna} from ${room.room_id}: done`)).toBeVisible();
  await page.getByRole('button', { name: '2 invited, banned or left' }).click();
  await expect(rowOf(page, anna)).toContainText('Flooding');
  await page.getByRole('button', { name: `Actions for ${anna}` }).click();
  await page.getByRole('menuitem', { name: 'Lift ban' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lift ban' }).click();
  await expect.poll(() => room.members.get(anna)?.membership).toBe('leave');
});

test('where the admin may not remove a member, the menu says why', async ({ page, model, homeserverUrl }) => {
  const owner = addUser(model, 'owner').name;
  const room = addRoom(model, { name: 'Theirs', creator: owner, members: [owner, FAR] });
  await signIn(page, homeserverUrl, model.adminToken, membersOf(room.room_id));
  await page.getByRole('button', { name: `Actions for ${FAR}` }).click();
  const item = page.getByRole('menuitem', { name: /Remove from room/ });
  await expect(item).toContainText('You are not in this room, so you can’t remove or ban anyone.');
  await expect(item).toBeDisabled();
  // Nothing else about a user of another homeserver can be changed here.
  await expect(page.getByRole('menuitem')).toHaveText([/^Make room admin/, /^Ban from room/, /^Remove from room/]);
});

test('members are listed although their names could not be loaded', async ({ page, model, homeserverUrl }) => {
  const { anna, room } = council(model);
  model.faults.next({ match: /\/rooms\/[^/]+\/state/, answer: '403', times: 99 });
  await signIn(page, homeserverUrl, model.adminToken, membersOf(room.room_id));
  await expect(page.getByRole('alert')).toContainText('Could not load names, power levels, and who is invited');
  await expect(rowOf(page, anna)).toContainText('unknown');
  // Nobody knows how many there are.
  await expect(page.getByText('invited, banned or left', { exact: true })).toHaveCount(0);
});
