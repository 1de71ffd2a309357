import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { isOver, seeOver } from '../jobs/job-page.ts';
import { ask, must, path } from './client.ts';
import { BRIDGE } from './config.ts';
import { expect, signInAsAdmin, test } from './fixtures.ts';
import { atRequest, downloadedReport, type Report } from './report.ts';
import type { RealSynapse } from './server.ts';

/** Several actions as one plan, on the real Synapse: what the report says step by step is what the server says. */

/** Long tasks of the server, one after the other: it looks for what a crash left of them once a minute. */
const LONG_MS = 200_000;
test.setTimeout(LONG_MS + 60_000);

const REDACT = { method: 'POST', path: /\/_synapse\/admin\/v1\/user\/[^/]+\/redact$/ } as const;
const ROOM_DELETE = { method: 'DELETE', path: /\/_synapse\/admin\/v2\/rooms\// } as const;

interface Spammer {
  readonly userId: string;
  /** By room. */
  readonly events: readonly (readonly [roomId: string, eventId: string])[];
}

interface Wave {
  readonly rooms: readonly string[];
  readonly spammers: readonly Spammer[];
}

/** A few at a time: SQLite writes one after the other. */
async function each<One, Made>(all: readonly One[], make: (one: One) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  const queue = all.values();
  const work = async () => {
    for (const one of queue) made.push(await make(one));
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return made;
}

/** Accounts that wrote, encrypted and uploaded something in rooms of each of these versions. */
async function spam({ baseUrl, serverName, adminToken: token }: RealSynapse, count: number): Promise<Wave> {
  const post = <T>(route: string, json: object, as = token) =>
    must<T>(baseUrl, route, { method: 'POST', token: as, json });
  const rooms: string[] = [];
  for (const room_version of ['9', '10', '11', '12']) {
    const json = { preset: 'public_chat', room_version };
    rooms.push((await post<{ room_id: string }>('/_matrix/client/v3/createRoom', json)).room_id);
  }
  const names = Array.from({ length: count }, (_, index) => `spam-wave-${index}`);
  const spammers = await each(names, async (localpart) => {
    const userId = `@${localpart}:${serverName}`;
    await must(baseUrl, path`/_synapse/admin/v2/users/${userId}`, { method: 'PUT', token, json: {} });
    const own = await post<{ access_token: string }>(path`/_synapse/admin/v1/users/${userId}/login`, {});
    const events: [string, string][] = [];
    for (const roomId of rooms) {
      await post(path`/_matrix/client/v3/rooms/${roomId}/join`, {}, own.access_token);
      for (const type of ['m.room.message', 'm.room.encrypted']) {
        const route = path`/_matrix/client/v3/rooms/${roomId}/send/${type}/${type}`;
        const json = { msgtype: 'm.text', body: 'Buy now!', ciphertext: 'x', algorithm: 'm.megolm.v1.aes-sha2' };
        const sent = await must<{ event_id: string }>(baseUrl, route, { method: 'PUT', token: own.access_token, json });
        events.push([roomId, sent.event_id]);
      }
    }
    for (const file of ['a', 'b']) {
      const raw = Buffer.from(`${file} of ${localpart}`);
      const headers = { 'Content-Type': 'text/plain' };
      await must(baseUrl, '/_matrix/media/v3/upload', { method: 'POST', token: own.access_token, raw, headers });
    }
    return { userId, events };
  });
  return { rooms, spammers };
}

/** What is there of them, past the app: nothing, once the job is over. */
async function leftOf({ baseUrl, adminToken: token }: RealSynapse, { rooms, spammers }: Wave): Promise<string[]> {
  const left: string[] = [];
  const get = <T>(route: string) => must<T>(baseUrl, route, { token });
  for (const roomId of rooms) {
    const { members } = await get<{ members: string[] }>(path`/_synapse/admin/v1/rooms/${roomId}/members`);
    left.push(...spammers.filter(({ userId }) => members.includes(userId)).map(({ userId }) => `member ${userId}`));
  }
  for (const { userId, events } of spammers) {
    const user = await get<{ deactivated: boolean }>(path`/_synapse/admin/v2/users/${userId}`);
    if (!user.deactivated) left.push(`account ${userId}`);
    const { total } = await get<{ total: number }>(path`/_synapse/admin/v1/users/${userId}/media`);
    if (total > 0) left.push(`files ${userId}`);
    for (const [roomId, eventId] of events) {
      const route = path`/_matrix/client/v3/rooms/${roomId}/event/${eventId}`;
      const { content } = await get<{ content: Record<string, unknown> }>(route);
      if (Object.keys(content).length > 0) left.push(`message ${eventId}`);
    }
  }
  return left;
}

async function planSpam(page: Page, users: readonly string[]): Promise<void> {
  await page.goto(page.url().replace(/#.*/, `#${paths.spamWave()}`));
  await page.getByRole('radio', { name: 'Only users that I enter' }).check();
  await page.getByRole('textbox', { name: 'Accounts' }).fill(users.join('\n'));
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByRole('button', { name: `${users.length} will run` })).toBeVisible({ timeout: 60_000 });
}

async function run(page: Page, count: number, name: RegExp): Promise<void> {
  await page.getByLabel(`Type ${count} to confirm`).fill(String(count));
  await page.getByRole('button', { name }).click();
}

async function reportOf(page: Page): Promise<Report> {
  await seeOver(page, LONG_MS);
  return downloadedReport(page);
}

/** Verifies, resumes and retries until all that was planned is done. */
async function toTheEnd(page: Page): Promise<void> {
  await expect(async () => {
    for (const name of [/^Verify /, /^Resume/, /^Retry /]) {
      const button = page.getByRole('button', { name }).first();
      if (await button.isVisible()) await button.click({ timeout: 1000 });
    }
    const wrong = page.locator('dt:has-text("failed") + dd, dt:has-text("unknown") + dd');
    expect([await isOver(page), ...(await wrong.allTextContents())]).toEqual([true, '0', '0']);
  }).toPass({ timeout: LONG_MS, intervals: [1000] });
}

const stepsIn = ({ items }: Report) =>
  items.map((item) => ({ id: item.id, steps: (item as unknown as { steps: unknown[][] }).steps }));

test('a spam wave leaves no message, no file and no membership, and the report says so event by event', async ({
  page,
  synapse,
}) => {
  const wave = await spam(synapse, 30);
  const users = wave.spammers.map(({ userId }) => userId);
  expect((await leftOf(synapse, wave)).length).toBe(30 * (4 + 1 + 1 + 8));
  await signInAsAdmin(page, synapse);
  await planSpam(page, users);
  await run(page, 30, /^Clean up after 30 accounts/);
  const report = await reportOf(page);
  expect(report.counts).toMatchObject({ done: 30, failed: 0, unknown: 0, skipped: 0 });
  expect(await leftOf(synapse, wave)).toEqual([]);
  for (const { id, steps } of stepsIn(report)) {
    const ended = steps
      .filter(([kind]) => kind === 'step')
      .map(([, key, status]) => `${String(key)} ${String(status)}`);
    expect(ended).toEqual(['lock done', 'rooms done', 'redact done', 'media done', 'deactivate done', 'check done']);
    const [, , noted] = steps.find(([kind, key]) => kind === 'noted' && key === 'check') ?? [];
    const events = (noted as { events: [string, string, string][] }).events.map((event) => event.join(' '));
    const sent = wave.spammers.find(({ userId }) => userId === id)?.events ?? [];
    for (const event of sent) expect(events).toContain(`${event.join(' ')} redacted`);
  }

  // Once more, there is nothing to do: nothing is sent that changes something.
  const writes: string[] = [];
  page.on('request', (request) => {
    if (!/^(GET|OPTIONS)$/.test(request.method())) writes.push(`${request.method()} ${request.url()}`);
  });
  await planSpam(page, users);
  await run(page, 30, /^Clean up after 30 accounts/);
  expect((await reportOf(page)).counts).toMatchObject({ skipped: 30, done: 0, failed: 0, unknown: 0 });
  expect(writes).toEqual([]);
});

test('Synapse killed in the middle of a spam wave: resumed, it comes to the same end', async ({ page, synapse }) => {
  const { own } = synapse;
  test.skip(!own, 'It kills the server.');
  const wave = await spam(synapse, 6);
  await signInAsAdmin(page, synapse);
  await planSpam(
    page,
    wave.spammers.map(({ userId }) => userId),
  );
  const killed = atRequest(page, REDACT, 4, () => own?.kill());
  await run(page, 6, /^Clean up after 6 accounts/);
  await killed;
  const trouble = page.locator('dt:has-text("failed") + dd, dt:has-text("unknown") + dd').filter({ hasNotText: /^0$/ });
  await expect(trouble.or(page.getByRole('button', { name: /^Resume/ })).first()).toBeVisible({ timeout: 90_000 });
  await own?.start();
  await toTheEnd(page);
  expect(await leftOf(synapse, wave)).toEqual([]);
});

interface Bridged {
  readonly ghosts: readonly string[];
  readonly bot: string;
  readonly portals: readonly string[];
  /** With several people. */
  readonly shared: string;
}

async function bridge(
  { baseUrl, serverName, adminToken, adminId }: RealSynapse,
  other: string,
  count: number,
): Promise<Bridged> {
  const { token, prefix } = BRIDGE;
  const as = <T>(userId: string, route: string, json: object) =>
    must<T>(baseUrl, `${route}?user_id=${encodeURIComponent(userId)}`, { method: 'POST', token, json });
  const idOf = (localpart: string) => `@${localpart}:${serverName}`;
  const register = async (username: string) => {
    const json = { type: 'm.login.application_service', username, inhibit_login: true };
    // The bot may be there from the start.
    await ask(baseUrl, '/_matrix/client/v3/register', { method: 'POST', token, json });
    return idOf(username);
  };
  const bot = await register(BRIDGE.bot);
  const ghosts = await each(
    Array.from({ length: count }, (_, index) => `${prefix}${index}`),
    register,
  );
  const join = async (roomId: string, userId: string, by?: string) => {
    const route = path`/_matrix/client/v3/rooms/${roomId}/join`;
    if (by === undefined) await as(userId, route, {});
    else
      await must(baseUrl, path`/_synapse/admin/v1/join/${roomId}`, {
        method: 'POST',
        token: by,
        json: { user_id: userId },
      });
  };
  const room = async (people: readonly string[]) => {
    const made = await as<{ room_id: string }>(bot, '/_matrix/client/v3/createRoom', { preset: 'public_chat' });
    for (const ghost of ghosts) await join(made.room_id, ghost);
    for (const person of people) {
      if (person === adminId)
        await must(baseUrl, path`/_matrix/client/v3/rooms/${made.room_id}/join`, {
          method: 'POST',
          token: adminToken,
          json: {},
        });
      else await join(made.room_id, person, adminToken);
    }
    return made.room_id;
  };
  const shared = await room([adminId, other]);
  const portals = [await room([]), await room([adminId]), await room([adminId])];
  for (const ghost of ghosts) {
    const query = `?user_id=${encodeURIComponent(ghost)}`;
    const headers = { 'Content-Type': 'text/plain' };
    await must(baseUrl, `/_matrix/media/v3/upload${query}`, {
      method: 'POST',
      token,
      raw: Buffer.from(ghost),
      headers,
    });
  }
  return { ghosts, bot, portals, shared };
}

async function leftOfBridge(
  { baseUrl, adminToken: token }: RealSynapse,
  { ghosts, portals }: Bridged,
): Promise<string[]> {
  const left: string[] = [];
  for (const roomId of portals) {
    if ((await ask(baseUrl, path`/_synapse/admin/v1/rooms/${roomId}`, { token })).status !== 404) left.push(roomId);
  }
  for (const userId of ghosts) {
    const user = await must<{ deactivated: boolean }>(baseUrl, path`/_synapse/admin/v2/users/${userId}`, { token });
    if (!user.deactivated) left.push(userId);
    const media = await must<{ total: number }>(baseUrl, path`/_synapse/admin/v1/users/${userId}/media`, { token });
    if (media.total > 0) left.push(`files ${userId}`);
  }
  return left;
}

async function planBridge(page: Page, { ghosts, bot }: Bridged): Promise<void> {
  await page.goto(page.url().replace(/#.*/, `#${paths.bridge()}`));
  await page.getByLabel('Their user IDs begin with').fill(`@${BRIDGE.prefix}`);
  await page.getByLabel('Bot of the bridge').fill(bot);
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByRole('button', { name: `${ghosts.length} will run` })).toBeVisible({ timeout: 60_000 });
}

test('a bridge is torn down: no ghost is active, no portal room is left, the bot and other rooms are', async ({
  page,
  synapse,
  world,
}) => {
  test.skip(!synapse.own, 'It needs a bridge in the configuration.');
  const { baseUrl, adminToken: token } = synapse;
  const bridged = await bridge(synapse, world.crowd[3]?.userId ?? '', 8);
  await signInAsAdmin(page, synapse);
  await planBridge(page, bridged);
  await expect(page.getByText('3 rooms are deleted with their ghosts')).toBeVisible();
  await run(page, 8, /^Remove 8 ghosts/);
  const report = await reportOf(page);
  expect(report.counts).toMatchObject({ done: 8, failed: 0, unknown: 0, skipped: 0 });
  expect(await leftOfBridge(synapse, bridged)).toEqual([]);
  const { members } = await must<{ members: string[] }>(
    baseUrl,
    path`/_synapse/admin/v1/rooms/${bridged.shared}/members`,
    { token },
  );
  expect(new Set(members)).toEqual(new Set([bridged.bot, synapse.adminId, world.crowd[3]?.userId]));
  expect(await must(baseUrl, path`/_synapse/admin/v2/users/${bridged.bot}`, { token })).toMatchObject({
    deactivated: false,
  });
});

test('Synapse killed in the middle of tearing down a bridge: resumed, it comes to the same end', async ({
  page,
  synapse,
  world,
}) => {
  const { own } = synapse;
  test.skip(!own, 'It kills the server.');
  const bridged = await bridge(synapse, world.crowd[3]?.userId ?? '', 5);
  await signInAsAdmin(page, synapse);
  await planBridge(page, bridged);
  const killed = atRequest(page, ROOM_DELETE, 2, () => own?.kill());
  await run(page, 5, /^Remove 5 ghosts/);
  await killed;
  const trouble = page.locator('dt:has-text("failed") + dd, dt:has-text("unknown") + dd').filter({ hasNotText: /^0$/ });
  await expect(trouble.or(page.getByRole('button', { name: /^Resume/ })).first()).toBeVisible({ timeout: 90_000 });
  await own?.start();
  await toTheEnd(page);
  expect(await leftOfBridge(synapse, bridged)).toEqual([]);
});
