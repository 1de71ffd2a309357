import { msg } from '@lingui/core/macro';
import { lacksRelease } from '~/api/since';
import type { Session } from '~/data/session';
import type { Words } from '~/lib/words';
import type { Entry } from './catalogue/entry';

/** Why this homeserver has no such request, or none that does anything; null where it has. It can still be sent. */
export function whyNot({ since, mas }: Entry, { version, mas: isMas }: Pick<Session, 'version' | 'mas'>): Words | null {
  if (isMas && mas === 'gone')
    return msg`Matrix Authentication Service (MAS) keeps the accounts here: Synapse doesn’t have this request.`;
  if (isMas && mas === 'no-effect')
    return msg`Matrix Authentication Service (MAS) keeps the accounts here: this request has no effect.`;
  return since === undefined ? null : lacksRelease(version, since);
}
