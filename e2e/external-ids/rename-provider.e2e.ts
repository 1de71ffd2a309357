import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { seeOver } from '../jobs/job-page.ts';

/** A provider is renamed for everyone who has an ID of it: from reading who that is to the report. */

const id = (auth_provider: string, external_id: string) => ({ auth_provider, external_id });

test('a provider is renamed for everyone who has an ID of it, and for nobody else', async ({
  page,
  model,
  homeserverUrl,
}) => {
  addUser(model, { localpart: 'both', external_ids: [id('oidc-old', '1'), id('oidc-google', 'g')] });
  addUser(model, { localpart: 'gone', deactivated: true, external_ids: [id('oidc-old', '2')] });
  addUser(model, { localpart: 'other', external_ids: [id('oidc-older', '3')] });
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await page.getByRole('button', { name: 'Read their external ids' }).click();
  await page.getByRole('radio', { name: 'oidc-old', exact: true }).check();
  await page.getByRole('radio', { name: 'Rename the provider' }).check();
  await page.getByRole('textbox', { name: 'New provider name' }).fill('oidc-new');
  await page.setViewportSize({ width: 390, height: 844 });
  await seeNoSidewaysScrolling(page, 'rename a provider');
  await seeNoAxeViolation(page, 'rename a provider');
  await page.getByRole('button', { name: 'Review' }).click();

  // Whom it is for, and both names, are on the bulk page already. The page before has fields and a button of the same names.
  await expect(page.getByRole('heading', { level: 1, name: /^Rename the provider of external IDs/ })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'New provider name' })).toHaveValue('oidc-new');
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByRole('button', { name: '2 will change' })).toBeVisible();
  expect(model.log.writes()).toEqual([]);
  await page.getByRole('button', { name: /^Rename the provider .* for 2 users/ }).click();

  await seeOver(page);
  const idsOf = (localpart: string) => model.state.users.get(`@${localpart}:demo.example`)?.external_ids;
  expect(idsOf('both')).toEqual([id('oidc-google', 'g'), id('oidc-new', '1')]);
  expect(idsOf('gone')).toEqual([id('oidc-new', '2')]);
  expect(idsOf('other')).toEqual([id('oidc-older', '3')]);
  expect(model.log.writes()).toHaveLength(2);
});
