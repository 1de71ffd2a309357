import { paths } from '../../src/lib/paths.ts';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

test('rooms that are pasted by alias or ID are blocked by one job, also those that nobody here knows', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const creator = addUser(model, 'creator').name;
  const room = addRoom(model, { name: 'Spam', alias: 'spam', creator, members: [creator] });
  await signIn(page, homeserverUrl, model.adminToken, paths.bulk('room.block'));
  const unknown = '!never:elsewhere.example';
  await page
    .getByRole('textbox', { name: 'Rooms' })
    .fill(`#spam:${model.serverName}\n${unknown}\n#no:${model.serverName}`);
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByRole('table')).toContainText('No room has this alias.');
  await expect(page.getByRole('table')).toContainText('Spam');
  await page.getByRole('button', { name: 'Block 2 rooms', exact: true }).click();
  await expect.poll(() => [...model.state.blockedRooms.keys()].toSorted()).toEqual([room.room_id, unknown].toSorted());
});

test('a room is deleted from its page: the dialog says what goes with it, and the room is gone', async ({
  page,
  model,
  homeserverUrl,
}) => {
  model.taskMs = 10;
  const creator = addUser(model, 'creator').name;
  const { room_id: id } = addRoom(model, {
    name: 'Spam',
    alias: 'spam',
    creator,
    members: [creator, '@far:a.example'],
  });
  await signIn(page, homeserverUrl, model.adminToken, paths.room(id));
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete room…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 local member, 1 on other homeservers.');
  await expect(dialog).toContainText(`Its alias on this homeserver is deleted: #spam:${model.serverName}`);
  const act = dialog.getByRole('button', { name: 'Delete room', exact: true });
  await expect(act).toBeDisabled();
  await dialog.getByLabel(/^Type .* to confirm$/).fill(id);
  await act.click();
  await expect(page.getByText(/1 member removed: .*creator.*\. Now deleted\./)).toBeVisible();
  expect(model.state.rooms.has(id)).toBe(false);
  await page.goto(appUrl(paths.room(id)));
  await expect(page.getByText('Room not found')).toBeVisible();
});
