import { withValues, type Text } from '~/lib/text';
import type { Planned } from './planning';

/** What a job is called: “Delete 34 files not opened since 2024-01-01, larger than 1 MB, of everyone”. */
export function titleOf(planned: Planned, count: number, rule: Text): Text {
  if (planned.kind === 'remote') return withValues(REMOTE, { rule });
  return withValues(planned.choice.method === 'sweep' ? SWEEP : EXACT, { count, rule });
}

const EXACT = /*i18n*/ {
  id: 'media.title.exact',
  message: 'Delete {count, plural, one {# file} other {# files}} {rule}',
} as const;
const SWEEP = /*i18n*/ {
  id: 'media.title.sweep',
  message: 'Let Synapse delete {count, plural, one {# file} other {# files}} {rule}',
} as const;
const REMOTE = /*i18n*/ { id: 'media.title.remote', message: 'Delete cached remote files {rule}' } as const;
