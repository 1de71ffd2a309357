import { sentences, withValues, type Text } from '~/lib/text';

/** What a job that deletes by date says of its requests. */

export const DELETED = /*i18n*/ {
  id: 'media.deleted',
  message: 'Deleted {count, plural, one {# file} other {# files}}.',
} as const;
const AS_PLANNED = /*i18n*/ {
  id: 'media.deleted.as-planned',
  message: 'Deleted {count, plural, one {# file} other {# files}}, exactly as planned.',
} as const;
const UNCLEAR = /*i18n*/ {
  id: 'media.deleted.unclear',
  message:
    '{count, plural, one {# planned file is not among them, and Glia could not read whether it is still there} other {# planned files are not among them, and Glia could not read whether they are still there}}.',
} as const;
const SPARED = /*i18n*/ {
  id: 'media.deleted.spared',
  message:
    '{count, plural, one {# planned file was kept: it was opened or protected since the plan, or is an avatar that only Synapse knows of} other {# planned files were kept: they were opened or protected since the plan, or are avatars that only Synapse knows of}}.',
} as const;
const GONE = /*i18n*/ {
  id: 'media.deleted.gone',
  message:
    '{count, plural, one {# planned file was} other {# planned files were}} already gone: deleted before, or by this request if its first answer was lost.',
} as const;
const EARLIER = /*i18n*/ {
  id: 'media.deleted.earlier',
  message:
    '{count, plural, one {# of the deleted files was} other {# of the deleted files were}} planned for an earlier request.',
} as const;
const UNPLANNED = /*i18n*/ {
  id: 'media.deleted.unplanned',
  message:
    '{count, plural, one {# of the deleted files was} other {# of the deleted files were}} not in the plan: {sample}.',
} as const;
const IDS = /*i18n*/ {
  id: 'media.deleted.ids',
  message:
    '{count, plural, =1 {{firstId}} =2 {{firstId} and {secondId}} =3 {{firstId}, {secondId} and {thirdId}} other {{firstId}, {secondId}, {thirdId} and {more, number} more}}',
} as const;

export const NO_ANSWER = /*i18n*/ {
  id: 'media.no-answer',
  message:
    'No answer came, but {count, plural, one {the planned file is} other {the # planned files are}} no longer listed.',
} as const;
export const LOOKED_AGAIN = /*i18n*/ {
  id: 'media.looked-again',
  message:
    'Glia looked again: {count, plural, one {the planned file is} other {the # planned files are}} no longer listed.',
} as const;
export const MORE_GONE = /*i18n*/ {
  id: 'media.more-gone',
  message:
    '{count, plural, one {# file of a failed request is} other {# files of failed requests are}} no longer listed either.',
} as const;
export const UNREAD = /*i18n*/ {
  id: 'media.more-unread',
  message: 'Glia could not read whether files of failed requests are gone, too.',
};
export const WHOSE = /*i18n*/ { id: 'media.whose', message: 'This job or someone else deleted them.' };

export const inTurn = (texts: readonly Text[]): Text => texts.reduce((all, next) => sentences(all, next), '');

/**
 * Compares what Synapse deleted with what was planned for that request.
 * @param inPlan all files of the plan: a request also deletes what an earlier one left
 * @param there the planned files that the answer does not name and that still exist. Null: not known
 */
export function compare(
  planned: readonly string[],
  deleted: readonly string[],
  inPlan: Pick<ReadonlySet<string>, 'has'>,
  there: readonly string[] | null,
): Text {
  const wanted = new Set(planned);
  const got = new Set(deleted);
  const unnamed = planned.filter((id) => !got.has(id)).length;
  const left = there?.length ?? 0;
  const earlier = deleted.filter((id) => !wanted.has(id) && inPlan.has(id)).length;
  const more = deleted.filter((id) => !inPlan.has(id));
  const count = deleted.length;
  if (unnamed === 0 && earlier === 0 && more.length === 0) return withValues(AS_PLANNED, { count });
  return inTurn([
    withValues(DELETED, { count }),
    there === null && unnamed > 0 ? withValues(UNCLEAR, { count: unnamed }) : '',
    left > 0 ? withValues(SPARED, { count: left }) : '',
    // If the connection breaks, a browser sends a request again by itself, and the first answer is lost.
    there !== null && unnamed > left ? withValues(GONE, { count: unnamed - left }) : '',
    earlier > 0 ? withValues(EARLIER, { count: earlier }) : '',
    more.length > 0 ? withValues(UNPLANNED, { count: more.length, sample: sampleOf(more) }) : '',
  ]);
}

function sampleOf(ids: readonly string[]): Text {
  const [firstId = '', secondId = '', thirdId = ''] = ids;
  return withValues(IDS, { count: ids.length, firstId, secondId, thirdId, more: ids.length - 3 });
}
