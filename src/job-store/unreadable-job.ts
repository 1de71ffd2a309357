import { TextError } from '~/lib/text-error';

/** A job can't be shown as this browser's disk has it; the message says why, for people. Nothing was sent because of this. */
export class UnreadableJobError extends TextError {
  override readonly name = 'UnreadableJobError';
}

export const GONE = /*i18n*/ {
  id: 'kept.gone',
  message: 'This job is not on this browser’s disk any more, or not whole: nothing of it was sent.',
};
export const LOST = /*i18n*/ {
  id: 'kept.lost',
  message:
    'This browser lost the journal of this job, so nothing can go on from here. What it said then: “{reason}” Activity says how far the job was known, a new plan what is left to do.',
} as const;
export const UNKNOWN_KIND = /*i18n*/ {
  id: 'kept.unknown-kind',
  message: 'This Glia does not know jobs of the kind “{kind}”.',
} as const;
