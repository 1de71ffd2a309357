import { whyNotAllowed } from '~/actions/restrictions';
import { holdWrites, type Write } from '~/api/held';
import type { Text } from '~/lib/text';
import { config } from './config';
import { currentAccounts, senderOf, type Session } from './session';

/** Read-only mode: whether an account of this tab may change anything is decided here, and nowhere else. */

const READ_ONLY = /*i18n*/ {
  id: 'session.read-only',
  message: 'Read-only mode is on: Glia sends nothing that changes something. Turn it off in the header.',
};

const ALWAYS_READ_ONLY = /*i18n*/ {
  id: 'session.always-read-only',
  message: 'This Glia is read-only (“readOnly” in its config.json): it sends nothing that changes something.',
};

/** Why nothing may be changed now; null: it may. */
export function readOnlyReason({ readOnly }: Pick<Session, 'readOnly'>): Text | null {
  if (config().readOnly) return ALWAYS_READ_ONLY;
  return readOnly === true ? READ_ONLY : null;
}

/** No job sends it: a picture to become an avatar, or what was written in the console. */
const kindOf = ({ kind, path }: Write): string =>
  kind ?? (path.startsWith('/_matrix/media/') ? 'user.avatar' : 'console.sent');

// Whatever offers it: it is not sent. With a token that is nobody's any more, the word of the other accounts there counts.
holdWrites((write) => {
  const sender = senderOf(write);
  const accounts = currentAccounts().map(({ session }) => session);
  if (accounts.length === 0) return null;
  const held = sender ?? accounts.find(({ homeserver, readOnly }) => homeserver.baseUrl === write.baseUrl && readOnly);
  return readOnlyReason(held ?? {}) ?? whyNotAllowed(kindOf(write));
});
