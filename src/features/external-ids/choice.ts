import { useEffect, useState } from 'react';
import { matchingCount, peekHandover, takeHandover, type Handover } from '~/data/handover';
import type { ParsedUserIds } from '~/lib/mxid';
import { plural } from '~/lib/numbers';
import type { Whom } from './scan';

/** What is entered in the first step. */
export interface Choice {
  /** Whose ids are read. */
  whom: 'everyone' | 'handed' | 'pasted';
  /** What was selected in the users list, on the way here. */
  handed: Handover['users'] | null;
  pasted: string;
  /** The `auth_provider` whose ids are removed. */
  provider: string | null;
  /** From all who were read, or only from those named. */
  from: 'all' | 'some';
  some: string;
}

export const FIRST_CHOICE: Choice = {
  whom: 'everyone',
  handed: null,
  pasted: '',
  provider: null,
  from: 'all',
  some: '',
};

/** What was handed over by a list, once; null when the wizard was opened by itself. */
export function useHandedUsers(): Handover['users'] | null {
  const [handed] = useState(() => peekHandover().users ?? null);
  useEffect(() => {
    takeHandover();
  }, []);
  return handed;
}

/** “the 12 users selected in the list” */
export function handedWords(handed: NonNullable<Handover['users']>): string {
  return 'ids' in handed
    ? `${plural(handed.ids.length, 'user')} selected in the list`
    : `all ${matchingCount(handed, 'user')} that match the list’s filter`;
}

/** Whom to read, or why that can't be said yet. */
export function whomOf(choice: Choice, pasted: ParsedUserIds): Whom | string {
  if (choice.whom === 'everyone') return { kind: 'everyone' };
  if (choice.whom === 'handed') {
    if (!choice.handed) return 'Nothing was selected in the users list.';
    return 'ids' in choice.handed
      ? { kind: 'named', ids: choice.handed.ids }
      : { kind: 'filter', filter: choice.handed.filter, total: choice.handed.total };
  }
  return pasted.ids.length === 0 ? 'Name at least one user first.' : { kind: 'named', ids: pasted.ids };
}
