import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ADMIN_SCOPE, CLIENT_SCOPE } from '~/mocks/authenticate';
import { MockHomeserver } from '~/mocks/homeserver';
import { putMasInFront } from '~/mocks/mas/adopt';
import type { MockMas } from '~/mocks/mas/mas';
import { BASE, beginAnew, detail, look, scene } from '~/testing/diagnosis';
import { diagnose } from '~/api/diagnose';
import { MAS_SCOPE } from '~/api/oauth-metadata';
import { isForMas } from './reach';

/** What sign-in finds out about MAS with a token that was pasted. */

let mas: MockMas;

beforeEach(() => {
  beginAnew();
  scene.model = new MockHomeserver({ mas: true, serverName: 'example' });
  mas = putMasInFront(scene.model);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function tokenWith(...scopes: string[]): string {
  const id = mas.state.userNamed('admin')?.id ?? '';
  return mas.issueToken(id, [CLIENT_SCOPE, ADMIN_SCOPE, ...scopes]).token;
}

async function signIn(token: string, configured: string | null = null) {
  const found = await diagnose({ url: BASE, token, pageIsSecure: true, findMas: { configured } });
  if (!found.ok) throw new Error(JSON.stringify(found.failure));
  return { mas: found.facts.homeserver.mas, said: detail(found, 'mas') };
}

/** Where the token went, besides to the homeserver. */
const told = () => scene.asked.filter(({ token, path }) => token && !path.startsWith('/')).map(({ path }) => path);

it('a token with both scopes gives MAS’s Admin API too, with its version', async () => {
  const found = await signIn(tokenWith(MAS_SCOPE));
  expect(found.mas).toEqual({ baseUrl: mas.baseUrl, version: '1.22.0' });
  expect(found.said).toContain('may use its Admin API');
});

it('without the scope sign-in still works, and says what is missing', async () => {
  const found = await signIn(tokenWith());
  expect(found.mas).toBeUndefined();
  expect(found.said).toContain('urn:mas:admin');
});

it('where the Admin API is not mounted, or older than what names its homeserver, it says so', async () => {
  mas.adminApi = false;
  expect(await signIn(tokenWith(MAS_SCOPE))).toEqual({ mas: undefined, said: expect.stringContaining('not answer') });
  mas.adminApi = true;
  mas.version = '1.3.0';
  expect((await signIn(tokenWith(MAS_SCOPE))).mas).toEqual({ baseUrl: mas.baseUrl });
});

it('a MAS of another homeserver is not used', async () => {
  const other = 'https://mas.elsewhere.example';
  scene.front = [[/^https:\/\/mas\.elsewhere/, () => Response.json({ ...SITE, server_name: 'elsewhere.example' })]];
  const found = await signIn(tokenWith(MAS_SCOPE), other);
  expect(found).toEqual({ mas: undefined, said: expect.stringContaining('belongs to elsewhere.example') });
});

it('goes only to the address that config.json or the homeserver names, and never unencrypted to another machine', async () => {
  await signIn(tokenWith(MAS_SCOPE));
  expect(new Set(told().map((path) => path.slice(0, path.indexOf('/api/'))))).toEqual(new Set([mas.baseUrl]));
  scene.asked = [];
  await signIn(tokenWith(MAS_SCOPE), 'http://mas.elsewhere.example');
  expect(told()).toEqual([]);
});

it('a token that MAS’s Admin API never takes is not shown to it, nor any where nobody wants to know', async () => {
  expect(['mat_x', 'mpt_x', 'mct_x', 'syt_x', 'mar_x'].map(isForMas)).toEqual([true, true, false, false, false]);
  await look({ token: tokenWith(MAS_SCOPE) });
  expect(told()).toEqual([]);
});

const SITE = {
  password_login_enabled: true,
  password_registration_enabled: false,
  email_change_allowed: true,
  displayname_change_allowed: true,
  password_change_allowed: true,
  account_recovery_allowed: true,
  account_deactivation_allowed: true,
  captcha_enabled: false,
  minimum_password_complexity: 3,
};
