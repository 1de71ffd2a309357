import { addRoom, addUser } from '../../src/mocks/build.ts';
import { setMembership } from '../../src/mocks/rules/membership.ts';
import { seeNoAxeViolationInEitherScheme, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, test } from '../fixtures.ts';
import { seeOver } from '../jobs/job-page.ts';
import { ledgerRow, open, plan, planRow } from './steps.ts';

/** What the plans ask that only the admin can answer: which room is meant, and whose joins are undone. */

test('nobody joins a replaced room until the admin chooses which room is meant', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna').name;
  const mine = { creator: model.adminId, members: [model.adminId], join_rules: 'public' };
  const next = addRoom(model, { ...mine, name: 'Lobby', version: '12' });
  const old = addRoom(model, { ...mine, name: 'Old lobby', tombstoned: true, replacement_room: next.room_id });
  const closed = addRoom(model, { ...mine, name: 'Closed', tombstoned: true });
  await open(page, model, homeserverUrl);
  await plan(page, [old.room_id, closed.room_id], [anna]);
  const row = (text: string) => planRow(page, text);
  await expect(row('Old lobby')).toContainText(/the room was replaced by .?Lobby/);
  await expect(row('Closed')).toContainText('no new room was named');
  await expect(page.getByRole('button', { name: 'Run 0 joins' })).toHaveAttribute('aria-disabled', 'true');
  const choice = page.getByRole('radiogroup', { name: 'Old lobby' });
  await expect(choice.getByRole('radio', { name: 'Leave it out' })).toBeChecked();
  await choice.getByRole('radio', { name: /^Use the new room instead/ }).check();
  await expect(row('Lobby')).toContainText(/in place of .?Old lobby/);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await seeNoSidewaysScrolling(page, `plan ${width}`);
    await seeNoAxeViolationInEitherScheme(page, `plan ${width}`);
  }
  await page.getByRole('button', { name: 'Run 1 join' }).click();
  await seeOver(page);
  // On a phone there is no row of heads.
  await expect(ledgerRow(page)).toContainText(['Joined by this job']);
  expect(next.members.get(anna)?.membership).toBe('join');
  expect(old.members.has(anna)).toBe(false);
});

test('a user whom someone else may have joined stays in the room unless chosen', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const [anna = '', ben = ''] = ['anna', 'ben'].map((name) => addUser(model, name).name);
  const lobby = addRoom(model, {
    name: 'Lobby',
    creator: model.adminId,
    members: [model.adminId],
    join_rules: 'public',
  });
  await open(page, model, homeserverUrl);
  await plan(page, [lobby.room_id], [anna, ben]);
  // Between the look at the members, once for all, and the second join somebody else joins ben.
  const joinsBen = page.waitForResponse((response) => response.url().includes('/v1/join/'));
  await page.route(/\/messages\?dir=b/, async (route) => {
    if (lobby.members.has(anna) && !lobby.members.has(ben)) {
      setMembership(model, lobby, ben, { membership: 'join', sender: ben });
    }
    await route.continue();
  });
  await page.getByRole('button', { name: 'Run 2 joins' }).click();
  await joinsBen;
  await seeOver(page);
  await expect(ledgerRow(page, anna)).toContainText('Joined by this job.');
  await expect(ledgerRow(page, ben)).toContainText('by this job or by someone else');
  await page.getByRole('link', { name: 'Undo 1 change…' }).click();
  const undone = page.getByRole('table', { name: 'Which joins would be undone' }).getByRole('row');
  await expect(undone.filter({ hasText: anna })).toContainText('will be undone');
  await expect(undone.filter({ hasText: ben })).toContainText('may have been joined by someone else');
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await seeNoSidewaysScrolling(page, `plan of the undo ${width}`);
    await seeNoAxeViolationInEitherScheme(page, `plan of the undo ${width}`);
  }
  await page.getByRole('checkbox', { name: 'Remove this one too, whoever joined them' }).check();
  await expect(undone.filter({ hasText: ben })).toContainText('will be undone');
  await page.getByRole('checkbox', { name: 'Remove this one too, whoever joined them' }).uncheck();
  await page.getByLabel('Type 1 to confirm').fill('1');
  await page.getByRole('button', { name: 'Undo 1 join', exact: true }).click();
  await seeOver(page);
  expect(lobby.members.get(anna)?.membership).toBe('leave');
  expect(lobby.members.get(ben)?.membership).toBe('join');
});
