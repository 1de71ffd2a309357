import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { countOf, seeOver } from './job-page.ts';

/** Several actions as one plan: chosen, reviewed, run step by step. */

function addSpammers(model: MockHomeserver, count: number): string[] {
  model.taskMs = 0;
  return Array.from({ length: count }, (_, index) => {
    const { name } = addUser(model, `spam${index}`);
    const room = addRoom(model, { members: [name], creator: name });
    const content = { msgtype: 'm.text', body: 'Buy now!' };
    room.events.push({ event_id: `$spam${index}`, type: 'm.room.message', sender: name, origin_server_ts: 1, content });
    addMedia(model, { user_id: name });
    return name;
  });
}

async function planned(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name contains').fill(name);
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByRole('table', { name: 'What would happen to each account' })).toBeVisible();
}

async function run(page: Page, count: number): Promise<void> {
  await page.getByLabel(`Type ${count} to confirm`).fill(String(count));
  await page.getByRole('button', { name: new RegExp(`^Clean up after ${count} account`) }).click();
}

test('a spam wave is planned with exclusions and a sample of what was written, and its job tells each step', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const names = addSpammers(model, 2);
  addUser(model, { localpart: 'spam.watch', admin: true });
  await signIn(page, homeserverUrl, model.adminToken, paths.spamWave());
  await planned(page, 'spam');
  await expect(page.getByRole('row').filter({ hasText: '@spam.watch:' })).toContainText('A server admin.');
  await expect(page.getByText('They have 2 files')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' }).locator('[aria-current="page"]')).toHaveCount(1);
  const spammer = page.getByRole('row').filter({ hasText: names[0] ?? '' });
  await spammer.getByRole('button', { name: /^Read the last messages of / }).click();
  await expect(page.getByRole('dialog')).toContainText('Buy now!');
  await page.keyboard.press('Escape');
  expect(model.log.writes()).toEqual([]);
  await seeNoAxeViolation(page, 'the plan of a playbook');
  await run(page, 2);
  await seeOver(page);
  const row = page.getByRole('row').filter({ hasText: names[0] ?? '' });
  for (const step of ['Lock', 'Note rooms', 'Redact messages', 'Files', 'Deactivate', 'Check']) {
    await expect(row.getByRole('listitem').filter({ hasText: step })).toBeVisible();
  }
  await expect(row).toContainText('No message is left: 1 is redacted.');
  await seeNoAxeViolation(page, 'the job of a playbook');
  expect(names.map((name) => model.state.users.get(name)?.deactivated)).toEqual([true, true]);
  expect(model.state.media.size).toBe(0);
});

test('a page that is closed in the middle of a step continues at that step', async ({ page, model, homeserverUrl }) => {
  const [name = ''] = addSpammers(model, 1);
  await signIn(page, homeserverUrl, model.adminToken, paths.spamWave());
  await planned(page, 'spam');
  // The redaction takes until the homeserver is asked to hurry.
  model.taskMs = 3_600_000;
  await run(page, 1);
  await expect.poll(() => model.log.count('GET', /redact_status/)).toBeGreaterThan(1);
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Redact messages');
  model.advance(8_000_000);
  // Only then does the homeserver begin to remove the account from its rooms.
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Now deactivated');
  model.advance(8_000_000);
  await seeOver(page);
  await expect(countOf(page, 'done')).toHaveText('1');
  expect(model.log.count('PUT', /\/v2\/users\//)).toBe(1);
  expect(model.log.count('POST', /\/redact$/)).toBe(1);
  expect(model.state.users.get(name)?.deactivated).toBe(true);
});

test('a bridge is planned with the rooms that go with its ghosts, and its bot stays', async ({
  page,
  model,
  homeserverUrl,
}) => {
  model.taskMs = 0;
  const ghosts = ['_irc_1', '_irc_2'].map((localpart) => addUser(model, { localpart, appservice_id: 'irc' }).name);
  const bot = addUser(model, { localpart: '_irc_bot', appservice_id: 'irc' }).name;
  const portal = addRoom(model, { members: [...ghosts, bot], creator: bot }).room_id;
  await signIn(page, homeserverUrl, model.adminToken, paths.bridge());
  await page.getByLabel('Their user IDs begin with').fill('@_irc_');
  await page.getByLabel('Bot of the bridge').fill(bot);
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByText('1 room is deleted with its ghosts')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: bot })).toContainText('it stays');
  await page.getByLabel('Type 2 to confirm').fill('2');
  await page.getByRole('button', { name: /^Remove 2 ghosts/ }).click();
  await seeOver(page);
  await expect(countOf(page, 'done')).toHaveText('2');
  expect(model.state.rooms.has(portal)).toBe(false);
  expect([...ghosts, bot].map((name) => model.state.users.get(name)?.deactivated)).toEqual([true, true, false]);
});
