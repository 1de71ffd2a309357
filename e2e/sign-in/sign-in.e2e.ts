import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { CLIENT_SCOPE } from '../../src/mocks/authenticate.ts';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { serveModel } from '../model-server.ts';

const url = (page: Page) => page.getByLabel('Homeserver URL');
const token = (page: Page) => page.getByLabel('Access token');
const verdict = (page: Page, label: string) =>
  page.getByRole('list', { name: 'Checks' }).getByRole('listitem').filter({ hasText: label });

/** Fills the form and sends it, without expecting that it works. */
async function tryToSignIn(page: Page, where: string, what: string): Promise<void> {
  if (!page.url().startsWith('http')) await page.goto(appUrl());
  await url(page).fill(where);
  await token(page).fill(what);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** All that the browser keeps for this origin, where a token could lie. */
function kept(page: Page) {
  return page.evaluate(() => ({
    local: JSON.stringify(Object.entries(localStorage)),
    tab: JSON.stringify(Object.entries(sessionStorage)),
    cookies: document.cookie,
    address: location.href,
    history: JSON.stringify(history.state),
  }));
}

/** A server of one's own before the model: a website, or a proxy that keeps something back. Without CORS unless said. */
async function serveFront(answer: (path: string) => { status: number; body: string; cors?: boolean }): Promise<{
  url: string;
  close(): void;
}> {
  const server: Server = createServer((incoming, outgoing) => {
    const { status, body, cors } = answer(incoming.url ?? '/');
    const headers = { 'Content-Type': body.startsWith('{') ? 'application/json' : 'text/html' };
    outgoing.writeHead(status, { ...headers, ...(cors && { 'Access-Control-Allow-Origin': '*' }) }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}

/** The requests to another port of this machine are what the test is about. */
const OWN_FRONTS = [/^third party: http:\/\/127\.0\.0\.1:/, /blocked by CORS policy/];

test('an admin signs in, a reload keeps them signed in, and the token stands nowhere in plain text', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await page.goto(appUrl());
  await seeNoSidewaysScrolling(page, 'sign-in');
  await signIn(page, `${homeserverUrl}/_matrix/client/versions`, `  ${model.adminToken} `);
  await expect(page.getByRole('banner')).toContainText(`Synapse ${model.version}`);
  await expect(page.getByRole('banner')).toContainText(model.adminId);
  expect(JSON.stringify(await kept(page))).not.toContain(model.adminToken);
  await page.reload();
  await expect(page.getByRole('banner')).toContainText(model.adminId);
});

test('one look per endpoint, and no token before something answered as a homeserver', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await signIn(page, homeserverUrl, model.adminToken);
  const asked = model.log.entries.filter(({ method }) => method === 'GET').map(({ path }) => path);
  // What it offers is asked without a token too, as soon as its URL is there, and nothing waits for it.
  const offers = new Set([
    '/_matrix/client/v1/auth_metadata',
    '/_matrix/client/unstable/org.matrix.msc2965/auth_metadata',
    '/_matrix/client/v3/login',
  ]);
  const looks = asked.filter((path) => !offers.has(path)).slice(0, 5);
  expect(new Set(looks).size).toBe(5);
  const first = asked.slice(0, asked.indexOf('/_matrix/client/v3/account/whoami'));
  expect(first).toEqual(expect.arrayContaining(['/_matrix/client/versions', '/_synapse/admin/v1/server_version']));
  const tokenless = new Set(['/_matrix/client/versions', '/_synapse/admin/v1/server_version', ...offers]);
  expect(first.filter((path) => !tokenless.has(path))).toEqual([]);
});

test('“Forget the token when the page reloads” leaves no trace: a reload asks again', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await page.goto(appUrl());
  await page.getByLabel('Forget the token when the page reloads').check();
  await tryToSignIn(page, homeserverUrl, model.adminToken);
  await expect(page.getByRole('banner')).toContainText(model.adminId);
  expect(await kept(page)).toMatchObject({ tab: '[]' });
  await page.reload();
  await expect(url(page)).toBeFocused();
});

test('what is missing or wrong is said at its field, the focus goes there, and what was typed stays', async ({
  page,
  homeserverUrl,
}) => {
  await page.goto(appUrl());
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(url(page)).toBeFocused();
  await expect(url(page)).toHaveAccessibleDescription(/Enter the URL of your homeserver/);
  await expect(token(page)).toHaveAccessibleDescription(/Paste the access token/);
  await tryToSignIn(page, 'my homeserver', 'syt_x');
  await expect(url(page)).toHaveAccessibleDescription(/can’t contain spaces/);
  await expect(url(page)).toHaveValue('my homeserver');
  await expect(token(page)).toHaveValue('syt_x');
  await tryToSignIn(page, homeserverUrl, 'syt_nobody');
  await expect(token(page)).toBeFocused();
  await expect(token(page)).toHaveAccessibleDescription(/does not know this access token.*Invalid access token passed/);
  await expect(token(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(token(page)).toHaveValue('syt_nobody');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Show the token' })).toBeFocused();
  await expect(url(page)).toHaveValue(homeserverUrl);
  await seeNoAxeViolation(page, 'sign-in, failed');
  await page.setViewportSize({ width: 390, height: 844 });
  await seeNoSidewaysScrolling(page, 'sign-in, failed');
  expect(page.url()).not.toContain('syt_');
});

test('a proxy that keeps /_synapse/admin back is named, with what to copy for it', async ({ page, model, manners }) => {
  manners.expected.push(...OWN_FRONTS);
  const versions = { status: 200, body: '{"versions":["v1.12"]}', cors: true };
  const front = await serveFront((path) =>
    path === '/_matrix/client/versions' ? versions : { status: 404, body: '<h1>404 Not Found</h1>' },
  );
  await tryToSignIn(page, front.url, model.adminToken);
  await expect(verdict(page, 'Does its Admin API answer?')).toContainText(/failed.*forwards \/_matrix but not/);
  await expect(verdict(page, 'Whose access token is it?')).toContainText('not checked');
  await expect(url(page)).toBeFocused();
  const fix = page.getByRole('region', { name: 'How to fix it' });
  await expect(fix.getByLabel('Snippet: nginx', { exact: true })).toContainText('|/_synapse/admin)');
  await fix.getByText('Caddy', { exact: true }).click();
  await expect(fix.getByLabel('Snippet: Caddy', { exact: true })).toContainText('reverse_proxy @synapse');
  await fix.getByText('Traefik', { exact: true }).click();
  await expect(fix.getByLabel('Snippet: Traefik', { exact: true })).toContainText('PathPrefix(`/_synapse/admin`)');
  await seeNoAxeViolation(page, 'a fix');
  await page.emulateMedia({ colorScheme: 'dark' });
  await seeNoAxeViolation(page, 'the checks', '[aria-labelledby=glia-checks]');
  await seeNoAxeViolation(page, 'what to copy', '[aria-labelledby=glia-fix]');
  await page.setViewportSize({ width: 390, height: 844 });
  await seeNoSidewaysScrolling(page, 'a fix');
  front.close();
});

test('nobody at that port is told from an answer that the browser may not read', async ({ page, manners }) => {
  manners.expected.push(...OWN_FRONTS);
  const front = await serveFront(() => ({ status: 200, body: '<h1>Welcome</h1>' }));
  await tryToSignIn(page, front.url, 'syt_x');
  await expect(url(page)).toHaveAccessibleDescription(/Something answers there, but without the headers.*CORS/);
  front.close();
  const gone = await serveFront(() => ({ status: 200, body: '' }));
  gone.close();
  await tryToSignIn(page, gone.url, 'syt_x');
  await expect(url(page)).toHaveAccessibleDescription(/No connection/);
});

test('a website is no homeserver; what its well-known says is suggested and used only when asked', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  manners.expected.push(...OWN_FRONTS);
  const wellKnown = JSON.stringify({ 'm.homeserver': { base_url: homeserverUrl } });
  const website = await serveFront((path) =>
    path === '/.well-known/matrix/client'
      ? { status: 200, body: wellKnown, cors: true }
      : { status: 200, body: '<title>Us</title><h1>Welcome to our website</h1>', cors: true },
  );
  await tryToSignIn(page, website.url, model.adminToken);
  await expect(url(page)).toHaveAccessibleDescription(/not a Matrix homeserver.*Welcome to our website/);
  await expect(url(page)).toHaveValue(website.url);
  expect(model.log.entries).toEqual([]);
  await expect(page.getByText(`says that its homeserver is at ${homeserverUrl}`)).toBeVisible();
  await page.getByRole('button', { name: 'Use this URL' }).click();
  await expect(page.getByRole('banner')).toContainText(model.adminId);
  website.close();
});

test('whose token is no admin’s learns how to become one', async ({ page, model, homeserverUrl }) => {
  addUser(model, { localpart: 'anna' });
  await tryToSignIn(page, homeserverUrl, model.issueToken('@anna:demo.example'));
  await expect(token(page)).toHaveAccessibleDescription('@anna:demo.example is not a server admin.');
  await expect(verdict(page, 'Is this user a server admin?')).toContainText('failed');
  await expect(page.getByText('register_new_matrix_user --admin \\')).toBeVisible();
});

test('a guest, a locked account and an expired token are each called by name', async ({
  page,
  model,
  homeserverUrl,
}) => {
  addUser(model, { localpart: 'guest1', is_guest: true });
  addUser(model, { localpart: 'locked', locked: true });
  await tryToSignIn(page, homeserverUrl, model.issueToken('@guest1:demo.example'));
  await expect(token(page)).toHaveAccessibleDescription(/is a guest/);
  await tryToSignIn(page, homeserverUrl, model.issueToken('@locked:demo.example'));
  await expect(token(page)).toHaveAccessibleDescription(/account is locked/);
  expire(model);
  await tryToSignIn(page, homeserverUrl, model.adminToken);
  await expect(token(page)).toHaveAccessibleDescription(/has expired.*“Access token has expired”/);
});

test('a token without the admin’s scope is told so under MAS, with the command that makes a good one', async ({
  page,
  manners,
}) => {
  manners.expected.push(...OWN_FRONTS);
  const model = new MockHomeserver({ mas: true });
  const served = await serveModel(model);
  await tryToSignIn(page, served.url, model.issueToken(model.adminId, null, [CLIENT_SCOPE]));
  await expect(token(page)).toHaveAccessibleDescription(/lacks the scope urn:synapse:admin:\*/);
  await expect(verdict(page, 'Who manages the accounts?')).toContainText('Matrix Authentication Service');
  await expect(page.getByLabel('Snippet: On the MAS server', { exact: true })).toContainText('--yes-i-want-to-grant');
  await served.close();
});

test('media endpoints that don’t answer only warn, and sign-in goes on at the admin’s word', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  manners.expected.push(...OWN_FRONTS);
  model.faults.next({ match: /media\/config/, answer: '502-html' });
  await tryToSignIn(page, homeserverUrl, model.adminToken);
  await expect(verdict(page, 'Do the media endpoints answer?')).toContainText(/warning.*\/_matrix\/client\/v1\/media/);
  await expect(page.getByRole('button', { name: 'Continue', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('banner')).toContainText(model.adminId);
});

test('a token that ends later opens sign-in over the page, and nothing on the page is lost', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await signIn(page, homeserverUrl, model.adminToken, '/external-ids/choose');
  await page.getByLabel('Only users that I enter').check();
  await page.getByLabel('Users to read').fill('@anna:demo.example');
  expire(model);
  await page.getByRole('button', { name: 'Read their external ids' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(dialog).toContainText(model.adminId);
  expect(JSON.stringify(await kept(page))).not.toContain(model.adminToken);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await seeNoAxeViolation(page, 'the dialog', '[role=dialog]');

  const field = dialog.getByLabel('Access token');
  addUser(model, { localpart: 'anna' });
  await field.fill(model.issueToken('@anna:demo.example'));
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(
    /This token belongs to @anna:demo\.example, but you are signed in as @admin/,
  );
  await expect(dialog.getByRole('button', { name: 'Sign out and start over' })).toBeVisible();

  await field.fill(model.issueToken(model.adminId));
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Resume reading' }).click();
  await page.getByRole('button', { name: 'Read other users' }).click();
  await expect(page.getByLabel('Users to read')).toHaveValue('@anna:demo.example');
});

test('a search that failed for want of a token is made again with the new one, in the dialog it was made in', async ({
  page,
  model,
  homeserverUrl,
}) => {
  addRoom(model, { name: 'The lobby' });
  await signIn(page, homeserverUrl, model.adminToken, '/join-rooms/choose');
  await page.getByLabel('Rooms to join').fill('#elsewhere:demo.example');
  expire(model);
  await page.getByRole('button', { name: 'Pick rooms…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('Access token').fill(model.issueToken(model.adminId));
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
  const pick = page.getByRole('dialog', { name: 'Pick rooms' });
  await pick.getByLabel('The lobby').check();
  await pick.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByLabel('Rooms to join')).toHaveValue('#elsewhere:demo.example');
});

test('signing out forgets the token and leaves it good, unless asked to end the session', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const signOut = async (end: boolean) => {
    await page.getByRole('button', { name: 'Account', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Sign out…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign out' });
    await seeNoAxeViolation(page, 'the dialog', '[role=dialog]');
    if (end) await dialog.getByLabel('Also end this session on the homeserver').check();
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    await expect(url(page)).toBeVisible();
    expect(JSON.stringify(await kept(page))).not.toContain(model.adminToken);
  };
  await signIn(page, homeserverUrl, model.adminToken);
  await signOut(false);
  expect(model.log.writes()).toEqual([]);
  expect(model.state.tokens.has(model.adminToken)).toBe(true);
  await signIn(page, homeserverUrl, model.adminToken);
  await signOut(true);
  expect(model.log.writes().map(({ path }) => path)).toEqual(['/_matrix/client/v3/logout']);
  expect(model.state.tokens.has(model.adminToken)).toBe(false);
});

test('under MAS ending the session is not offered, with the reason', async ({ page, manners }) => {
  manners.expected.push(...OWN_FRONTS);
  const model = new MockHomeserver({ mas: true });
  const served = await serveModel(model);
  await signIn(page, served.url, model.adminToken);
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out…' }).click();
  const box = page.getByLabel('Also end this session on the homeserver');
  await expect(box).toBeDisabled();
  await expect(box).toHaveAccessibleDescription(/Matrix Authentication Service/);
  await served.close();
});

/** The admin's token ends, as an expired one does. */
function expire(model: MockHomeserver): void {
  const row = model.state.tokens.get(model.adminToken);
  if (row) model.state.tokens.set(model.adminToken, { ...row, active: false });
}

test('a session that can’t be ended on the server is said, and signing out here still works', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await signIn(page, homeserverUrl, model.adminToken);
  model.faults.next({ match: /logout/, answer: '403' });
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign out' });
  await dialog.getByLabel('Also end this session on the homeserver').check();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Refused by a policy of this homeserver');
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(url(page)).toBeVisible();
});

test('the demo homeserver opens from the sign-in page, says what it is, and outlives a reload', async ({ page }) => {
  await page.goto(appUrl());
  await page.getByRole('button', { name: 'Try the demo homeserver' }).click();
  await expect(page.getByRole('note')).toContainText('Demo homeserver', { timeout: 30_000 });
  await page.reload();
  await expect(page.getByRole('note')).toContainText('Demo homeserver', { timeout: 30_000 });
});

test('a sign-in that takes too long can be cancelled, and what was typed stays', async ({
  page,
  model,
  homeserverUrl,
}) => {
  model.latencyMs = 60_000;
  await tryToSignIn(page, homeserverUrl, model.adminToken);
  await expect(verdict(page, 'Does a Matrix homeserver answer?')).toContainText('checking');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('list', { name: 'Checks' })).toBeHidden();
  model.latencyMs = 0;
  await expect(url(page)).toHaveValue(homeserverUrl);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('banner')).toContainText(model.adminId);
});
