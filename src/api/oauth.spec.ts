import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '~/mocks/ask';
import { MockHomeserver } from '~/mocks/homeserver';
import { answersOf } from '~/mocks/in-page';
import { putMasInFront } from '~/mocks/mas/adopt';
import type { MockMas } from '~/mocks/mas/mas';
import { MasOAuth } from '~/mocks/mas/oauth/oauth';
import { masMetadata } from '~/mocks/mas/metadata';
import { holdWrites } from './held';
import { authorizeUrl, exchange, refresh, register, revoke, type Grant } from './oauth';
import { clientFor, redirectUriOf } from './oauth-client';
import { OAuthError } from './oauth-errors';
import { authMetadata, isSafe, masBaseOf, metadataSchema, scopesFor } from './oauth-metadata';
import { answerInPage } from './request';

const PAGE = 'https://glia.example/';
let hs: MockHomeserver;
let mas: MockMas;
let oauth: MasOAuth;

beforeEach(() => {
  hs = new MockHomeserver({ mas: true, now: Date.now() });
  mas = putMasInFront(hs);
  oauth = new MasOAuth(mas);
  answerInPage('https://demo.example', answersOf(hs, 'https://demo.example'));
  answerInPage(mas.baseUrl, answersOf(hs, mas.baseUrl));
});
afterEach(() => {
  if (hs.crashes.length > 0) throw new Error('The model broke', { cause: hs.crashes[0] });
});

const metadata = () => metadataSchema.parse(masMetadata(mas.baseUrl));
const admin = () => {
  const row = mas.state.userNamed('admin');
  if (!row) throw new Error('MAS knows the admin');
  return row;
};
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof OAuthError ? error.fault : error),
  );
const answerOf = (to: string) => new URLSearchParams(new URL(to).hash.slice(1));
const whoami = async (token: string) =>
  (await ask(hs, 'GET', '/_matrix/client/v3/account/whoami', undefined, { token })).status;

async function begin(page = PAGE, scope = scopesFor({ isStable: true })) {
  const redirectUri = redirectUriOf(page);
  const clientId = await register(metadata(), page);
  return { clientId, redirectUri, ...(await authorizeUrl(metadata(), { clientId, redirectUri, scope })) };
}

async function signIn(page = PAGE): Promise<Grant & { clientId: string }> {
  const begun = await begin(page);
  const to = oauth.consent(new URL(begun.url), admin());
  return { ...(await exchange(metadata(), begun, answerOf(to))), clientId: begun.clientId };
}

const placeOf = (clientId: string) => ({
  issuer: `${mas.baseUrl}/`,
  tokenEndpoint: `${mas.baseUrl}/oauth2/token`,
  revocationEndpoint: `${mas.baseUrl}/oauth2/revoke`,
  clientId,
});

const base = (graphql: string, token = 'https://b.example/auth/oauth2/token') =>
  masBaseOf({
    issuer: 'https://issuer.example/',
    token_endpoint: token,
    'org.matrix.matrix-authentication-service.graphql_endpoint': graphql,
  });

describe('what a homeserver says of its accounts', () => {
  it('is read from MAS in front of it, by whichever path it has', async () => {
    const found = await authMetadata({ baseUrl: 'https://demo.example' });
    expect([found?.isStable, found && masBaseOf(found.metadata)]).toEqual([true, mas.baseUrl]);
    const older = new MockHomeserver({ mas: true, version: '1.130.0' });
    answerInPage('https://older.example', answersOf(older, 'https://older.example'));
    expect((await authMetadata({ baseUrl: 'https://older.example' }))?.isStable).toBe(false);
    const own = new MockHomeserver();
    answerInPage('https://own.example', answersOf(own, 'https://own.example'));
    expect(await authMetadata({ baseUrl: 'https://own.example' })).toBeNull();
  });

  it('gives the base of the Admin API with its path, whatever the issuer is called', () => {
    expect(base('https://b.example/auth/graphql')).toBe('https://b.example/auth');
    expect(base('https://b.example/other')).toBe('https://b.example/auth');
    expect(base('http://b.example/graphql', 'http://b.example/oauth2/token')).toBeNull();
    expect(
      masBaseOf({ issuer: 'https://keycloak.example/', token_endpoint: 'https://k.example/oauth2/token' }),
    ).toBeNull();
  });

  it('never mixes stable and unstable scopes', () => {
    expect(scopesFor({ isStable: true })).toBe('openid urn:matrix:client:api:* urn:synapse:admin:* urn:mas:admin');
    expect(scopesFor({ isStable: false }, false)).toBe(
      'openid urn:matrix:org.matrix.msc2967.client:api:* urn:synapse:admin:*',
    );
  });

  it('is asked by http on this machine alone', () => {
    expect(['https://a.example/x', 'http://localhost:8080/x', 'http://a.example/x', 'nothing'].map(isSafe)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('the registration of this Glia', () => {
  it.each([
    ['https://glia.example/index.html?x=1#/users', 'https://glia.example/', 'web'],
    ['https://example.org/glia/', 'https://example.org/glia/', 'web'],
    ['https://example.org/glia/index.html', 'https://example.org/glia/', 'web'],
    ['http://localhost:5173/', 'http://localhost/', 'native'],
    ['http://127.0.0.1:8080/admin/', 'http://127.0.0.1/admin/', 'native'],
  ])('is accepted for %s', async (page, redirect, type) => {
    const client = clientFor(page);
    expect([client.redirect_uris, client.application_type]).toEqual([[redirect], type]);
    const first = await register(metadata(), page);
    expect(await register(metadata(), page)).toBe(first);
    const url = (await authorizeUrl(metadata(), { clientId: first, redirectUri: redirectUriOf(page), scope: 'openid' }))
      .url;
    expect(oauth.authorize(new URL(url)).kind).toBe('consent');
  });

  it('is refused with the reason: a page by http, on a name that nobody owns, with odd characters', async () => {
    expect(await faultOf(register(metadata(), 'http://intranet/'))).toBe('redirect');
    expect(await faultOf(register(metadata(), 'https://github.io/'))).toBe('redirect');
    expect(await faultOf(register(metadata(), 'https://glia.example/a%20b/'))).toBe('redirect');
    await expect(register(metadata(), 'http://intranet/')).rejects.toThrow(/invalid client_uri; invalid redirect_uri/);
  });

  it('is not sent by http to another machine', async () => {
    const unsafe = { ...metadata(), registration_endpoint: 'http://auth.example/oauth2/registration' };
    expect(await faultOf(register(unsafe, PAGE))).toBe('insecure');
  });
});

describe('signing in through MAS', () => {
  it('works in read-only mode, and so do new tokens and signing out: none of it changes the homeserver', async () => {
    holdWrites(() => 'Read-only');
    try {
      const { clientId, refreshToken } = await signIn();
      const next = await refresh(placeOf(clientId), refreshToken);
      expect(await whoami(next.token)).toBe(200);
      await revoke(placeOf(clientId), next.refreshToken);
      expect(await whoami(next.token)).toBe(401);
    } finally {
      holdWrites(() => null);
    }
  });

  it('gives one token for Synapse and for MAS, by a code that only this tab can exchange', async () => {
    const begun = await begin();
    const url = new URL(begun.url);
    expect([url.searchParams.get('code_challenge_method'), url.searchParams.get('response_mode')]).toEqual([
      'S256',
      'fragment',
    ]);
    const answer = answerOf(oauth.consent(url, admin()));
    const other = { ...begun, verifier: 'x'.repeat(43) };
    expect(await faultOf(exchange(metadata(), other, answer))).toBe('finished');
    const { token, scopes } = await exchange(metadata(), begun, answer);
    expect(await whoami(token)).toBe(200);
    expect(scopes).toContain('urn:mas:admin');
  });

  it('takes no answer with another state', async () => {
    const begun = await begin();
    const answer = answerOf(oauth.consent(new URL(begun.url), admin()));
    answer.set('state', 'of-somebody-else');
    expect(await faultOf(exchange(metadata(), begun, answer))).toBe('odd');
  });

  it('says of a cancel and of an account without rights the same, as MAS does', async () => {
    const begun = await begin();
    expect(await faultOf(exchange(metadata(), begun, answerOf(oauth.cancel(new URL(begun.url)))))).toBe('denied');
    admin().admin = false;
    expect(await faultOf(exchange(metadata(), begun, answerOf(oauth.consent(new URL(begun.url), admin()))))).toBe(
      'denied',
    );
  });

  it('tells a refused scope, a forgotten client, a code too old and a wrong clock apart', async () => {
    const mixed = await begin(PAGE, 'urn:matrix:client:api:* urn:matrix:org.matrix.msc2967.client:api:*');
    const page = oauth.authorize(new URL(mixed.url));
    expect(await faultOf(exchange(metadata(), mixed, answerOf(page.kind === 'redirect' ? page.to : '')))).toBe('scope');
    const begun = await begin();
    const answer = answerOf(oauth.consent(new URL(begun.url), admin()));
    hs.advance(601_000);
    expect(await faultOf(exchange(metadata(), begun, answer))).toBe('finished');
    mas.state.clients.clear();
    expect(await faultOf(exchange(metadata(), begun, answer))).toBe('client');
    const again = await begin();
    hs.advance(-4 * 3_600_000);
    expect(await faultOf(exchange(metadata(), again, answerOf(oauth.consent(new URL(again.url), admin()))))).toBe(
      'clock',
    );
  });

  it('ends the session where a code comes again later', async () => {
    const begun = await begin();
    const answer = answerOf(oauth.consent(new URL(begun.url), admin()));
    const { token } = await exchange(metadata(), begun, answer);
    expect(await faultOf(exchange(metadata(), begun, answer))).toBe('finished');
    expect(await whoami(token)).toBe(200);
    hs.advance(21_000);
    expect(await faultOf(exchange(metadata(), begun, answer))).toBe('finished');
    expect(await whoami(token)).toBe(401);
  });
});

describe('new tokens for old ones', () => {
  it('kill the old access token, and forgive an answer that was lost', async () => {
    const { token, refreshToken, clientId } = await signIn();
    const lost = await refresh(placeOf(clientId), refreshToken);
    expect(await whoami(token)).toBe(401);
    const found = await refresh(placeOf(clientId), refreshToken);
    expect([await whoami(lost.token), await whoami(found.token)]).toEqual([401, 200]);
    // It was seen at Synapse: from now on the old one is dead.
    expect(await faultOf(refresh(placeOf(clientId), refreshToken))).toBe('finished');
    expect(await whoami((await refresh(placeOf(clientId), found.refreshToken)).token)).toBe(200);
  });

  it('are not asked for in vain: what broke on the way is no end of the session', async () => {
    const { refreshToken, clientId } = await signIn();
    for (const [answer, fault] of [
      ['reset-after', 'unreachable'],
      ['502-html', 'down'],
      ['404-html', 'odd'],
    ] as const) {
      hs.faults.next({ match: /oauth2\/token/, answer });
      const error: unknown = await refresh(placeOf(clientId), refreshToken).catch((one: unknown) => one);
      expect(error instanceof OAuthError && [error.fault, error.isFinal]).toEqual([fault, false]);
    }
    expect(await whoami((await refresh(placeOf(clientId), refreshToken)).token)).toBe(200);
  });
});

describe('signing out', () => {
  it('ends the session by the refresh token, also where the access token ran out', async () => {
    const { refreshToken, clientId } = await signIn();
    hs.advance(301_000);
    await revoke(placeOf(clientId), refreshToken);
    expect(await faultOf(refresh(placeOf(clientId), refreshToken))).toBe('finished');
    await revoke(placeOf(clientId), refreshToken);
  });
});
