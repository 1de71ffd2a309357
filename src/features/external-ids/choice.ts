import { t } from '@lingui/core/macro';
import { handedWords } from '~/data/handover';
import { namedText } from '~/entities/user/named-text';
import type { UserChoice } from '~/entities/user/UserChooser';
import { parseUserIds, type ParsedUserIds } from '~/lib/mxid';
import { withValues, type Text } from '~/lib/text';
import type { ScanResult, Whom } from './scan';

/** Whose IDs are read. */
export type ReadChoice = UserChoice<'everyone' | 'handed' | 'named'>;

export const FIRST_READ: ReadChoice = { from: 'everyone', handed: null, text: '' };

/** What is done with which of what was read. */
export interface RemoveChoice {
  /** The `auth_provider` whose IDs are removed, or renamed. */
  provider: string | null;
  what: 'remove' | 'rename';
  /** What the provider is called afterwards. */
  to: string;
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

export const FIRST_REMOVE: RemoveChoice = {
  provider: null,
  what: 'remove',
  to: '',
  from: 'all',
  some: '',
  scanned: null,
};

/** Whose provider is renamed: all who have an ID of it, or those of them who are named. */
export function holdersOf({ users }: ScanResult, provider: string, only: readonly string[] | null): string[] {
  const wanted = only && new Set(only);
  return users
    .filter(({ externalIds }) => externalIds.some(({ auth_provider }) => auth_provider === provider))
    .map(({ userId }) => userId)
    .filter((userId) => !wanted || wanted.has(userId));
}

/** Whom to read, or why that can't be said yet. */
export function whomOf(choice: ReadChoice, named: ParsedUserIds): Whom | string {
  const { from, handed } = choice;
  if (from === 'everyone') return { kind: 'everyone' };
  if (from === 'handed' && handed) {
    return 'ids' in handed
      ? { kind: 'named', ids: handed.ids }
      : { kind: 'filter', filter: handed.filter, total: handed.total };
  }
  return named.ids.length === 0 ? t`Enter at least one user first.` : { kind: 'named', ids: named.ids };
}

const EVERYONE = /*i18n*/ { id: 'ids.rule-everyone', message: 'everyone who has one' };
const AMONG = /*i18n*/ { id: 'ids.rule-among', message: 'everyone who has one among {whose}' } as const;
const ONLY = /*i18n*/ { id: 'ids.rule-only', message: 'only {whose}' } as const;
const NO_ONE = /*i18n*/ { id: 'ids.rule-no-one', message: 'no one, since all are left out' };

/** The rule where rows of the plan are left out: then the rule of the choice would name too many. */
export const leftText = (ids: readonly string[]): Text =>
  ids.length === 0 ? NO_ONE : withValues(ONLY, { whose: namedText(ids) });

/** Whose IDs are removed: in the plan, and in the job's title and report. */
export function ruleText(read: ReadChoice, { from, some }: RemoveChoice, serverName: string): Text {
  const named = (text: string) => namedText(parseUserIds(text, serverName, 'alone').ids);
  if (from === 'some') return withValues(ONLY, { whose: named(some) });
  if (read.from === 'handed' && read.handed) return withValues(AMONG, { whose: handedWords(read.handed) });
  if (read.from === 'named') return withValues(AMONG, { whose: named(read.text) });
  return EVERYONE;
}
