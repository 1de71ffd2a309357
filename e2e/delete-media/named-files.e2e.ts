import { paths } from '../../src/lib/paths.ts';
import { addMedia, addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { seeOver } from '../jobs/job-page.ts';

/** Files that are named, not found by a rule: one from its menu, many by what was pasted. */

test('one file is deleted from its menu, last and red there, only after its name was typed', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { name } = addUser(model, 'anna');
  const file = addMedia(model, { user_id: name });
  const mxc = `mxc://${model.serverName}/${file.media_id}`;
  await signIn(page, homeserverUrl, model.adminToken, `${paths.user(name)}?tab=media`);
  await page.getByRole('button', { name: `Actions for ${mxc}` }).click();
  const last = page.getByRole('menuitem').last();
  await expect(last).toHaveText('Delete');
  await last.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Now stored, then deleted.');
  await expect(dialog).toContainText('This can’t be undone');
  const go = dialog.getByRole('button', { name: 'Delete', exact: true });
  await expect(go).toBeDisabled();
  await dialog.getByLabel(`Type ${mxc} to confirm`).fill(mxc);
  await go.click();
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText(`Delete ${mxc}: done`);
  expect(model.state.media.has(file.media_id)).toBe(false);
  // No screen shows old data.
  await expect(page.getByRole('button', { name: `Actions for ${mxc}` })).toHaveCount(0);
});

test('many files that are pasted are looked at, and what is protected or not there stays out, with the reason', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { name } = addUser(model, 'anna');
  const [one, two, kept] = [{}, {}, { safe_from_quarantine: true }].map((over) =>
    addMedia(model, { user_id: name, ...over }),
  );
  if (!one || !two || !kept) throw new Error('no files');
  const mxc = (id: string) => `mxc://${model.serverName}/${id}`;
  await signIn(page, homeserverUrl, model.adminToken, paths.bulk('media.delete'));
  await expect(page.getByRole('heading', { name: 'Delete files', exact: true })).toBeVisible();
  const all = [one.media_id, two.media_id, kept.media_id, 'nothing'].map(mxc);
  await page.getByRole('textbox', { name: 'Files' }).fill(['media_id', ...all].join('\n'));
  await expect(page.getByText('4 files', { exact: true })).toBeVisible();
  await expect(page.getByText('Not a file. A file looks like mxc://server/id.')).toBeVisible();
  await page.getByRole('button', { name: 'Review' }).click();
  const table = page.getByRole('table', { name: 'What would happen to each item' });
  await expect(table.getByRole('row').filter({ hasText: kept.media_id })).toContainText(
    'Protected: unprotect it first.',
  );
  await expect(table.getByRole('row').filter({ hasText: 'nothing' })).toContainText('does not exist');
  await seeNoAxeViolation(page, 'review of named files');
  await page.setViewportSize({ width: 390, height: 844 });
  await seeNoSidewaysScrolling(page, 'review of named files');
  expect(model.log.writes()).toEqual([]);
  await page.getByLabel('Type 2 to confirm').fill('2');
  await page.getByRole('button', { name: 'Delete 2 files' }).click();
  await seeOver(page);
  expect([...model.state.media.keys()]).toEqual([kept.media_id]);
  await page.goto(appUrl(paths.bulk('media.nothing')));
  await expect(page.getByText('This action does not exist')).toBeVisible();
});
