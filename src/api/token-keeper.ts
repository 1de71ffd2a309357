import { TextError } from '~/lib/text-error';
import { HomeserverError } from './errors';

/** Renews tokens that run out, where there are such: see data/oauth-keeper. */
export interface TokenKeeper {
  /** Today's token of the session that this one belonged to: once it is renewed, where that is due. @throws NotRenewedError */
  today(baseUrl: string, token: string): string | Promise<string>;
  /** What to send after the answer that this one is no longer good; null: there is no other. @throws NotRenewedError */
  after(baseUrl: string, token: string): Promise<string | null>;
}

/** Nothing was sent: the token ran out, and MAS could not be asked for another one. Later it may be. */
export class NotRenewedError extends TextError {
  override readonly name = 'NotRenewedError';
}

let keeper: TokenKeeper | null = null;

export function setTokenKeeper(one: TokenKeeper | null): void {
  keeper = one;
}

interface Sender {
  readonly baseUrl: string;
  readonly token?: string;
}

/**
 * Sends with today's token, whichever one was at hand when the work began: what runs for hours holds an old one. Refused for its token, a
 * request did nothing, and is sent once more with a new one.
 */
export async function withToday<S extends Sender, T>(hs: S, send: (hs: S) => Promise<T>): Promise<T> {
  if (!keeper || !hs.token) return send(hs);
  const token = await keeper.today(hs.baseUrl, hs.token);
  try {
    return await send({ ...hs, token });
  } catch (error) {
    if (!(error instanceof HomeserverError && error.signedOut)) throw error;
    const next = await keeper.after(hs.baseUrl, token);
    if (next === null) throw error;
    return send({ ...hs, token: next });
  }
}
