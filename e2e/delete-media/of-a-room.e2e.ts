import { paths } from '../../src/lib/paths.ts';
import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';

const DAY = 86_400_000;

test('the old files of a room are planned from its menu, what is on a list stays, and the rest can be protected instead', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { name } = addUser(model, 'anna');
  const [goes, also, listed, sticker] = ['goes.png', 'also.png', 'listed.png', 'sticker.png'].map((upload_name) =>
    addMedia(model, { user_id: name, upload_name, created_ts: Date.now() - 500 * DAY }),
  );
  if (!goes || !also || !listed || !sticker) throw new Error('no files');
  const mxc = ({ media_id }: { media_id: string }) => `mxc://${model.serverName}/${media_id}`;
  const content = { images: { wave: { url: mxc(sticker) } } };
  const packs = addRoom(model, { alias: 'packs', more_state: [{ type: 'm.image_pack', state_key: '', content }] });
  const room = addRoom(model, { name: 'Garden', creator: name, members: [name] });
  for (const [index, file] of [goes, also, listed, sticker].entries()) {
    room.events.push({
      event_id: `$${index}`,
      type: 'm.room.message',
      sender: name,
      origin_server_ts: 1,
      content: { msgtype: 'm.image', body: 'x', url: mxc(file) },
    });
  }
  await signIn(page, homeserverUrl, model.adminToken, paths.room(room.room_id));
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete media by date…' }).click();
  await expect(page.getByLabel('Files in messages of one room')).toBeChecked();
  await expect(page.getByRole('textbox', { name: 'Room', exact: true })).toHaveValue(room.room_id);
  await expect(page.getByText('It can’t list files in encrypted messages')).toBeVisible();
  await page.getByLabel('Keep files on a list').check();
  await page.getByRole('textbox', { name: 'Files to keep' }).fill(`["${mxc(listed)}"]`);
  await expect(page.getByText('1 file of this homeserver', { exact: true })).toBeVisible();
  await page.getByLabel('Keep stickers and custom emoji of rooms').check();
  await page.getByRole('textbox', { name: 'Rooms' }).fill(packs.canonical_alias ?? '');
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await seeNoAxeViolation(page, `choose ${width}`);
    await seeNoSidewaysScrolling(page, `choose ${width}`);
  }

  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByText('has 1 pack with 1 file of this homeserver.')).toBeVisible();
  await expect(page.getByText('Synapse can’t list files in encrypted messages.')).toBeVisible();
  const table = page.getByRole('table', { name: 'What would happen to each file' });
  await expect(table.getByRole('row').filter({ hasText: 'listed.png' })).toContainText('on your list of files to keep');
  await expect(table.getByRole('row').filter({ hasText: 'sticker.png' })).toContainText('in a sticker pack of a room');
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await seeNoAxeViolation(page, `review ${width}`);
    await seeNoSidewaysScrolling(page, `review ${width}`);
  }

  await page.getByRole('button', { name: 'Protect these 2 files instead…' }).click();
  await expect(page.getByText('The 2 files of the plan to delete them')).toBeVisible();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Protect 2 files' }).click();
  await expect(page.getByRole('table', { name: 'Items' }).getByText('done')).toHaveCount(2);
  expect([goes, also, listed, sticker].map((file) => file.safe_from_quarantine)).toEqual([true, true, false, false]);
  expect(model.log.writes().every(({ path }) => path.includes('/media/protect/'))).toBe(true);
});
