import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import { seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** Names, IDs and numbers that were made to mislead: each stays in its place, and nothing in them is hidden. */

const LONG = 'w'.repeat(500);
const TURNED = '\u202Eexe.gnp';

/** What lies outside its own cell, or over what stands beside it in the same cell; `table` by its name. */
async function seeCellsApart(page: Page, table: string): Promise<void> {
  const over = () =>
    page.getByRole('table', { name: table }).evaluate((element) => {
      return [...element.querySelectorAll('[role=row][data-index] > [role=cell]')].flatMap((cell) => {
        const edge = cell.getBoundingClientRect();
        const boxes = [...cell.children].map((child) => ({
          text: child.textContent ?? '',
          box: child.getBoundingClientRect(),
        }));
        const wide = boxes.filter(({ box }) => box.right > edge.right + 1 || box.left < edge.left - 1);
        const [first, ...others] = boxes.filter(({ box }) => box.width > 0);
        const glued = others.filter(
          ({ box }) => first && box.top < first.box.bottom - 1 && box.left < first.box.right + 2,
        );
        return [...wide, ...glued].map(({ text }) => `${cell.getAttribute('data-label')}: ${text.slice(0, 40)}`);
      });
    });
  await expect.poll(over, { message: table }).toEqual([]);
}

for (const width of [1280, 390]) {
  test(`long names overlap nothing, at ${width} px`, async ({ page, model, homeserverUrl }) => {
    const anna = addUser(model, {
      localpart: 'anna',
      displayname: LONG,
      user_type: LONG,
      external_ids: [
        { auth_provider: LONG, external_id: LONG },
        { auth_provider: 'oidc-old', external_id: '1' },
      ],
    });
    anna.devices.push({
      device_id: LONG,
      display_name: LONG,
      last_seen_ts: model.startedAt,
      last_seen_ip: LONG,
      last_seen_user_agent: LONG,
    });
    const old = { created_ts: model.startedAt - 900 * 86_400_000, last_access_ts: null };
    addMedia(model, { user_id: anna.name, upload_name: LONG, media_type: LONG, media_length: 5_000_000, ...old });
    addMedia(model, { user_id: anna.name, upload_name: 'cat.png', media_type: 'image/png', ...old });
    const room = addRoom(model, { name: LONG, topic: LONG, creator: anna.name, members: [anna.name] });
    await page.setViewportSize({ width, height: 1000 });
    await signIn(page, homeserverUrl, model.adminToken, paths.users());
    for (const [path, table] of [
      [paths.users(), 'Users'],
      [paths.rooms(), 'Rooms'],
      [`${paths.user(anna.name)}?tab=rooms`, 'Rooms'],
      [`${paths.user(anna.name)}?tab=devices`, 'Sessions'],
      [`${paths.user(anna.name)}?tab=media`, 'Media'],
      [`${paths.room(room.room_id)}?tab=members`, 'Members'],
      [`${paths.room(room.room_id)}?tab=state`, 'State events'],
    ] as const) {
      await page.goto(appUrl(path));
      // On a phone there is no row of heads.
      await expect(page.getByRole('table', { name: table }).getByRole('cell').first()).toBeVisible();
      await seeCellsApart(page, table);
      await seeNoSidewaysScrolling(page, path);
    }
    await page.goto(appUrl(paths.deleteMedia()));
    await page.getByRole('button', { name: 'Review' }).click();
    await expect(page.getByText('cat.png')).toBeVisible();
    await seeCellsApart(page, 'What would happen to each file');
    await seeNoSidewaysScrolling(page, 'media plan');
    await page.goto(appUrl(paths.externalIds()));
    await page.getByRole('button', { name: 'Read their external ids' }).click();
    await expect(page.getByRole('radio')).toHaveCount(2);
    await seeCellsApart(page, 'Providers');
    await seeNoSidewaysScrolling(page, 'providers');
  });
}

test('IDs that differ by what nobody sees look different, and none looks like nothing', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const providers = ['oidc-old', 'oidc-old ', '', '  ', '\u200B', TURNED];
  addUser(model, {
    localpart: 'anna',
    external_ids: providers.map((auth_provider) => ({ auth_provider, external_id: 'x' })),
  });
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await page.getByRole('button', { name: 'Read their external ids' }).click();
  for (const name of ['oidc-old', 'oidc-old␣', '(empty)', '␣␣', '[U+200B]', '[U+202E]exe.gnp']) {
    await expect(page.getByRole('radio', { name, exact: true })).toHaveCount(1);
  }
  await page.getByRole('radio', { name: '[U+202E]exe.gnp', exact: true }).check();
  await page.getByRole('button', { name: 'Review' }).click();
  // The sentence reads on in its own direction.
  await expect(page.getByText(/^Remove 1 ID of/)).toContainText('Remove 1 ID of [U+202E]exe.gnp from 1 user');
});

test('a name with direction marks turns no heading, no window title and no label', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const turned = addUser(model, { localpart: 'turned', displayname: TURNED }).name;
  const hebrew = addUser(model, { localpart: 'hebrew', displayname: 'אבג' }).name;
  await signIn(page, homeserverUrl, model.adminToken, paths.user(turned));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('[U+202E]exe.gnp');
  await expect(page).toHaveTitle('[U+202E]exe.gnp · Glia');
  await page.goto(appUrl(paths.user(hebrew)));
  await expect(page).toHaveTitle('\u2068אבג\u2069 · Glia');
});

test('a number of users below zero is said to be unknown', async ({ page, model, homeserverUrl }) => {
  addUser(model, 'anna');
  await page.route(/v3\/users\?/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), total: -1 } });
  });
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await expect(page.getByText('of an unknown number')).toBeVisible();
  await page.goto(appUrl(paths.home()));
  await expect(page.getByRole('link', { name: 'Users unknown' })).toBeVisible();
  // A date has “-1” in it, too.
  await expect(page.getByText(/(^|\s)[-−]1\b/)).toHaveCount(0);
});
