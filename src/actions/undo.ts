import type { Json, LedgerRow } from '~/jobs/job';
import { sentences, withValues, type Text } from '~/lib/text';
import type { AnyAction } from './action';
import { readKept } from './kept';
import type { Verdict } from './plan';
import { identityOf, isOther, isSame, refusalOf, stateOf } from './reading';

/** How a job of an action is undone, by its ledger alone: a job that came back from disk can be undone too. Pure. */

/** What a row of the ledger changed, or may have changed. */
export interface Changed {
  readonly id: string;
  readonly before: Json;
  readonly after: Json;
  readonly identity: Json;
  /** By this job or by someone else: left alone unless it is chosen. */
  readonly doubtful: boolean;
  /** A request of the job got no answer: it may be carried out once more, at any time. */
  readonly late: boolean;
}

/** What this row changed, or may have changed; null where it changed nothing. */
export function changedBy({
  id,
  status,
  before,
  unanswered,
}: Pick<LedgerRow, 'id' | 'status' | 'before' | 'unanswered'>): Changed | null {
  const kept = readKept(before);
  // Kept before a request, so without it none was sent. What was refused, or put off (429), changed nothing.
  const mayHave = status === 'done' || status === 'unknown' || unanswered === true || kept?.taken !== undefined;
  if (!kept || status === 'running' || !mayHave) return null;
  const doubtful = !(kept.taken ?? status === 'done');
  return { id, before: kept.before, after: kept.goal, identity: kept.identity, doubtful, late: unanswered === true };
}

const OTHER = /*i18n*/ {
  id: 'undo.other',
  message: 'The item that the job changed is gone. This is a new one with the same name.',
};
const AGAIN = /*i18n*/ { id: 'undo.again', message: 'Already {state} again.' } as const;
const CHANGED = /*i18n*/ { id: 'undo.changed', message: 'Changed since the job: now {state}.' } as const;
const DOUBTFUL = /*i18n*/ {
  id: 'undo.doubtful',
  message: 'Changed by the job or by someone else: Glia can’t tell which.',
};

const NEWER = /*i18n*/ {
  id: 'undo.newer',
  message: 'Changed again by a newer job: now {state}. Undo that job first: {title}',
} as const;

/** The same where this browser knows which job changed it since. */
export const unlessUndone = (action: AnyAction, now: Json, title: Text): Text =>
  withValues(NEWER, { state: action.words(now), title });

/** What the undo would do with an item, as it is now. */
export function undoVerdict(action: AnyAction, changed: Changed, seen: unknown, me: string): Verdict {
  const { id, before, after, identity, late } = changed;
  const now = stateOf(action, seen);
  const born = identityOf(action, seen);
  const cannot = (reason: Text): Verdict => ({ verdict: 'cannot', id, now, reason });
  if (isOther(action, seen, identity)) return cannot(OTHER);
  if (isSame(action, before, now)) {
    return {
      verdict: 'nothing',
      id,
      now,
      reason: sentences(withValues(AGAIN, { state: action.words(now) }), late ? LATE : ''),
    };
  }
  if (!isSame(action, after, now)) {
    const reason = withValues(CHANGED, { state: action.words(now) });
    return { verdict: 'cannot', id, now, reason, changedSince: true };
  }
  const refusal = refusalOf(action, seen, { id, me });
  if (refusal !== null) return cannot(refusal);
  const reasons: readonly Text[] = [
    changed.doubtful ? DOUBTFUL : '',
    action.remark?.(seen, before) ?? '',
    late ? LATE : '',
  ];
  return {
    verdict: 'will',
    item: { id, planned: now, goal: before, identity: born, ...(late && { late: true as const }) },
    reason: reasons.reduce(sentences),
  };
}

const LATE = /*i18n*/ {
  id: 'undo.late',
  message: 'A request of the job got no answer and may still change this again.',
};
