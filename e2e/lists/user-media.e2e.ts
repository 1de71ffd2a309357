import { paths } from '../../src/lib/paths.ts';
import { addMedia, addUser } from '../../src/mocks/build.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** A user's files as cards with pictures: to look at one counts as opening the file, so none is fetched unasked. */

test('pictures of a user’s files are fetched when they are asked for, and only of the files in view', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna').name;
  const now = model.now();
  const files = Array.from({ length: 60 }, (_, index) =>
    addMedia(model, { user_id: anna, upload_name: `file ${index}.png`, created_ts: now - index * 1000 }),
  );
  const [first, hidden] = files;
  if (hidden) hidden.quarantined_by = model.adminId;
  addMedia(model, { user_id: anna, upload_name: 'notes.txt', media_type: 'text/plain', created_ts: now + 1 });
  const pictures = () => model.log.of('GET', /\/thumbnail\//);
  const opened = () => files.filter(({ last_access_ts }) => last_access_ts !== null).length;

  await signIn(page, homeserverUrl, model.adminToken, `${paths.user(anna)}?tab=media`);
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Pictures').click();
  await expect(page.getByText('Looking at a picture counts as opening the file')).toBeVisible();
  const cards = page.getByRole('region', { name: 'Files' }).getByRole('listitem');
  await expect(cards.filter({ hasText: 'file 0.png' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(pictures()).toEqual([]);
  expect(opened()).toBe(0);

  await cards.filter({ hasText: 'file 0.png' }).getByRole('button', { name: 'Show picture' }).click();
  await expect(cards.filter({ hasText: 'file 0.png' }).getByRole('presentation')).toBeVisible();
  expect(pictures()).toHaveLength(1);
  expect(first?.last_access_ts).not.toBeNull();

  await page.getByRole('button', { name: 'Show pictures' }).click();
  await expect(cards.filter({ hasText: 'file 2.png' }).getByRole('presentation')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(pictures().length).toBeLessThan(30);
  // A quarantined file has none, and is not asked for.
  await expect(cards.filter({ hasText: 'file 1.png' })).toContainText('Quarantined: can’t be shown');
  expect(hidden?.last_access_ts).toBeNull();

  await page.getByRole('button', { name: 'Hide pictures' }).click();
  await expect(cards.getByRole('presentation')).toHaveCount(1);
});

test('files that were chosen among the pictures go into a bulk job', async ({ page, model, homeserverUrl }) => {
  const anna = addUser(model, 'anna').name;
  const [file] = Array.from({ length: 3 }, () => addMedia(model, { user_id: anna }));
  await signIn(page, homeserverUrl, model.adminToken, `${paths.user(anna)}?tab=media&view=grid`);
  await page.getByRole('checkbox', { name: `Select ${file?.media_id}` }).check();
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Protect…', exact: true }).click();
  await expect(page.getByText(`The 1 file of ${anna}`)).toBeVisible();
});
