import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import type { Room } from '../../src/mocks/state.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** The Messages and the Room tab of a room: what can be done to its events and aliases. */

function talkIn(model: MockHomeserver, fields: Parameters<typeof addRoom>[1]): Room {
  const writer = addUser(model, 'writer').name;
  const room = addRoom(model, { name: 'Lobby', alias: 'lobby', ...fields });
  room.members.set(writer, { membership: 'join', since: 0 });
  ['First', 'Second', 'Third'].forEach((body, index) => {
    room.events.push({
      event_id: `$${body}`,
      type: 'm.room.message',
      sender: writer,
      origin_server_ts: model.now() - 60_000 + index,
      content: { msgtype: 'm.text', body },
    });
  });
  return room;
}

async function openMessages(page: Page, model: MockHomeserver, url: string, { room_id }: Room): Promise<void> {
  await signIn(page, url, model.adminToken, `${paths.room(room_id)}?tab=messages`);
  await page.getByRole('button', { name: 'Read messages' }).click();
  await expect(page.getByRole('table', { name: 'Messages' })).toContainText('Third');
}

const bodies = (room: Room) => room.events.map(({ content }) => content['body'] ?? null).slice(0, 3);

test('redacts several selected messages as one job, and Activity lists that they were read', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const room = talkIn(model, { creator: model.adminId, members: [model.adminId] });
  await openMessages(page, model, homeserverUrl, room);
  for (const event of ['$First', '$Third']) await page.getByRole('checkbox', { name: `Select ${event}` }).check();
  const bar = page.getByRole('region', { name: 'Selection' });
  await bar.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Redact…' }).click();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page.getByRole('textbox', { name: /^Type 2/ }).fill('2');
  await page.getByRole('button', { name: /^Redact 2 events/ }).click();
  await expect.poll(() => bodies(room)).toEqual([null, 'Second', null]);
  await page.goto(page.url().replace(/#.*/, `#${paths.room(room.room_id)}?tab=activity`));
  await expect(page.getByText('Read messages in')).toBeVisible();
});

test('shows what was sent around an event, and says why others’ messages can’t be redacted', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const owner = addUser(model, 'owner').name;
  const room = talkIn(model, { creator: owner, members: [owner] });
  await openMessages(page, model, homeserverUrl, room);
  await expect(page.getByText('You can’t redact messages of others here yet')).toBeVisible();
  await page.getByRole('button', { name: 'Actions for $Second' }).click();
  await page.getByRole('menuitem', { name: 'Show what was sent around it' }).click();
  const dialog = page.getByRole('dialog', { name: 'What was sent around this event' });
  for (const body of ['First', 'Second', 'Third']) await expect(dialog.getByText(body, { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Make room admin…' }).click();
  const make = page.getByRole('dialog', { name: 'Make room admin' });
  await make.getByRole('textbox', { name: /to confirm$/ }).fill(room.room_id);
  await make.getByRole('button', { name: 'Make room admin' }).click();
  await page.getByRole('button', { name: 'Join the room yourself…' }).click();
  const join = page.getByRole('dialog', { name: 'Join the room yourself' });
  await join.getByRole('button', { name: 'Join the room yourself' }).click();
  await expect(page.getByText('You can’t redact messages of others here yet')).toHaveCount(0);
});

test('adds an alias to a room and removes it again', async ({ page, model, homeserverUrl }) => {
  const room = talkIn(model, { creator: model.adminId });
  await signIn(page, homeserverUrl, model.adminToken, paths.room(room.room_id));
  await page.getByRole('textbox', { name: 'New alias' }).fill('hall');
  await page.getByRole('button', { name: 'Add alias…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add alias' }).click();
  await expect(page.getByRole('region', { name: 'Aliases on this homeserver' })).toContainText('#hall:demo.example');
  expect(model.state.aliases.get('#hall:demo.example')?.room_id).toBe(room.room_id);
  await page.getByRole('button', { name: 'Actions for #hall:demo.example' }).click();
  await page.getByRole('menuitem', { name: 'Remove alias' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove alias' }).click();
  await expect.poll(() => model.state.aliases.has('#hall:demo.example')).toBe(false);
});
