import type { Text } from '~/lib/text';
import { TextError } from '~/lib/text-error';

/** Whether anything may be changed now. */

/** It was not sent: nothing is to be changed now. */
export class HeldError extends TextError {
  override readonly name = 'HeldError';
}

/** POSTs that only read, or are about nothing but one’s own sign-in. */
const READS =
  /^\/_matrix\/client\/[^/]+\/(?:login|refresh|logout|keys\/query|publicRooms|user_directory\/search|search)$/;

/** Where a request goes, and with whose token. */
export interface SentWith {
  readonly baseUrl: string;
  readonly token?: string | undefined;
}

/** A request that may change something. */
export interface Write extends SentWith {
  readonly path: string;
  /** The kind of the job that sends it. Missing: no job does. */
  readonly kind: string | undefined;
}

let heldBecause: (write: Write) => Text | null = () => null;

/** While there is a reason, nothing is sent that may change something. */
export function holdWrites(because: (write: Write) => Text | null): void {
  heldBecause = because;
}

const kinds = new WeakMap<AbortSignal, string>();

/** What is sent with this signal is sent by a job of this kind. */
export function sendsAs(signal: AbortSignal, kind: string): void {
  kinds.set(signal, kind);
}

/** @throws HeldError */
export function refuseIfHeld(method: string, pathAndQuery: string, sent: SentWith, signal?: AbortSignal): void {
  const [path = ''] = pathAndQuery.split('?');
  if (method === 'GET' || (method === 'POST' && READS.test(path))) return;
  const held = heldBecause({ baseUrl: sent.baseUrl, token: sent.token, path, kind: signal && kinds.get(signal) });
  if (held !== null) throw new HeldError(held);
}
