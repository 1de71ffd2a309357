import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { chromiumArgs, chromiumPath } from '../chromium.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, test } from '../fixtures.ts';

/** URLs that lead elsewhere, and http to what is not this machine: names that only this browser knows. */
test.use({
  launchOptions: {
    executablePath: chromiumPath(),
    args: [...chromiumArgs, '--host-resolver-rules=MAP *.glia.test 127.0.0.1'],
  },
});

const url = (page: Page) => page.getByLabel('Homeserver URL');

async function tryToSignIn(page: Page, where: string, token: string): Promise<void> {
  await page.goto(appUrl());
  await url(page).fill(where);
  await page.getByLabel('Access token').fill(token);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** A server that sends everything to another base URL. */
async function serveRedirect(to: string, cors: boolean): Promise<{ url: string; tokens: string[]; close(): void }> {
  const tokens: string[] = [];
  const server = createServer((incoming: IncomingMessage, outgoing) => {
    if (incoming.headers.authorization !== undefined) tokens.push(incoming.url ?? '');
    const headers = { Location: to + (incoming.url ?? ''), ...(cors && { 'Access-Control-Allow-Origin': '*' }) };
    outgoing.writeHead(301, headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens,
    close: () => void server.close(),
  };
}

test('a URL that redirects is named with where it leads, and that is used only at a click', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  const front = await serveRedirect(homeserverUrl, true);
  manners.expected.push(/^third party: http:\/\/127\.0\.0\.1:/);
  await tryToSignIn(page, front.url, model.adminToken);
  await expect(url(page)).toHaveAccessibleDescription(
    `This URL redirects to ${homeserverUrl}/_matrix/client/versions. Glia does not follow redirects, because the browser would drop the access token on the way.`,
  );
  await expect(url(page)).toHaveValue(front.url);
  await expect(page.getByText(`It redirects to a homeserver at ${homeserverUrl}.`)).toBeVisible();
  await seeNoAxeViolation(page, 'a redirect');
  expect(model.log.entries.filter(({ who }) => who !== null)).toEqual([]);
  await page.getByRole('button', { name: 'Use this URL' }).click();
  await expect(page.getByRole('banner')).toContainText(model.adminId);
  expect(front.tokens).toEqual([]);
  front.close();
});

test('a redirect that the browser may not read is not just called CORS', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  const front = await serveRedirect(homeserverUrl, false);
  manners.expected.push(/^third party: http:\/\/127\.0\.0\.1:/, /blocked by CORS policy/);
  await tryToSignIn(page, front.url, model.adminToken);
  await expect(url(page)).toHaveAccessibleDescription(/another server, a proxy’s own error page, or a redirect/);
  expect(front.tokens).toEqual([]);
  front.close();
});

test('http to another machine: nothing with the token is sent before it is allowed', async ({
  page,
  model,
  served,
  manners,
}) => {
  manners.expected.push(/^third party: http:\/\/hs\.glia\.test:/);
  const plain = served.url.replace('127.0.0.1', 'hs.glia.test');
  const withToken = () => model.log.entries.filter(({ who }) => who !== null);
  const question = page.getByRole('alertdialog', { name: 'Send the token unencrypted?' });
  await tryToSignIn(page, plain, model.adminToken);
  await expect(question).toContainText(`It would go to ${plain} without encryption`);
  await expect(question).toBeFocused();
  await seeNoAxeViolation(page, 'the question');
  await page.setViewportSize({ width: 390, height: 844 });
  await seeNoSidewaysScrolling(page, 'the question');
  expect(withToken()).toEqual([]);
  await question.getByRole('button', { name: 'Don’t send it' }).click();
  await expect(url(page)).toHaveAccessibleDescription(/The access token was not sent to http:\/\/hs\.glia\.test/);
  expect(withToken()).toEqual([]);

  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await question.getByRole('button', { name: 'Send it unencrypted' }).click();
  await expect(page.getByRole('banner')).toContainText(model.adminId);
  expect(withToken()).not.toEqual([]);

  // A new token for the same page is another one: it is asked for again.
  const row = model.state.tokens.get(model.adminToken);
  if (row) model.state.tokens.set(model.adminToken, { ...row, active: false });
  // By the address: whatever the first page still asks may have opened the dialog by then, over what could be clicked.
  await page.goto(appUrl(paths.users()));
  const again = page.getByRole('dialog', { name: 'Sign in again' });
  const fresh = model.issueToken(model.adminId);
  await again.getByLabel('Access token').fill(fresh);
  await again.getByRole('button', { name: 'Sign in', exact: true }).click();
  await question.getByRole('button', { name: 'Send it unencrypted' }).click();
  await expect(again).toBeHidden();
});
