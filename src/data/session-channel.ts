/**
 * What the tabs of Glia tell each other about who is signed in. Tokens alone where two tabs were duplicated from each other and so share
 * a session of MAS: what one renews is dead in the other. A channel reaches pages of this origin only, and keeps nothing.
 */
interface Owner {
  readonly baseUrl: string;
  readonly userId: string;
}

export type SessionMessage =
  /** The account was signed out in all tabs. */
  | { type: 'signed-out'; owner: Owner }
  /** One tab destroyed a key that another one, duplicated from it, may share. */
  | { type: 'key-destroyed'; id: string }
  /** Which other tabs are signed in as this account? Each answers once. */
  | { type: 'who'; owner: Owner }
  | { type: 'here'; owner: Owner; tab: string }
  | TokensMessage;

export type TokensMessage =
  /** Who shares this session, and has newer tokens? */
  | { type: 'tokens-wanted'; family: string; serial: number }
  | {
      type: 'tokens';
      family: string;
      serial: number;
      tokens: { token: string; refreshToken: string; expiresAt: number };
    };

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('glia-session');
// In Node a channel keeps the process alive.
if (channel && 'unref' in channel && typeof channel.unref === 'function') channel.unref();

export function tellSessionTabs(message: SessionMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no origin to name
  channel?.postMessage(message);
}

/** @returns a function that ends the listening */
export function hearSessionTabs(listener: (message: SessionMessage) => void): () => void {
  const hear = ({ data }: MessageEvent<unknown>) => {
    if (isMessage(data)) listener(data);
  };
  channel?.addEventListener('message', hear);
  return () => channel?.removeEventListener('message', hear);
}

/** What is not one (an older or newer Glia) is left out. */
function isMessage(data: unknown): data is SessionMessage {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  if (data.type === 'key-destroyed') return 'id' in data && typeof data.id === 'string';
  if (data.type === 'tokens-wanted') return isOfFamily(data);
  if (data.type === 'tokens') return isOfFamily(data) && 'tokens' in data && areTokens(data.tokens);
  if (!('owner' in data) || !isOwner(data.owner)) return false;
  if (data.type === 'here') return 'tab' in data && typeof data.tab === 'string';
  return data.type === 'signed-out' || data.type === 'who';
}

function isOwner(owner: unknown): boolean {
  if (typeof owner !== 'object' || owner === null || !('baseUrl' in owner) || !('userId' in owner)) return false;
  return typeof owner.baseUrl === 'string' && typeof owner.userId === 'string';
}

const isOfFamily = (data: object): boolean =>
  'family' in data && typeof data.family === 'string' && 'serial' in data && typeof data.serial === 'number';

function areTokens(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('token' in data && 'refreshToken' in data)) return false;
  const { token, refreshToken } = data;
  return typeof token === 'string' && typeof refreshToken === 'string' && 'expiresAt' in data;
}
