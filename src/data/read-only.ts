import { holdWrites } from '~/api/held';
import type { Text } from '~/lib/text';
import { currentAccounts, senderOf, type Session } from './session';

/** Read-only mode: whether an account of this tab may change anything is decided here, and nowhere else. */

const READ_ONLY = /*i18n*/ {
  id: 'session.read-only',
  message: 'Read-only mode is on: Glia sends nothing that changes something. Turn it off in the header.',
};

/** Why nothing may be changed now; null: it may. */
export const readOnlyReason = ({ readOnly }: Pick<Session, 'readOnly'>): Text | null =>
  readOnly === true ? READ_ONLY : null;

// Whatever offers it: it is not sent. With a token that is nobody's any more, the word of the other accounts there counts.
holdWrites((sent) => {
  const sender = senderOf(sent);
  const there = currentAccounts().map(({ session }) => session);
  const held = sender ?? there.find(({ homeserver, readOnly }) => homeserver.baseUrl === sent.baseUrl && readOnly);
  return held ? readOnlyReason(held) : null;
});
