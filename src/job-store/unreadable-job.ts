import { TextError } from '~/lib/text-error';

/** A job can't be shown as this browser's disk has it; the message says why, for people. Opening it sends nothing. */
export class UnreadableJobError extends TextError {
  override readonly name = 'UnreadableJobError';
}

export const GONE = /*i18n*/ {
  id: 'kept.gone',
  message: 'This job is no longer saved in this browser, or not completely. Nothing was sent.',
};
export const LOST = /*i18n*/ {
  id: 'kept.lost',
  message:
    'This browser lost the record of this job, so it can’t be resumed: “{reason}” Activity shows how far it got. Make a new plan to see what is left to do.',
} as const;
export const UNKNOWN_KIND = /*i18n*/ {
  id: 'kept.unknown-kind',
  message: 'This version of Glia doesn’t know jobs of the kind “{kind}”.',
} as const;
