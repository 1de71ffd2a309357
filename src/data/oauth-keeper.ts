import type { Grant, TokenPlace } from '~/api/oauth';
import { OAuthError } from '~/api/oauth-errors';
import { NotRenewedError, type TokenKeeper } from '~/api/token-keeper';
import { textOfError } from '~/lib/text-error';
import { withValues, type Text } from '~/lib/text';
import type { OAuth } from './session-schema';
import type { Owner } from './session';
import type { TokensMessage } from './session-channel';

/** An account of this tab that signed in through MAS. */
export interface Holder {
  readonly owner: Owner;
  readonly token: string;
  readonly oauth: OAuth;
}

/** What the keeper stands on: in a page the session, its channel and the browser's locks. */
export interface Ground {
  now(): number;
  wait(ms: number): Promise<void>;
  /** One at a time in all tabs of this browser. */
  alone(name: string, work: () => Promise<void>): Promise<void>;
  refresh(place: TokenPlace, refreshToken: string): Promise<Grant>;
  holders(): readonly Holder[];
  /** Over when a reload would find them. */
  put(owner: Owner, tokens: { token: string; oauth: OAuth }): Promise<void>;
  /** MAS says that the session is over. */
  finish(holder: Holder, reason: Text): void;
  tell(message: TokensMessage): void;
  hear(listener: (message: TokensMessage) => void): void;
}

/** So long before its end a token is renewed, ms. */
const EARLY_MS = 45_000;
/** Not tried again for so long while the token is still good. */
const PAUSE_MS = 5000;
/** Between the tries where nothing can be sent without a new token. */
const TRIES_MS = [1000, 2000, 4000, 8000] as const;
/** How long other tabs have to answer. */
const ASK_MS = 200;
const ASK_AGAIN_MS = 1000;

/**
 * Renews the tokens of OAuth sessions. Each renewal kills the tokens before it, so
 * - in a tab there is one at a time, and requests wait for it;
 * - so it is among tabs, by a lock. Tabs that were duplicated from each other share a session, and sessionStorage shows neither what the
 *   other renewed. So who holds the lock first asks the others, and tells them afterwards;
 * - new tokens are kept before they are used: until then MAS takes the old refresh token again, should this tab be closed;
 * - where no answer came, the old one is tried again. Only MAS's own refusal ends the session, and only once no tab has a newer one.
 */
export class OAuthKeeper implements TokenKeeper {
  readonly #ground: Ground;
  readonly #running = new Map<string, Promise<void>>();
  /** Tokens that were, and of which session: what runs for hours still holds them. */
  readonly #families = new Map<string, string>();
  readonly #notBefore = new Map<string, number>();
  readonly #waiting = new Map<string, () => void>();

  constructor(ground: Ground) {
    this.#ground = ground;
    ground.hear((message) => this.#hear(message));
  }

  today(baseUrl: string, token: string): string | Promise<string> {
    const holder = this.#holderOf(baseUrl, token);
    if (!holder) return token;
    const { family, expiresAt } = holder.oauth;
    const isDue = expiresAt - this.#ground.now() <= EARLY_MS;
    const isPaused = this.#ground.now() < Math.min(this.#notBefore.get(family) ?? 0, expiresAt);
    if (!this.#running.has(family) && (!isDue || isPaused)) return holder.token;
    return this.#renewed(holder);
  }

  async after(baseUrl: string, token: string): Promise<string | null> {
    const holder = this.#holderOf(baseUrl, token);
    if (!holder) return null;
    if (holder.token !== token) return holder.token;
    // The homeserver’s word counts, whatever the clock says.
    await this.#renew(holder, true);
    const next = this.#of(holder.oauth.family);
    return next && next.token !== token ? next.token : null;
  }

  async #renewed(holder: Holder): Promise<string> {
    await this.#renew(holder, false);
    return this.#of(holder.oauth.family)?.token ?? holder.token;
  }

  #of(family: string): Holder | undefined {
    return this.#ground.holders().find(({ oauth }) => oauth.family === family);
  }

  #holderOf(baseUrl: string, token: string): Holder | undefined {
    const known = this.#families.get(token);
    const holder = this.#ground
      .holders()
      .find((one) => one.owner.baseUrl === baseUrl && (one.token === token || one.oauth.family === known));
    if (holder) this.#families.set(token, holder.oauth.family).set(holder.token, holder.oauth.family);
    return holder;
  }

  /** @param isRefused the homeserver no longer takes the token. @throws NotRenewedError */
  #renew(holder: Holder, isRefused: boolean): Promise<void> {
    const { family } = holder.oauth;
    const running = this.#running.get(family);
    if (running) return running;
    const work = this.#try(holder, isRefused).finally(() => this.#running.delete(family));
    this.#running.set(family, work);
    return work;
  }

  async #try(holder: Holder, isRefused: boolean): Promise<void> {
    const { family, expiresAt } = holder.oauth;
    for (const pause of [...TRIES_MS, null]) {
      try {
        await this.#ground.alone(`glia-oauth-${family}`, () => this.#rotate(holder));
        return;
      } catch (error) {
        if (error instanceof OAuthError && error.isFinal) {
          this.#ground.finish(holder, error.text);
          return;
        }
        if (!isRefused && this.#ground.now() < expiresAt) {
          this.#notBefore.set(family, this.#ground.now() + PAUSE_MS);
          return;
        }
        if (pause === null) throw new NotRenewedError(withValues(NOT_RENEWED, { reason: textOfError(error) }));
        await this.#ground.wait(pause);
      }
    }
  }

  /** In the lock. @throws OAuthError */
  async #rotate({ oauth: { family }, token }: Holder): Promise<void> {
    const hasOther = () => this.#of(family)?.token !== token;
    if (hasOther()) return;
    await this.#askOthers(family, ASK_MS);
    const holder = this.#of(family);
    if (!holder || hasOther()) return;
    let grant: Grant;
    try {
      grant = await this.#ground.refresh(holder.oauth, holder.oauth.refreshToken);
    } catch (error) {
      if (!(error instanceof OAuthError && error.isFinal)) throw error;
      await this.#askOthers(family, ASK_AGAIN_MS);
      if (hasOther()) return;
      throw error;
    }
    const { token: fresh, refreshToken, expiresAt } = grant;
    await this.#put(holder, holder.oauth.serial + 1, { token: fresh, refreshToken, expiresAt });
    this.#tell(family);
  }

  async #put({ owner, oauth, token }: Holder, serial: number, tokens: Tokens): Promise<void> {
    const { token: fresh, refreshToken, expiresAt } = tokens;
    this.#families.set(token, oauth.family).set(fresh, oauth.family);
    await this.#ground.put(owner, { token: fresh, oauth: { ...oauth, refreshToken, expiresAt, serial } });
  }

  #tell(family: string): void {
    const holder = this.#of(family);
    if (!holder) return;
    const { token, oauth } = holder;
    const { refreshToken, expiresAt, serial } = oauth;
    this.#ground.tell({ type: 'tokens', family, serial, tokens: { token, refreshToken, expiresAt } });
  }

  /** Over as soon as one has newer tokens. */
  async #askOthers(family: string, patienceMs: number): Promise<void> {
    const holder = this.#of(family);
    if (!holder) return;
    const answered = new Promise<void>((resolve) => this.#waiting.set(family, resolve));
    this.#ground.tell({ type: 'tokens-wanted', family, serial: holder.oauth.serial });
    await Promise.race([answered, this.#ground.wait(patienceMs)]);
    this.#waiting.delete(family);
  }

  #hear(message: TokensMessage): void {
    const holder = this.#of(message.family);
    if (!holder) return;
    const { serial } = holder.oauth;
    if (message.type === 'tokens-wanted') {
      if (serial > message.serial) this.#tell(message.family);
      return;
    }
    if (message.serial <= serial) return;
    void this.#put(holder, message.serial, message.tokens).then(() => this.#waiting.get(message.family)?.());
  }
}

type Tokens = Extract<TokensMessage, { type: 'tokens' }>['tokens'];

const NOT_RENEWED = /*i18n*/ {
  id: 'oauth.not-renewed',
  message: 'The access token ran out, and could not be renewed yet. Nothing was sent. {reason}',
} as const;
