import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { addEventReport, addUserReport } from '../../src/mocks/reported.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, signInToOld, test } from '../fixtures.ts';

/** The queue of reports, and what is done about them. */

const table = (page: Page) => page.getByRole('table', { name: 'Reports' });

/** Three messages of a spammer that two users reported, the newest of the third one, and a report of the spammer. */
function fill(model: MockHomeserver) {
  const [spammer, anna, bert] = ['spammer', 'anna', 'bert'].map((localpart) => addUser(model, localpart).name);
  if (!spammer || !anna || !bert) throw new Error('There are three users.');
  const room = addRoom(model, { name: 'Lobby', creator: anna, members: [anna, bert, spammer] });
  const send = (body: string, ms: number) => {
    const event = {
      event_id: `$${body.replaceAll(' ', '-')}`,
      type: 'm.room.message',
      sender: spammer,
      origin_server_ts: ms,
      content: { msgtype: 'm.text', body },
    };
    room.events.push(event);
    return event;
  };
  const before = (minutes: number) => model.now() - minutes * 60_000;
  ['first offer', 'second offer', 'third offer'].forEach((body, index) => {
    const event = send(body, before(40 - 10 * index));
    const user_id = index === 1 ? bert : anna;
    addEventReport(model, { room, event, user_id, reason: `because ${index}`, received_ts: before(35 - 10 * index) });
  });
  addUserReport(model, { target_user_id: spammer, user_id: bert, reason: 'a robot', received_ts: before(1) });
  return { spammer, anna, bert, room };
}

test('lists both kinds newest first, and says what this browser has not opened yet', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { spammer } = fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.reports());
  await expect(page.getByText('4 reports', { exact: true })).toBeVisible();
  const rows = table(page).getByRole('row').filter({ hasText: spammer });
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(0)).toContainText('a robot');
  await expect(rows.nth(1)).toContainText('because 2');
  await rows.nth(1).getByRole('link', { name: spammer }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Message report 3');
  await page.getByLabel('Your note').fill('Looks like a robot');
  await page.getByRole('link', { name: 'Reports', exact: true }).first().click();
  await expect(rows.nth(1)).not.toContainText('new');
  await expect(rows.nth(1)).toContainText('note');
  await page.reload();
  await expect(rows.nth(1)).toContainText('note');
  await expect(rows.nth(0)).toContainText('new');
  await page.getByRole('button', { name: 'Forget them' }).click();
  await expect(rows.nth(1)).toContainText('new');
});

test('filters as the homeserver does, and searches and groups only at the admin’s word', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { bert } = fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.reports());
  await page.getByLabel('Reported by').fill(bert);
  await expect(page.getByText('2 reports', { exact: true })).toBeVisible();
  await page.goto(page.url().replace(/#.*/, `#${paths.reports()}?by=reporter`));
  const reads = () => model.log.count('GET', /event_reports$/);
  const before = reads();
  await expect(page.getByRole('heading', { name: 'Synapse can’t group reports' })).toBeVisible();
  expect(reads()).toBe(before);
  await page.getByRole('button', { name: 'Read all reports' }).click();
  const group = page.getByRole('table', { name: 'Groups of reports' }).getByRole('row').filter({ hasText: bert });
  await group.getByRole('link', { name: '2 reports' }).click();
  await expect(page.getByRole('table', { name: 'Groups of reports' })).toHaveCount(0);
  await expect(page.getByText('2 reports', { exact: true })).toBeVisible();
  await page.goto(page.url().replace(/#.*/, `#${paths.reports()}?q=ROBOT`));
  await expect(table(page).getByRole('row').filter({ hasText: 'a robot' })).toBeVisible();
});

test('after a dismissal it goes on to the next report of the list, and what is done already says so', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { spammer } = fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.reports());
  await table(page).getByRole('row').filter({ hasText: 'because 2' }).getByRole('link', { name: spammer }).click();
  await expect(page.getByText('2 of 4', { exact: true })).toBeVisible();
  const bar = page.getByRole('region', { name: 'What to do' });
  await bar.getByRole('button', { name: 'Lock user' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lock' }).click();
  await expect.poll(() => model.state.users.get(spammer)?.locked).toBe(true);
  await expect(bar.getByRole('button', { name: 'Lock user' })).toHaveAttribute('aria-disabled', 'true');
  await bar.getByRole('button', { name: 'Dismiss report' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Dismiss report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Message report 2');
  await expect(page.getByText('2 of 3', { exact: true })).toBeVisible();
  expect([...model.state.eventReports.keys()]).toEqual([1, 2]);
});

test('shows the message as Synapse keeps it, and what is around it only when it is asked for', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { room } = fill(model);
  const redacted = room.events.find(({ event_id: id }) => id === '$second-offer');
  if (redacted) redacted.content = {};
  await signIn(page, homeserverUrl, model.adminToken, paths.messageReport('2'));
  await expect(page.getByRole('region', { name: 'Text of the message' })).toHaveText('second offer');
  await expect(page.getByText('It is redacted in the room by now.')).toBeVisible();
  await expect(page.getByText('third offer')).toBeHidden();
  await page.getByRole('button', { name: 'Show the messages around it' }).click();
  const around = page.getByRole('list', { name: 'Messages around it' });
  await expect(around.getByRole('listitem')).toHaveText([/first offer/, /Redacted/, /third offer/]);
  await seeNoAxeViolation(page, 'a report');
  await page.setViewportSize({ width: 390, height: 844 });
  await seeNoSidewaysScrolling(page, 'a report');
});

test('does several things as one plan, and goes on to the next report', async ({ page, model, homeserverUrl }) => {
  const { spammer, room } = fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.messageReport('3'));
  await page.getByRole('button', { name: 'Several at once…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: 'Dismiss the report' }).check();
  await dialog.getByRole('checkbox', { name: 'Block the room' }).check();
  await dialog.getByRole('checkbox', { name: 'Lock the user' }).check();
  expect(model.log.writes()).toEqual([]);
  await dialog.getByRole('button', { name: 'Do this' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Message report 2');
  const writes = model.log.writes().map(({ method, path }) => `${method} ${path.split('/')[4]}`);
  expect(writes).toEqual(['PUT users', 'PUT rooms', 'DELETE event_reports']);
  expect([model.state.users.get(spammer)?.locked, model.state.blockedRooms.has(room.room_id)]).toEqual([true, true]);
});

test('a report whose message is gone is shown from the list, and can be dismissed', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  const report = model.state.eventReports.get(1);
  if (report) Object.assign(report, { event: null, sender: null });
  await signIn(page, homeserverUrl, model.adminToken, paths.messageReport('1'));
  await expect(page.getByText('Synapse no longer has the message')).toBeVisible();
  await expect(page.getByText('because 0')).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss report' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Dismiss report' }).click();
  await expect.poll(() => model.state.eventReports.has(1)).toBe(false);
});

test('one that is not there is looked for in the whole list only when it is asked for', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  const gone = model.state.eventReports.get(1);
  if (gone) Object.assign(gone, { event: null, sender: null });
  // Beyond the page of the list that leads to it.
  const list = '?kind=messages&page=2';
  await signIn(page, homeserverUrl, model.adminToken, `${paths.messageReport('99')}${list}`);
  const note = page.getByRole('region', { name: 'Report not found' });
  await expect(note).toContainText('Looking there takes one request for each 1,000 reports.');
  await seeNoAxeViolation(page, 'a report that is not there');
  const whole = () => model.log.of('GET', /event_reports$/).filter(({ query }) => query.get('limit') === '1000').length;
  expect(whole()).toBe(0);
  await note.getByRole('button', { name: 'Look for it in the list' }).click();
  await expect(page.getByText('It was dismissed, its room was deleted')).toBeVisible();
  expect(whole()).toBe(1);
  await page.goto(appUrl(`${paths.messageReport('1')}${list}`));
  await note.getByRole('button', { name: 'Look for it in the list' }).click();
  await expect(page.getByText('Synapse no longer has the message')).toBeVisible();
  await expect(page.getByText('because 0')).toBeVisible();
});

test('dismisses many by a plan, each kind by its own', async ({ page, model, homeserverUrl }) => {
  fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.reports());
  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
  await expect(page.getByRole('button', { name: 'Dismiss 1 user report…' })).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss 3 message reports…' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  expect(model.log.writes()).toEqual([]);
  await page.getByRole('button', { name: 'Dismiss 3 message reports' }).click();
  await expect.poll(() => model.state.eventReports.size).toBe(0);
  expect(model.state.userReports.size).toBe(1);
});

test.describe('Synapse 1.140', () => {
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright asks for a destructured first argument.
    model: async ({}, use) => use(new MockHomeserver({ version: '1.140.0' })),
  });

  test('lists reports of messages only, and says what it lacks', async ({ page, model, homeserverUrl }) => {
    fill(model);
    await signInToOld(page, homeserverUrl, model.adminToken, paths.reports());
    await expect(page.getByText('Only reports of messages are listed.')).toBeVisible();
    await expect(page.getByText('3 reports', { exact: true })).toBeVisible();
    expect(model.log.count('GET', /user_reports/)).toBe(0);
  });
});
