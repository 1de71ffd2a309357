import type { MockMas } from '../mas';
import type { MasClientRow, MasUserRow } from '../state';
import { MAS_SCOPE } from '../adopt';
import { register } from './registration';
import { revoke, token } from './tokens';

/** What somebody agreed to, until it is exchanged. */
export interface CodeRow {
  readonly code: string;
  readonly client_id: string;
  readonly user_id: string;
  readonly redirect_uri: string;
  readonly scopes: readonly string[];
  readonly challenge: { readonly method: string; readonly value: string } | null;
  readonly agreed_at: number;
  used_at: number | null;
  session_id: string | null;
}

/** What the page of MAS shows. */
export type Page =
  | { readonly kind: 'error'; readonly status: 400; readonly text: string }
  /** To be left for at once. */
  | { readonly kind: 'redirect'; readonly to: string }
  | {
      readonly kind: 'consent';
      readonly client: MasClientRow;
      readonly scopes: readonly string[];
      readonly redirectUri: string;
    };

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The OAuth side of MAS: clients, the page where one agrees, codes and tokens. Its pages are data: who shows them is another matter. */
export class MasOAuth {
  readonly mas: MockMas;
  readonly codes = new Map<string, CodeRow>();
  /** `experimental.access_token_ttl` */
  accessTokenMs = 300_000;

  constructor(mas: MockMas) {
    this.mas = mas;
    mas.serve([
      { pattern: '/oauth2/registration', rules: { POST: register }, cors: 'oauth' },
      { pattern: '/oauth2/token', rules: { POST: (call) => token(this, call) }, cors: 'oauth' },
      { pattern: '/oauth2/revoke', rules: { POST: (call) => revoke(this, call) }, cors: 'oauth' },
    ]);
  }

  /** What is shown at `/authorize`. A wrong client or address to lead back to is an error page: MAS leads nowhere then. */
  authorize(url: URL): Page {
    const asked = url.searchParams;
    const client = this.mas.state.clients.get(asked.get('client_id') ?? '');
    if (!client) return { kind: 'error', status: 400, text: 'Invalid client_id' };
    const redirectUri = asked.get('redirect_uri') ?? '';
    if (!client.redirect_uris.some((one) => fits(one, redirectUri)))
      return { kind: 'error', status: 400, text: 'Invalid redirect_uri' };
    if (!['query', 'fragment', 'form_post', null].includes(asked.get('response_mode')))
      return { kind: 'error', status: 400, text: 'Invalid response_mode' };
    const scope = asked.get('scope') ?? '';
    if (!/^[\x21\x23-\x5B\x5D-\x7E]+(?: [\x21\x23-\x5B\x5D-\x7E]+)*$/.test(scope))
      return { kind: 'error', status: 400, text: 'Failed to deserialize query string' };
    if (asked.get('prompt') === 'none') return this.#back(url, { error: 'login_required' });
    const scopes = scope.split(' ');
    const isMixed =
      scopes.some((one) => one.includes('msc2967')) && scopes.some((one) => one.startsWith('urn:matrix:client:'));
    if (isMixed)
      return this.#back(url, {
        error: 'invalid_scope',
        error_description: 'request cannot mix unstable and stable scopes',
      });
    return { kind: 'consent', client, scopes, redirectUri };
  }

  /** Whether MAS's policy lets this account agree to it: one scope that it may not have refuses all. */
  mayConsent(user: MasUserRow, scopes: readonly string[]): boolean {
    const asksAdmin = scopes.includes('urn:synapse:admin:*') || scopes.includes(MAS_SCOPE);
    return user.locked_at === null && user.deactivated_at === null && (user.admin || !asksAdmin);
  }

  /** Somebody agreed. @returns where MAS leads to */
  consent(url: URL, user: MasUserRow): string {
    const page = this.authorize(url);
    if (page.kind !== 'consent') throw new Error('there is nothing to agree to');
    if (!this.mayConsent(user, page.scopes)) return this.cancel(url);
    const code = this.mas.homeserver.random.text(32, ALPHANUMERIC);
    const challenge = url.searchParams.get('code_challenge');
    this.codes.set(code, {
      code,
      client_id: page.client.id,
      user_id: user.id,
      redirect_uri: page.redirectUri,
      scopes: page.scopes,
      challenge:
        challenge === null
          ? null
          : { method: url.searchParams.get('code_challenge_method') ?? 'plain', value: challenge },
      agreed_at: this.mas.now(),
      used_at: null,
      session_id: null,
    });
    return this.#back(url, { code }).to;
  }

  /** Cancelled, or refused by the policy: MAS says the same for both, and no more than this. */
  cancel(url: URL): string {
    return this.#back(url, { error: 'access_denied' }).to;
  }

  #back(url: URL, said: Readonly<Record<string, string>>): Page & { kind: 'redirect' } {
    const to = new URL(url.searchParams.get('redirect_uri') ?? '');
    const state = url.searchParams.get('state');
    const answer = new URLSearchParams({ ...said, ...(state !== null && { state }) });
    answer.sort();
    if (url.searchParams.get('response_mode') === 'fragment') return { kind: 'redirect', to: `${to.href}#${answer}` };
    for (const [name, value] of answer) to.searchParams.append(name, value);
    const end = 'code' in said && this.mas.atLeast('1.17') ? '#' : '';
    return { kind: 'redirect', to: `${to.href}${end}` };
  }
}

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The port of this machine is not compared (`data-model/oauth2/client.rs:238`). */
function fits(registered: string, asked: string): boolean {
  const url = URL.parse(asked);
  if (!url) return false;
  if (url.href === new URL(registered).href) return true;
  if (url.protocol !== 'http:' || !LOOPBACK.has(url.hostname)) return false;
  url.port = '';
  return url.href === new URL(registered).href;
}
