import { plural, t } from '@lingui/core/macro';
import type { Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';

/** What an undo does, for its plan and its button. @param title of the job that it undoes */
export function undoSentence(count: number, title: Text): string {
  const job = wordsOf(title);
  return t`Undo ${plural(count, { one: '# change', other: '# changes' })} of “${job}”`;
}
