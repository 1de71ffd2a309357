import type { Locator, Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import type { Room } from '../../src/mocks/state.ts';
import { seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** The rooms list: what the screen shows, and what the homeserver was asked. */

const LIST = /\/_synapse\/admin\/v1\/rooms$/;

const table = (page: Page): Locator => page.getByRole('table', { name: 'Rooms' });
const row = (page: Page, roomId: string): Locator => table(page).getByRole('row').filter({ hasText: roomId });
/** A row may lead to its creator, too. */
const names = (page: Page): Locator => table(page).locator('[role=row] a[href*="/rooms/"]');
const selection = (page: Page): Locator => page.getByRole('region', { name: 'Selection' });

async function open(page: Page, model: MockHomeserver, homeserverUrl: string, search = ''): Promise<void> {
  await signIn(page, homeserverUrl, model.adminToken, `${paths.rooms()}${search}`);
  await expect(table(page)).toHaveAttribute('aria-busy', 'false');
}

const lastQuery = (model: MockHomeserver) => Object.fromEntries(model.log.of('GET', LIST).at(-1)?.query ?? []);

/** Rooms of one, two and three members, by names that sort the other way round. */
function threeSizes(model: MockHomeserver): Room[] {
  const ids = ['anna', 'ben', 'cleo'].map((localpart) => addUser(model, localpart).name);
  return ['Cellar', 'Board', 'Attic'].map((name, index) =>
    addRoom(model, { name, alias: name.toLowerCase(), members: ids.slice(0, index + 1), creator: ids[0] ?? '' }),
  );
}

test('sends one request for each page, and none for a single room', async ({ page, model, homeserverUrl }) => {
  const creator = addUser(model, 'creator').name;
  for (let index = 0; index < 130; index += 1) {
    addRoom(model, { name: `Room ${String(index).padStart(3, '0')}`, creator });
  }
  await open(page, model, homeserverUrl);
  await expect(page.getByText('1–100 of 130 rooms')).toBeVisible();
  expect(model.log.count('GET', /\/rooms/)).toBe(1);
  expect(lastQuery(model)).toEqual({ order_by: 'name', dir: 'f', from: '0', limit: '100' });
  model.log.clear();
  await page.getByRole('button', { name: 'Page 2', exact: true }).click();
  await expect(page.getByText('101–130 of 130 rooms')).toBeVisible();
  await expect(names(page).first()).toHaveText('Room 100');
  expect(model.log.entries.filter(({ method }) => method !== 'OPTIONS')).toHaveLength(1);
});

test('ascending and descending are right, even for columns that Synapse sorts the other way round', async ({
  page,
  model,
  homeserverUrl,
}) => {
  threeSizes(model);
  await open(page, model, homeserverUrl);
  await expect(names(page)).toHaveText(['Attic', 'Board', 'Cellar']);
  const header = page.getByRole('columnheader', { name: 'Members' });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await expect(names(page)).toHaveText(['Cellar', 'Board', 'Attic']);
  expect(lastQuery(model)).toMatchObject({ order_by: 'joined_members', dir: 'b' });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await expect(names(page)).toHaveText(['Attic', 'Board', 'Cellar']);
  expect(lastQuery(model)).toMatchObject({ order_by: 'joined_members', dir: 'f' });
});

test('a search and a filter hold together: the rooms that are found are read at a click, and filtered here', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const creator = addUser(model, 'creator').name;
  addRoom(model, { name: 'Lobby', creator, public: true });
  addRoom(model, { name: 'Hidden lobby', creator, members: [creator] });
  addRoom(model, { name: 'Deserted', creator, members: {} });
  await open(page, model, homeserverUrl);
  await page.getByLabel('Room directory').selectOption('Listed');
  await expect(names(page)).toHaveText(['Lobby']);
  model.log.clear();
  await page.getByRole('searchbox', { name: 'Search' }).fill('lobby');
  const ask = page.getByRole('region', { name: 'Read the list' });
  await expect(ask).toContainText('Your filter: listed.');
  expect(model.log.of('GET', LIST)).toEqual([]);
  await ask.getByRole('button', { name: 'Read the list' }).click();
  await expect(names(page)).toHaveText(['Lobby']);
  await expect(page.getByText('Filtered from the 2 rooms that Glia read.')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search' }).fill('');
  await expect(names(page)).toHaveText(['Lobby']);
  await expect(page.getByLabel('Room directory')).toHaveValue('only');
  for (const { query } of model.log.of('GET', LIST)) {
    expect(query.has('search_term') && (query.has('public_rooms') || query.has('empty_rooms'))).toBe(false);
  }
});

test('filters by what Synapse can’t filter by, selects all that match, and exports them', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const creator = addUser(model, 'creator').name;
  addRoom(model, { name: 'Plain', creator });
  const secret = addRoom(model, { name: 'Secret', creator, encryption: 'm.megolm.v1.aes-sha2' });
  await signIn(page, homeserverUrl, model.adminToken, `${paths.rooms()}?encrypted=only`);
  await page.getByRole('button', { name: 'Read the list' }).click();
  await expect(names(page)).toHaveText(['Secret']);
  await page.getByRole('checkbox', { name: `Select ${secret.room_id}` }).check();
  await expect(selection(page)).toContainText('1 selected');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Download CSV' }).click();
  const file = await (await saved).createReadStream();
  const text = (await file.toArray()).map(String).join('');
  expect(text).toContain(secret.room_id);
  expect(text).not.toContain('Plain');
});

test('says that statistics are missing where no room is listed though there are some, and offers to recount', async ({
  page,
  model,
  homeserverUrl,
}) => {
  addRoom(model, { name: 'Uncounted', creator: model.adminId, in_stats: false });
  await open(page, model, homeserverUrl);
  await expect(page.getByText('You are in 1 room, so Synapse’s statistics are missing.')).toBeVisible();
  await page.getByRole('button', { name: 'Recount rooms…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start', exact: true }).click();
  await expect.poll(() => model.state.backgroundUpdates.current?.name).toBe('populate_stats_process_rooms');
});

test('search, order and columns survive a reload; Back takes the last step back', async ({
  page,
  model,
  homeserverUrl,
}) => {
  threeSizes(model);
  await open(page, model, homeserverUrl);
  await page.getByRole('columnheader', { name: 'Members' }).getByRole('button').click();
  await expect(names(page)).toHaveText(['Cellar', 'Board', 'Attic']);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'State events' }).click();
  await expect(page.getByRole('columnheader', { name: 'State events' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'State events' })).toBeVisible();
  await expect(names(page)).toHaveText(['Cellar', 'Board', 'Attic']);
  await page.goBack();
  await expect(page.getByRole('columnheader', { name: 'State events' })).toHaveCount(0);
  await page.goBack();
  await expect(names(page)).toHaveText(['Attic', 'Board', 'Cellar']);
});

test('a selection survives a search, and goes into the wizard', async ({ page, model, homeserverUrl }) => {
  const [cellar, board] = threeSizes(model);
  await open(page, model, homeserverUrl);
  await page.getByRole('checkbox', { name: `Select ${cellar?.room_id}` }).check();
  await expect(selection(page)).toContainText('1 selected');
  await page.getByRole('searchbox', { name: 'Search' }).fill('board');
  await expect(names(page)).toHaveText(['Board']);
  await expect(selection(page)).toContainText('1 selected, 1 not shown');
  await page.getByRole('checkbox', { name: `Select ${board?.room_id}` }).check();
  await selection(page)
    .getByRole('button', { name: /^Join users/ })
    .click();
  await expect(page.getByRole('textbox', { name: 'Rooms to join' })).toHaveValue(
    `${cellar?.room_id}\n${board?.room_id}\n`,
  );
  await page.goto(appUrl(paths.rooms()));
  await expect(names(page)).toHaveText(['Attic', 'Board', 'Cellar']);
  await expect(selection(page)).toContainText('2 selected');
});

test('names with markup and 10,000 characters are text, and a row that can’t be read is reported', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const creator = addUser(model, 'creator').name;
  const markup = '<script>document.title = "run"</script>';
  addRoom(model, { name: markup, creator });
  const long = addRoom(model, { name: 'w'.repeat(10_000), creator, version: '12' });
  const plain = addRoom(model, { name: 'Plain', creator });
  addRoom(model, { name: 7 as unknown as string, creator });
  await open(page, model, homeserverUrl);
  await expect(page.getByText(markup, { exact: true })).toBeVisible();
  await expect(page.getByText(/Row \d of the answer: .*name/)).toBeVisible();
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await seeNoSidewaysScrolling(page, `${width} px`);
    // Polled: the cards of a narrow window are laid out a moment after it became narrow.
    const difference = async () => {
      const [ofLong, ofPlain] = [
        await row(page, long.room_id).boundingBox(),
        await row(page, plain.room_id).boundingBox(),
      ];
      return (ofLong?.height ?? Number.NaN) - (ofPlain?.height ?? Number.NaN);
    };
    await expect.poll(difference, { message: `${width} px: taller by` }).toBe(0);
  }
  await expect(page).not.toHaveTitle('run');
});
