import type { Locator, Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addMedia, addUser } from '../../src/mocks/build.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** The users list: what the screen shows, and what the homeserver was asked. */

const LIST = /\/_synapse\/admin\/v3\/users$/;

const table = (page: Page): Locator => page.getByRole('table', { name: 'Users' });
const row = (page: Page, userId: string): Locator => table(page).getByRole('row').filter({ hasText: userId });
const box = (page: Page, userId: string): Locator => page.getByRole('checkbox', { name: `Select ${userId}` });
const selection = (page: Page): Locator => page.getByRole('region', { name: 'Selection' });

/** `@u000`, `@u001`, … beside the admin, who comes first by name. */
function crowd(model: MockHomeserver, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) =>
      addUser(model, { localpart: `u${String(index).padStart(3, '0')}`, displayname: `User ${index}` }).name,
  );
}

async function open(page: Page, model: MockHomeserver, homeserverUrl: string, search = ''): Promise<void> {
  await signIn(page, homeserverUrl, model.adminToken, `${paths.users()}${search}`);
  await expect(table(page)).toHaveAttribute('aria-busy', 'false');
}

const lastQuery = (model: MockHomeserver) => Object.fromEntries(model.log.of('GET', LIST).at(-1)?.query ?? []);

test('sends one request for each page, and keeps the old rows while the next page loads', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const ids = crowd(model, 249);
  await open(page, model, homeserverUrl);
  await expect(row(page, ids[0] ?? '')).toBeVisible();
  await expect(page.getByText('1–100 of 250 users')).toBeVisible();
  expect(model.log.count('GET', LIST)).toBe(1);
  expect(lastQuery(model)).toEqual({
    locked: 'true',
    guests: 'false',
    order_by: 'creation_ts',
    dir: 'b',
    from: '0',
    limit: '100',
  });

  model.log.clear();
  model.faults.next({ match: /v3\/users/, answer: 'slow', delayMs: 1500 });
  await page.getByRole('button', { name: 'Page 2', exact: true }).click();
  await expect(table(page)).toHaveAttribute('aria-busy', 'true');
  await expect(row(page, ids[0] ?? '')).toBeVisible();
  await expect(row(page, ids[99] ?? '')).toBeVisible();
  await expect(row(page, ids[0] ?? '')).toHaveCount(0);
  await expect(page.getByText('101–200 of 250 users')).toBeVisible();
  expect(lastQuery(model).from).toBe('100');
  // One page, one request, whatever its kind.
  expect(model.log.entries.filter(({ method }) => method !== 'OPTIONS')).toHaveLength(1);
});

test('search, filters, order and columns are in the URL and survive a reload', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const gone = addUser(model, { localpart: 'gone.person', deactivated: true }).name;
  const here = addUser(model, 'here.person').name;
  addUser(model, { localpart: 'gone.other', deactivated: true });
  await open(page, model, homeserverUrl);

  await page.getByLabel('Deactivated').selectOption('Deactivated');
  const created = page.getByRole('columnheader', { name: 'Created' });
  await created.getByRole('button').click();
  await expect(created).toHaveAttribute('aria-sort', 'ascending');
  await page.getByLabel('Rows per page').selectOption('25');
  await page.getByRole('button', { name: 'Columns' }).click();
  // Not uncheck(): the URL decides, a moment later.
  await page.getByRole('checkbox', { name: 'Last seen' }).click();
  await expect(page.getByRole('checkbox', { name: 'Last seen' })).not.toBeChecked();
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Search' }).fill('person');

  const asWished = async () => {
    await expect(row(page, gone)).toBeVisible();
    await expect(table(page).getByRole('row')).toHaveCount(2);
    await expect(row(page, here)).toHaveCount(0);
    await expect(created).toHaveAttribute('aria-sort', 'ascending');
    await expect(page.getByRole('columnheader', { name: 'Last seen' })).toHaveCount(0);
    expect(lastQuery(model)).toEqual({
      name: 'person',
      deactivated: 'true',
      locked: 'true',
      guests: 'false',
      order_by: 'creation_ts',
      dir: 'f',
      from: '0',
      limit: '25',
    });
  };
  await asWished();
  model.log.clear();
  await page.reload();
  await asWished();
  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('person');
  expect(model.log.count('GET', LIST)).toBe(1);
});

test('two changes right after each other are both kept', async ({ page, model, homeserverUrl }) => {
  crowd(model, 3);
  await open(page, model, homeserverUrl);
  const button = await page.getByRole('columnheader', { name: 'Created' }).getByRole('button').elementHandle();
  await page.getByLabel('Rows per page').evaluate((select, sort) => {
    if (!(select instanceof HTMLSelectElement) || !(sort instanceof HTMLElement)) throw new Error('not there');
    sort.click();
    select.value = '25';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, button);
  await expect(page.getByRole('columnheader', { name: 'Created' })).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(() => lastQuery(model)).toMatchObject({ order_by: 'creation_ts', limit: '25' });
});

test('guests are hidden by a chip that says so, and the newest accounts come first', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const old = addUser(model, { localpart: 'a.old', creation_ts: 1_500_000_000 }).name;
  const fresh = addUser(model, { localpart: 'z.new', creation_ts: 2_000_000_000 }).name;
  const guest = addUser(model, { localpart: '12345', is_guest: true }).name;
  await open(page, model, homeserverUrl);
  await expect(row(page, old)).toBeVisible();
  await expect(table(page).getByRole('row').nth(1)).toContainText(fresh);
  await expect(row(page, guest)).toHaveCount(0);
  const chip = page.getByRole('button', { name: 'Hide guests' });
  await expect(chip).toHaveAttribute('aria-pressed', 'true');
  await chip.click();
  await expect(row(page, guest)).toBeVisible();
  await expect(chip).toHaveAttribute('aria-pressed', 'false');
});

test('a nonsense URL parameter breaks nothing', async ({ page, model, homeserverUrl }) => {
  const [first = ''] = crowd(model, 3);
  await open(page, model, homeserverUrl, '?page=-1&size=9999&order_by=password_hash&dir=up&columns=%F0&admins=maybe');
  await expect(row(page, first)).toBeVisible();
  expect(lastQuery(model)).toEqual({
    locked: 'true',
    guests: 'false',
    order_by: 'creation_ts',
    dir: 'b',
    from: '0',
    limit: '100',
  });
});

test('a selection survives paging, sorting, another filter and another page, and says how much of it is not shown', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const ids = crowd(model, 149);
  const [first = '', second = ''] = ids;
  await open(page, model, homeserverUrl);
  await box(page, first).check();
  await box(page, second).check();
  await expect(selection(page)).toContainText('2 selected');

  await page.getByRole('button', { name: 'Page 2', exact: true }).click();
  await expect(row(page, ids[99] ?? '')).toBeVisible();
  await expect(selection(page)).toContainText('2 selected, 2 not shown');
  await box(page, ids[99] ?? '').check();
  await page.getByRole('columnheader', { name: 'Last seen' }).getByRole('button').click();
  await expect(box(page, first)).toBeChecked();
  await expect(selection(page)).toContainText('3 selected, 1 not shown');

  await page.getByRole('searchbox', { name: 'Search' }).fill('u001');
  await expect(page.getByText('1 user', { exact: true })).toHaveCount(1);
  await expect(selection(page)).toContainText('3 selected, 2 not shown');
  await page.goto(appUrl(paths.home()));
  await page.goto(appUrl(paths.users()));
  await expect(box(page, first)).toBeChecked();
  await selection(page).getByRole('button', { name: 'Clear' }).click();
  await expect(selection(page)).toHaveCount(0);
  await expect(box(page, first)).not.toBeChecked();
});

test('“all that match” applies to every page of its filter, and to no other filter', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const ids = crowd(model, 149);
  const [first = ''] = ids;
  await open(page, model, homeserverUrl);
  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
  await selection(page).getByRole('button', { name: 'Select all that match (at most 150)' }).click();
  await expect(selection(page)).toContainText('All that match are selected (at most 150)');
  await page.getByRole('button', { name: 'Page 2', exact: true }).click();
  await expect(box(page, ids[99] ?? '')).toBeChecked();
  await page.getByRole('searchbox', { name: 'Search' }).fill('u00');
  await expect(page.getByText('10 users')).toBeVisible();
  await expect(selection(page)).toHaveCount(0);
  await expect(box(page, first)).not.toBeChecked();
  await expect(page.getByText('You selected all under another filter.')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search' }).fill('');
  await expect(selection(page)).toContainText('All that match are selected (at most 150)');
});

test('a click with shift, or shift and space, selects all rows since the one before', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const ids = crowd(model, 9);
  await open(page, model, homeserverUrl);
  await box(page, ids[1] ?? '').click();
  await box(page, ids[4] ?? '').click({ modifiers: ['Shift'] });
  await expect(selection(page)).toContainText('4 selected');
  await box(page, ids[7] ?? '').focus();
  await page.keyboard.press('Shift+Space');
  await expect(selection(page)).toContainText('7 selected');
  await box(page, ids[6] ?? '').click({ modifiers: ['Shift'] });
  await expect(selection(page)).toContainText('5 selected');
  await expect(box(page, ids[5] ?? '')).toBeChecked();
});

for (const width of [1280, 390]) {
  test(`a selection does not move the table, and its bar takes one line where there is room: ${width} px`, async ({
    page,
    model,
    homeserverUrl,
  }) => {
    const [first = '', second = ''] = crowd(model, 149);
    await page.setViewportSize({ width, height: 800 });
    await open(page, model, homeserverUrl, '?deactivated=none&columns=state');
    // From the top of the page: what is clicked may be scrolled into sight.
    const top = () => table(page).evaluate((element) => element.getBoundingClientRect().top + window.scrollY);
    const before = await top();
    await box(page, first).check();
    await expect(selection(page)).toBeVisible();
    expect(await top()).toBe(before);
    await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
    expect(await top()).toBe(before);
    if (width === 1280) expect((await selection(page).boundingBox())?.height).toBeLessThan(48);
    await seeNoSidewaysScrolling(page, `${width} px`);
    await selection(page).getByRole('button', { name: 'Clear' }).click();
    await expect(box(page, second)).not.toBeChecked();
  });
}

test('the selection goes into the wizards: the ticked users, or all that match with their number', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const ids = crowd(model, 149);
  const [first = '', second = ''] = ids;
  await open(page, model, homeserverUrl);
  await box(page, second).check();
  await page.getByRole('button', { name: 'Page 2', exact: true }).click();
  await expect(selection(page)).toContainText('1 selected, 1 not shown');
  await selection(page).getByRole('button', { name: 'Join to rooms…' }).click();
  await expect(page.getByRole('textbox', { name: 'Users who join' })).toHaveValue(`${second}\n`);

  await page.goto(appUrl(`${paths.users()}?name=u0`));
  await expect(row(page, first)).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
  await expect(selection(page).getByRole('button', { name: /^Select all/ })).toHaveCount(0);
  await page.getByLabel('Rows per page').selectOption('25');
  await expect(page.getByText('1–25 of 100 users')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
  await selection(page).getByRole('button', { name: 'Select all that match (at most 100)' }).click();
  await selection(page).getByRole('button', { name: 'Join to rooms…' }).click();
  await expect(
    page.getByRole('radio', { name: /All users that match the list’s filter \(at most 100\)/ }),
  ).toBeChecked();
  expect(model.log.writes()).toEqual([]);
});

test('names with markup, bidi marks and 10,000 characters are shown as text, and push nothing aside', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const markup = '<img src=x onerror="document.title=\'run\'"><b>bold</b>';
  addUser(model, { localpart: 'a.markup', displayname: markup });
  const turned = addUser(model, { localpart: 'b.turned', displayname: '\u202Etxt.exe' }).name;
  const long = addUser(model, { localpart: 'c.long', displayname: 'w'.repeat(10_000) }).name;
  const unseen = addUser(model, { localpart: 'd.unseen', displayname: '\u200B\u202E \u2800' }).name;
  const [last = ''] = crowd(model, 1);
  await open(page, model, homeserverUrl);
  await expect(page.getByText(markup, { exact: true })).toBeVisible();
  await expect(page).not.toHaveTitle('run');
  await expect(table(page).locator('img, b')).toHaveCount(0);
  await expect(row(page, turned).locator('bdi').first()).toHaveText('[U+202E]txt.exe');
  await expect(row(page, unseen).getByRole('link')).toHaveText('d.unseen');
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await seeNoSidewaysScrolling(page, `${width} px`);
    // Polled: the cards of a narrow window are laid out a moment after it became narrow.
    const difference = async () => {
      const [ofLong, ofOther] = [await row(page, long).boundingBox(), await row(page, last).boundingBox()];
      return (ofLong?.height ?? Number.NaN) - (ofOther?.height ?? Number.NaN);
    };
    await expect.poll(difference, { message: `${width} px: taller by` }).toBe(0);
  }
});

test('a row that can be read only in part is reported, and shown as far as possible', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const [first = '', second = ''] = crowd(model, 2);
  const odd = addUser(model, { localpart: 'odd', displayname: 42 as unknown as string }).name;
  await open(page, model, homeserverUrl);
  await expect(row(page, odd)).toBeVisible();
  await expect(row(page, first)).toBeVisible();
  await expect(row(page, second)).toBeVisible();
  await expect(page.getByText(/Row 2 of the answer: .*displayname/)).toBeVisible();
});

test('with 1,000 users per page, only a few dozen rows are in the document, and only pictures in sight are loaded', async ({
  page,
  model,
  homeserverUrl,
}) => {
  for (const id of crowd(model, 999)) {
    const { media_id } = addMedia(model, { user_id: id });
    const user = model.state.users.get(id);
    if (user) user.avatar_url = `mxc://${model.serverName}/${media_id}`;
  }
  await open(page, model, homeserverUrl, '?size=1000');
  await expect(table(page)).toHaveAttribute('aria-rowcount', '1001');
  expect(model.log.count('GET', LIST)).toBe(1);
  expect(await table(page).getByRole('row').count()).toBeLessThan(60);
  expect(await table(page).locator('*').count()).toBeLessThan(2000);
  const thumbnails = /\/media\/thumbnail\//;
  await expect(row(page, '@u000:').locator('img[data-loaded]')).toHaveCount(1);
  await page.waitForLoadState('networkidle');
  expect(model.log.count('GET', thumbnails)).toBeLessThan(60);

  await table(page).focus();
  await page.keyboard.press('End');
  await expect(row(page, '@u998:')).toBeVisible();
  await expect(row(page, '@u998:').locator('img[data-loaded]')).toHaveCount(1);
  await page.waitForLoadState('networkidle');
  expect(model.log.count('GET', thumbnails)).toBeLessThan(120);
  expect(model.log.peak).toBeLessThanOrEqual(4);
});

test('a picture that fails leaves the initials', async ({ page, model, homeserverUrl }) => {
  const gone = addUser(model, {
    localpart: 'gone',
    displayname: 'Ada Lovelace',
    avatar_url: 'mxc://demo.example/none',
  });
  await open(page, model, homeserverUrl);
  await expect.poll(() => model.log.of('GET', /thumbnail/).at(-1)?.status).toBe(404);
  await expect(row(page, gone.name)).toContainText('AL');
  await expect(row(page, gone.name).locator('img')).toHaveCount(0);
});

test('a list that can’t be loaded shows the homeserver’s own reason, and loads again on request', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const [first = ''] = crowd(model, 2);
  model.faults.next({ match: /v3\/users/, answer: '403' });
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await expect(page.getByRole('alert')).toContainText('Refused by a policy of this homeserver (403 M_FORBIDDEN)');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(row(page, first)).toBeVisible();
});

test.describe('behind Matrix Authentication Service', () => {
  test.use({
    // oxlint-disable-next-line no-empty-pattern
    model: async ({}, use) => use(new MockHomeserver({ mas: true })),
  });
  test('guests are left out of each request, and no filter offers them', async ({ page, model, homeserverUrl }) => {
    const [first = ''] = crowd(model, 2);
    await open(page, model, homeserverUrl, '?guests=any');
    await expect(row(page, first)).toBeVisible();
    await expect(page.getByLabel('Guests')).toHaveCount(0);
    await page.getByLabel('Deactivated').selectOption('Active');
    await expect.poll(() => lastQuery(model).deactivated).toBe('false');
    expect(model.log.of('GET', LIST).map(({ query }) => query.get('guests'))).toEqual(['false', 'false']);
  });
});
