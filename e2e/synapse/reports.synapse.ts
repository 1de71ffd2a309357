import { paths } from '../../src/lib/paths.ts';
import { isAtLeast } from '../../src/lib/versions.ts';
import { must, path } from './client.ts';
import { expect, signInAsAdmin, test } from './fixtures.ts';
import type { RealSynapse } from './server.ts';

/** Reports on the real Synapse: what users report, what the admin sees of it, and what is left. */

const asUser = async ({ baseUrl, adminToken: token }: RealSynapse, userId: string): Promise<string> => {
  const route = path`/_synapse/admin/v1/users/${userId}/login`;
  return (await must<{ access_token: string }>(baseUrl, route, { method: 'POST', json: {}, token })).access_token;
};

test('users report a message and a user; the admin sees both, redacts, dismisses, and the queue is empty', async ({
  page,
  synapse,
  world,
}) => {
  test.skip(!isAtLeast(synapse.version, '1.152'), 'has no list of reported users');
  const { baseUrl, adminToken: token } = synapse;
  const { ada, grace } = world.users;
  const lobby = world.rooms.lobby.roomId;
  const [spammer, witness] = [await asUser(synapse, ada.userId), await asUser(synapse, grace.userId)];
  const send = path`/_matrix/client/v3/rooms/${lobby}/send/m.room.message/${'reported'}`;
  const json = { msgtype: 'm.text', body: 'Buy cheap watches' };
  const { event_id: eventId } = await must<{ event_id: string }>(baseUrl, send, {
    method: 'PUT',
    json,
    token: spammer,
  });
  await must(baseUrl, path`/_matrix/client/v3/rooms/${lobby}/report/${eventId}`, {
    method: 'POST',
    json: { reason: 'advertising', score: -80 },
    token: witness,
  });
  await must(baseUrl, path`/_matrix/client/v3/users/${ada.userId}/report`, {
    method: 'POST',
    json: { reason: 'sells watches' },
    token: witness,
  });

  await signInAsAdmin(page, synapse, paths.reports());
  await expect(page.getByText('2 reports', { exact: true })).toBeVisible();
  const rows = page.getByRole('table', { name: 'Reports' }).getByRole('row');
  await expect(rows.filter({ hasText: 'sells watches' })).toContainText(grace.userId);
  await expect(page.getByText('no way to read those reports')).toBeVisible();
  await rows.filter({ hasText: 'advertising' }).getByRole('link', { name: ada.userId }).click();
  await expect(page.getByRole('region', { name: 'Text of the message' })).toHaveText('Buy cheap watches');
  await expect(page.getByText('-80 (-100 is the worst, 0 the mildest)')).toBeVisible();
  await page.getByRole('button', { name: 'Show the messages around it' }).click();
  await expect(page.getByRole('list', { name: 'Messages around it' })).toContainText('Buy cheap watches');

  const bar = page.getByRole('region', { name: 'What to do' });
  await bar.getByRole('button', { name: 'Redact message…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Type .* to confirm$/).fill(eventId);
  await dialog.getByRole('button', { name: 'Redact', exact: true }).click();
  await expect(page.getByText('It is redacted in the room by now.')).toBeVisible();
  const event = await must<{ content: object }>(baseUrl, path`/_matrix/client/v3/rooms/${lobby}/event/${eventId}`, {
    token: witness,
  });
  expect(event.content).toEqual({});
  // Synapse still has the text for the admin.
  await expect(page.getByRole('region', { name: 'Text of the message' })).toHaveText('Buy cheap watches');

  for (const heading of [/^Message report \d+$/, /^User report \d+$/]) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await bar.getByRole('button', { name: 'Dismiss report' }).click();
    await dialog.getByRole('button', { name: 'Dismiss report' }).click();
  }
  await expect(page.getByText('No reports', { exact: true })).toBeVisible();
  for (const list of ['event_reports', 'user_reports']) {
    expect(await must(baseUrl, `/_synapse/admin/v1/${list}`, { token })).toEqual({ [list]: [], total: 0 });
  }
});
