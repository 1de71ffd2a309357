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

let heldBecause: (sent: SentWith) => Text | null = () => null;

/** While there is a reason, nothing is sent that may change something. */
export function holdWrites(because: (sent: SentWith) => Text | null): void {
  heldBecause = because;
}

/** @throws HeldError */
export function refuseIfHeld(method: string, pathAndQuery: string, sent: SentWith): void {
  const [path = ''] = pathAndQuery.split('?');
  if (method === 'GET' || (method === 'POST' && READS.test(path))) return;
  const held = heldBecause(sent);
  if (held !== null) throw new HeldError(held);
}
