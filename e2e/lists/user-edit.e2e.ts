import { paths } from '../../src/lib/paths.ts';
import { addDevice, addRoom, addUser } from '../../src/mocks/build.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** Facts of a user are changed where they stand, each by the job of its action; the page lists what was done. */

test('a pencil beside a fact opens its action with what is there filled in, and Activity lists the job', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, { localpart: 'anna', displayname: 'Anna' });
  const ben = addUser(model, 'ben');
  await signIn(page, homeserverUrl, model.adminToken, paths.user(anna.name));
  await page.getByRole('button', { name: 'Change display name' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Display name' })).toHaveValue('Anna');
  await dialog.getByRole('textbox', { name: 'Display name' }).fill('Anna B.');
  await dialog.getByRole('button', { name: 'Change display name' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Anna B.');
  expect(anna.displayname).toBe('Anna B.');

  await page.getByRole('tab', { name: 'Activity' }).click();
  const row = page.getByRole('table', { name: 'Activity' }).getByRole('row').nth(1);
  await expect(row).toContainText('1 done');
  await row.getByRole('link', { name: `Change the display name of ${anna.name}` }).click();
  await expect(page).toHaveURL(/#\/jobs\//);

  // The plan of another user's job is not theirs.
  await page.goBack();
  await page.getByRole('link', { name: 'Users', exact: true }).first().click();
  await page.getByRole('link', { name: 'ben', exact: true }).click();
  await page.getByRole('tab', { name: 'Activity' }).click();
  await expect(page.getByText('No job of this browser has changed this user.')).toBeVisible();
  expect(ben.displayname).toBe('ben');
});

test('a picture is uploaded, looked at and then made the avatar', async ({ page, model, homeserverUrl }) => {
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.user(anna.name));
  await page.getByRole('button', { name: 'Change avatar' }).click();
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose picture…' }).click();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  );
  await (await chosen).setFiles({ name: 'me.png', mimeType: 'image/png', buffer: png });
  await expect(page.getByRole('dialog')).toContainText('me.png');
  expect(model.log.writes()).toEqual([]);
  await page.getByRole('button', { name: 'Upload picture' }).click();
  const address = page.getByRole('dialog').getByRole('textbox', { name: /^Address of the picture/ });
  await expect(address).toHaveValue(/^mxc:\/\/demo\.example\//);
  const [file] = model.state.media.values();
  expect(file).toMatchObject({ media_type: 'image/png', media_length: png.length, upload_name: 'me.png' });
  // It is uploaded, and nothing of the user has changed so far.
  expect(anna.avatar_url).toBeNull();
  await page.getByRole('dialog').getByRole('button', { name: 'Change avatar' }).click();
  await expect(page.getByRole('main')).toContainText(`mxc://demo.example/${file?.media_id}`);
  expect(anna.avatar_url).toBe(`mxc://demo.example/${file?.media_id}`);
});

test('a file that is no picture is not uploaded as an avatar', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken, paths.user(addUser(model, 'anna').name));
  await page.getByRole('button', { name: 'Change avatar' }).click();
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose picture…' }).click();
  await (await chosen).setFiles({ name: 'me.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') });
  await expect(page.getByText('This is not a picture that clients can show.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Upload picture' })).toHaveCount(0);
  expect(model.log.writes()).toEqual([]);
});

test('a fact that can’t be changed says why beside it', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken, paths.user(model.adminId));
  const revoke = page.getByRole('button', { name: 'Revoke server admin' });
  await expect(revoke).toHaveAttribute('aria-disabled', 'true');
  await expect(revoke).toHaveAccessibleDescription('You can’t revoke your own admin rights.');
  await revoke.click({ force: true });
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a user is made an admin of a room they are in, from the list of their rooms', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna').name;
  const creator = addUser(model, 'creator').name;
  const room = addRoom(model, { name: 'Lobby', creator, members: [creator, anna] });
  await signIn(page, homeserverUrl, model.adminToken, `${paths.user(anna)}?tab=rooms`);
  await page.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Make room admin…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'User ID' })).toHaveValue(anna);
  await dialog.getByRole('textbox', { name: /to confirm$/ }).fill(room.room_id);
  await dialog.getByRole('button', { name: 'Make room admin' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => room.power_levels?.users[anna]).toBe(100);
});

test('selected sessions are ended by a bulk job, and only those', async ({ page, model, homeserverUrl }) => {
  const anna = addUser(model, 'anna');
  for (const device_id of ['PHONE', 'LAPTOP', 'OLD']) addDevice(model, anna, { device_id });
  await signIn(page, homeserverUrl, model.adminToken, `${paths.user(anna.name)}?tab=devices`);
  await page.getByRole('checkbox', { name: 'Select PHONE' }).check();
  await page.getByRole('checkbox', { name: 'Select OLD' }).check();
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'End session…', exact: true }).click();
  await expect(page.getByText('2 sessions', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page.getByLabel('Type 2 to confirm').fill('2');
  await page.getByRole('button', { name: 'End 2 sessions', exact: true }).click();
  await expect.poll(() => anna.devices.map(({ device_id }) => device_id)).toEqual(['LAPTOP']);
});
