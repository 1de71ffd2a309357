import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An identity provider (OpenID Connect) over real HTTP, where everybody is signed in already, as one and the same person. */
export interface OidcProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Which endpoints were asked, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

interface Granted {
  readonly redirectUri: string;
  readonly nonce: string | null;
  /** SHA-256 of what the client has to show (PKCE), as it was sent. */
  readonly challenge: string | null;
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @param sub who is signed in there */
export async function startOidcProvider(sub: string): Promise<OidcProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [clientId, clientSecret, kid] = ['glia-tests', randomBytes(16).toString('hex'), 'the-only-key'];
  const granted = new Map<string, Granted>();
  const tokens = new Set<string>();
  const asked: string[] = [];
  let issuer = '';

  /** RFC 7519, signed with RS256. */
  function idToken(nonce: string | null): string {
    const iat = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, sub, aud: clientId, iat, exp: iat + 300, ...(nonce !== null && { nonce }) };
    const signed = `${base64url({ alg: 'RS256', typ: 'JWT', kid })}.${base64url(claims)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
  }

  /** Nobody has to type anything: it leads back at once. */
  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const redirectUri = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== clientId || query.get('response_type') !== 'code' || redirectUri === '')
      return refuse(response, 400, 'invalid_request');
    const code = randomBytes(16).toString('hex');
    granted.set(code, { redirectUri, nonce: query.get('nonce'), challenge: query.get('code_challenge') });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    response.writeHead(302, { Location: back.href }).end();
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    if (request.headers.authorization !== basic) return refuse(response, 401, 'invalid_client');
    const code = form.get('code') ?? '';
    const grant = granted.get(code);
    granted.delete(code);
    const shown = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!grant || grant.redirectUri !== form.get('redirect_uri') || (grant.challenge ?? shown) !== shown)
      return refuse(response, 400, 'invalid_grant');
    const access = randomBytes(16).toString('hex');
    tokens.add(access);
    say(response, { access_token: access, token_type: 'Bearer', expires_in: 300, id_token: idToken(grant.nonce) });
  }

  function userinfo({ headers }: IncomingMessage, response: ServerResponse): void {
    if (!tokens.has(headers.authorization?.replace('Bearer ', '') ?? '')) return refuse(response, 401, 'invalid_token');
    say(response, { sub });
  }

  const metadata = () => ({
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}token`,
    userinfo_endpoint: `${issuer}userinfo`,
    jwks_uri: `${issuer}jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
  });

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    asked.push(pathname);
    if (pathname === '/.well-known/openid-configuration') say(response, metadata());
    else if (pathname === '/authorize') authorize(searchParams, response);
    else if (pathname === '/token') void token(request, response);
    else if (pathname === '/userinfo') userinfo(request, response);
    else if (pathname === '/jwks')
      say(response, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] });
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    issuer,
    clientId,
    clientSecret,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const say = (response: ServerResponse, body: object): void =>
  void response
    .writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    .end(JSON.stringify(body));

const refuse = (response: ServerResponse, status: number, error: string): void =>
  void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error }));
