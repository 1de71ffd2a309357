import { holdWrites } from '~/api/held';
import type { Text } from '~/lib/text';
import { currentSession, type Session } from './session';

/** Read-only mode: whether this tab may change anything is decided here, and nowhere else. */

const READ_ONLY = /*i18n*/ {
  id: 'session.read-only',
  message: 'Read-only mode is on: Glia sends nothing that changes something. Turn it off in the header.',
};

/** Why nothing may be changed now; null: it may. */
export const readOnlyReason = ({ readOnly }: Pick<Session, 'readOnly'>): Text | null =>
  readOnly === true ? READ_ONLY : null;

// Whatever offers it: it is not sent.
holdWrites(() => {
  const state = currentSession();
  return 'session' in state ? readOnlyReason(state.session) : null;
});
