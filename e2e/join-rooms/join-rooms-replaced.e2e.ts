import { paths } from '../../src/lib/paths.ts';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import { setMembership } from '../../src/mocks/rules/membership.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { seeOver } from '../jobs/job-page.ts';

/** What the plans ask that only the admin can answer: which room is meant, and whose joins are undone. */

for (const scheme of ['light', 'dark'] as const) {
  test(`a replaced room gets nobody until it is said which room is meant, ${scheme}`, async ({
    page,
    model,
    homeserverUrl,
  }) => {
    const anna = addUser(model, 'anna').name;
    const mine = { creator: model.adminId, members: [model.adminId], join_rules: 'public' };
    const next = addRoom(model, { ...mine, name: 'Lobby', version: '12' });
    const old = addRoom(model, { ...mine, name: 'Old lobby', tombstoned: true, replacement_room: next.room_id });
    const closed = addRoom(model, { ...mine, name: 'Closed', tombstoned: true });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await signIn(page, homeserverUrl, model.adminToken, paths.joinRooms());
    await page.getByRole('textbox', { name: 'Rooms to join' }).fill(`${old.room_id}\n${closed.room_id}`);
    await page.getByRole('textbox', { name: 'Users who join' }).fill(anna);
    await page.getByRole('button', { name: 'Review' }).click();
    const row = (text: string) =>
      page.getByRole('table', { name: 'Who would join which room' }).getByRole('row').filter({ hasText: text });
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
      await seeNoAxeViolation(page, `plan ${width}`);
    }
    await page.getByRole('button', { name: 'Run 1 join' }).click();
    await seeOver(page);
    // On a phone there is no row of heads.
    await expect(page.getByRole('table', { name: 'Items' }).getByRole('row')).toContainText(['Joined by this job']);
    expect(next.members.get(anna)?.membership).toBe('join');
    expect(old.members.has(anna)).toBe(false);
  });

  test(`whom someone else may have joined stays in the room unless that is chosen, ${scheme}`, async ({
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
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await signIn(page, homeserverUrl, model.adminToken, paths.joinRooms());
    await page.getByRole('textbox', { name: 'Rooms to join' }).fill(lobby.room_id);
    await page.getByRole('textbox', { name: 'Users who join' }).fill(`${anna}\n${ben}`);
    await page.getByRole('button', { name: 'Review' }).click();
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
    const ledger = page.getByRole('table', { name: 'Items' }).getByRole('row');
    await expect(ledger.filter({ hasText: anna })).toContainText('Joined by this job.');
    await expect(ledger.filter({ hasText: ben })).toContainText('by this job or by someone else');
    await page.getByRole('link', { name: 'Undo 1 change…' }).click();
    const plan = page.getByRole('table', { name: 'Which joins would be undone' }).getByRole('row');
    await expect(plan.filter({ hasText: anna })).toContainText('will be undone');
    await expect(plan.filter({ hasText: ben })).toContainText('may have been joined by someone else');
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await seeNoSidewaysScrolling(page, `plan of the undo ${width}`);
      await seeNoAxeViolation(page, `plan of the undo ${width}`);
    }
    await page.getByRole('checkbox', { name: 'Remove this one too, whoever joined them' }).check();
    await expect(plan.filter({ hasText: ben })).toContainText('will be undone');
    await page.getByRole('checkbox', { name: 'Remove this one too, whoever joined them' }).uncheck();
    await page.getByLabel('Type 1 to confirm').fill('1');
    await page.getByRole('button', { name: 'Undo 1 join', exact: true }).click();
    await seeOver(page);
    expect(lobby.members.get(anna)?.membership).toBe('leave');
    expect(lobby.members.get(ben)?.membership).toBe('join');
  });
}
