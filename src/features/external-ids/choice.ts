import { handedWords } from '~/data/handover';
import type { UserChoice } from '~/entities/user/UserChooser';
import { parseUserIds, type ParsedUserIds } from '~/lib/mxid';
import { plural } from '~/lib/numbers';
import { isolated } from '~/lib/shown-text';
import type { ScanResult, Whom } from './scan';
import { wordsOf } from '~/lib/words';

/** Whose ids are read. */
export type ReadChoice = UserChoice<'everyone' | 'handed' | 'named'>;

export const FIRST_READ: ReadChoice = { from: 'everyone', handed: null, text: '' };

/** What is removed, of what was read. */
export interface RemoveChoice {
  /** The `auth_provider` whose ids are removed. */
  provider: string | null;
  /** From all who were read, or only from those named. */
  from: 'all' | 'some';
  some: string;
  /** What was read: another reading needs another plan. */
  scanned: ScanResult | null;
}

/** The provider that a job was given; null where it is none. */
export const providerIn = (input: unknown): string | null =>
  typeof input === 'object' && input !== null && 'provider' in input && typeof input.provider === 'string'
    ? input.provider
    : null;

export const FIRST_REMOVE: RemoveChoice = { provider: null, from: 'all', some: '', scanned: null };

/** Whom to read, or why that can't be said yet. */
export function whomOf(choice: ReadChoice, named: ParsedUserIds): Whom | string {
  if (choice.from === 'everyone') return { kind: 'everyone' };
  if (choice.from === 'handed') {
    if (!choice.handed) return 'Nothing was selected in the users list.';
    return 'ids' in choice.handed
      ? { kind: 'named', ids: choice.handed.ids }
      : { kind: 'filter', filter: choice.handed.filter, total: choice.handed.total };
  }
  return named.ids.length === 0 ? 'Name at least one user first.' : { kind: 'named', ids: named.ids };
}

/** The same where rows of the plan are left out: what was chosen names more than those who are left. */
export function leftWords(ids: readonly string[]): string {
  if (ids.length === 0) return 'all are left out';
  return ids.length <= NAMED_UP_TO
    ? `only ${ids.map((id) => isolated(id)).join(' and ')}`
    : `${plural(ids.length, 'user')} that were chosen one by one`;
}

/** Whose ids go, in words: in the plan, and in the job's title and report. */
export function ruleWords(read: ReadChoice, { from, some }: RemoveChoice, serverName: string): string {
  if (from === 'some') return `only ${namedWords(some, serverName)}`;
  if (read.from === 'handed' && read.handed) return `all who have one among ${wordsOf(handedWords(read.handed))}`;
  if (read.from === 'named') return `all who have one among ${namedWords(read.text, serverName)}`;
  return 'all who have one on this homeserver';
}

const NAMED_UP_TO = 3;

function namedWords(text: string, serverName: string): string {
  const { ids } = parseUserIds(text, serverName, 'alone');
  return ids.length <= NAMED_UP_TO ? ids.map(isolated).join(' and ') : plural(ids.length, 'named user');
}
