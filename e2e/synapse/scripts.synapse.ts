import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { interpreter, LANGUAGES, runScript, takeScript, type Language } from '../scripts/scripts.ts';
import { remoteMedia } from './alike.ts';
import { must, path } from './client.ts';
import { expect, signInAsAdmin, test } from './fixtures.ts';
import type { RealSynapse } from './server.ts';
import { externalIdsOfAll, freshToken, localMedia, logout, membersOfAll, onDisk, remoteMediaIds } from './truth.ts';
import { DAY_MS } from './world.ts';
import type { World, WorldMedia } from './world.ts';

/** Each plan as a script, taken from the wizard and run as it is against the real Synapse (promise 13). */

const PROVIDER = 'oidc-keycloak';

async function commandFor(language: Language): Promise<string> {
  const command = await interpreter(language);
  test.skip(command === null, `This machine has no ${language === 'bash' ? 'jq' : 'Python with requests'}.`);
  return command ?? '';
}

async function planMade(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByRole('heading', { name: /Review$/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy as a script' })).toBeVisible();
}

/** A day about so long ago with no file's date within a day of it: time zones then change nothing. */
function quietDay({ now, media }: World, daysAgo: number): { date: string; beforeTs: number } {
  const ages = media.flatMap((item) => [item.createdDaysAgo, item.openedDaysAgo ?? item.createdDaysAgo]);
  let days = daysAgo;
  while (ages.some((age) => Math.abs(age - days) < 2)) days += 1;
  const beforeTs = now - days * DAY_MS;
  return { date: new Date(beforeTs).toLocaleDateString('en-CA', { timeZone: 'Europe/Berlin' }), beforeTs };
}

/** What a plan of this date takes. */
const doomed = ({ media }: World, beforeTs: number): WorldMedia[] =>
  media.filter(
    (item) =>
      (item.lastAccessTs ?? item.createdTs) < beforeTs && item.avatarOf === undefined && item.state === undefined,
  );

async function planMedia(page: Page, synapse: RealSynapse, date: string, choice?: string): Promise<void> {
  await signInAsAdmin(page, synapse, paths.deleteMedia());
  if (choice !== undefined) await page.getByLabel(choice).check();
  await page.getByLabel('Date', { exact: true }).fill(date);
  await planMade(page);
}

for (const language of LANGUAGES) {
  test(`promise 13: external ids, ${language}: one provider’s are gone from everyone, all others are as they were`, async ({
    page,
    synapse,
    world,
  }) => {
    const command = await commandFor(language);
    const before = await externalIdsOfAll(synapse, world);
    const mine = (line: string) => line.startsWith(`${PROVIDER} `);
    const holders = Object.values(before).filter((ids) => ids.some(mine)).length;
    await signInAsAdmin(page, synapse, paths.externalIds());
    await page.getByRole('button', { name: 'Read their external ids' }).click();
    await page.getByRole('radio', { name: PROVIDER }).check();
    await planMade(page);
    const script = await takeScript(page, language);
    expect(await externalIdsOfAll(synapse, world), 'taking it along changes nothing').toEqual(before);

    const ran = await runScript(command, script, synapse.adminToken);
    expect(ran.code, ran.out).toBe(0);
    expect(ran.out).toContain(`${holders} done, 0 skipped, 0 failed, 0 unknown, 0 not started.`);
    const after = Object.fromEntries(
      Object.entries(before).map(([user, ids]) => [user, ids.filter((line) => !mine(line))]),
    );
    expect(await externalIdsOfAll(synapse, world)).toEqual(after);

    const again = await runScript(command, script, synapse.adminToken);
    expect(again.code, again.out).toBe(0);
    expect(again.out).toContain(`0 done, ${holders} skipped`);
    expect(await externalIdsOfAll(synapse, world)).toEqual(after);

    // A token of nobody any more.
    const dead = await freshToken(synapse);
    await logout(synapse.baseUrl, dead);
    const refused = await runScript(command, script, dead);
    expect(refused.code, refused.out).toBe(3);
    expect(refused.out).toContain('M_UNKNOWN_TOKEN');
  });

  test(`promise 13: joins, ${language}: exactly the planned pairs, rooms opened first where that was chosen`, async ({
    page,
    synapse,
    world,
  }) => {
    const command = await commandFor(language);
    const { rooms, users, crowd, adminId } = world;
    const before = await membersOfAll(synapse, world);
    const chosen = [rooms.keeper, rooms.v12, rooms.v12Keeper, rooms.moderated, rooms.noInvitePower];
    const named = [users.slash, users.ada, users.shadow, users.gone, ...crowd.slice(10, 13)];
    await signInAsAdmin(page, synapse, paths.joinRooms());
    await page.getByRole('textbox', { name: 'Rooms to join' }).fill(chosen.map(({ roomId }) => roomId).join('\n'));
    await page.getByRole('textbox', { name: 'Users who join' }).fill(named.map(({ userId }) => userId).join('\n'));
    await planMade(page);
    for (const room of [rooms.keeper, rooms.v12Keeper]) {
      await page.getByRole('checkbox', { name: `Make me admin of ${room.name} and join it` }).check();
    }
    const script = await takeScript(page, language);
    // Locked after the plan was made: left alone, and told.
    const drifted = crowd[12]?.userId ?? '';
    const { baseUrl, adminToken: token } = synapse;
    await must(baseUrl, path`/_synapse/admin/v2/users/${drifted}`, { method: 'PUT', token, json: { locked: true } });

    const ran = await runScript(command, script, synapse.adminToken);
    expect(ran.code, ran.out).toBe(0);
    expect(ran.out).toContain('Locked since the plan was made.');
    const joining = named.map(({ userId }) => userId).filter((id) => id !== drifted && id !== users.gone.userId);
    const expected = Object.fromEntries(
      Object.entries(before).map(([roomId, members]) => {
        const opened = roomId === rooms.keeper.roomId || roomId === rooms.v12Keeper.roomId;
        const open = opened || roomId === rooms.v12.roomId || roomId === rooms.moderated.roomId;
        const more = open ? [...joining, ...(opened ? [adminId] : [])] : [];
        return [roomId, [...new Set([...members, ...more])].toSorted()];
      }),
    );
    expect(await membersOfAll(synapse, world), ran.out).toEqual(expected);

    const again = await runScript(command, script, synapse.adminToken);
    expect(again.code, again.out).toBe(0);
    expect(again.out).toMatch(/\n2 done, \d+ skipped, 0 failed/);
    expect(await membersOfAll(synapse, world)).toEqual(expected);
  });

  test(`promise 13: media, ${language}: exactly the planned files, but for what was protected or deleted since`, async ({
    page,
    synapse,
    world,
  }) => {
    test.skip(!world.aged, 'The media of a server elsewhere are all new.');
    const command = await commandFor(language);
    const { date, beforeTs } = quietDay(world, 200);
    const goes = doomed(world, beforeTs);
    const [guarded, gone] = goes;
    const before = await localMedia(synapse);
    await planMedia(page, synapse, date);
    const script = await takeScript(page, language);
    expect(await localMedia(synapse), 'nothing was opened').toEqual(before);
    const { baseUrl, adminToken: token } = synapse;
    await must(baseUrl, path`/_synapse/admin/v1/media/protect/${guarded?.mediaId ?? ''}`, { method: 'POST', token });
    const route = path`/_synapse/admin/v1/media/${world.serverName}/${gone?.mediaId ?? ''}`;
    await must(baseUrl, route, { method: 'DELETE', token });

    const ran = await runScript(command, script, synapse.adminToken);
    expect(ran.code, ran.out).toBe(0);
    expect(ran.out).toContain(`${goes.length - 2} done, 2 skipped, 0 failed, 0 unknown, 0 not started.`);
    expect(ran.out).toContain('Protected since the plan was made.');
    const deleted = new Set(goes.filter((item) => item !== guarded).map(({ mediaId }) => mediaId));
    const left = Object.fromEntries(Object.entries(before).filter(([id]) => !deleted.has(id)));
    expect(await localMedia(synapse), 'all others, with their times').toEqual(left);
    if (synapse.own) {
      for (const item of world.media) expect(onDisk(synapse, item.mediaId), item.key).toBe(!deleted.has(item.mediaId));
    }
    const again = await runScript(command, script, synapse.adminToken);
    expect(again.out).toContain(`0 done, ${goes.length} skipped`);
  });

  test(`media, ${language}: the server’s own sweep, and the remote cache`, async ({ page, synapse, world }) => {
    test.skip(!synapse.own || !world.aged, 'It looks into the database of the server.');
    const command = await commandFor(language);
    const { date, beforeTs } = quietDay(world, 200);
    const goes = new Set(doomed(world, beforeTs).map(({ mediaId }) => mediaId));
    const before = await localMedia(synapse);
    await planMedia(page, synapse, date, 'Let Synapse delete by date and size');
    const sweep = await takeScript(page, language);
    const swept = await runScript(command, sweep, synapse.adminToken);
    expect(swept.code, swept.out).toBe(0);
    expect(swept.items.length).toBeGreaterThan(5);
    for (const line of swept.items) expect(line).toMatch(/^done .*: Deleted \d+ files?, exactly as planned\.$/);
    const left = Object.fromEntries(Object.entries(before).filter(([id]) => !goes.has(id)));
    expect(await localMedia(synapse)).toEqual(left);

    await page.getByRole('link', { name: 'Back to choosing' }).click();
    await page.getByLabel('Remote media cache').check();
    await planMade(page);
    const remote = await takeScript(page, language);
    const emptied = await runScript(command, remote, synapse.adminToken);
    expect(emptied.code, emptied.out).toBe(0);
    const stays = remoteMedia.filter(({ openedDaysAgo }) => world.now - openedDaysAgo * DAY_MS >= beforeTs);
    const counted = emptied.items.map((line) => Number(/: Deleted (\d+) files?\.$/.exec(line)?.[1]));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(remoteMedia.length - stays.length);
    expect(remoteMediaIds(synapse)).toEqual(stays.map(({ mediaId }) => mediaId).toSorted());
  });
}
