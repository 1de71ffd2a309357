import { withValues, type Text } from '~/lib/text';

/** So many items one after the other without an answer: something is in front of the server, or it is gone. */
const SILENT_IN_A_ROW = 3;

const FIRST_FAILED = /*i18n*/ {
  id: 'job.first-failed',
  message: 'The first items run one at a time, and one of them did not succeed: {reason}',
} as const;
const SILENT = /*i18n*/ {
  id: 'job.silent',
  message: '{count, number} items in a row got no answer from the homeserver. The last reason: {reason}',
} as const;
const TOO_MANY = /*i18n*/ {
  id: 'job.too-many-failures',
  message:
    '{bad, number} of {ended, number} items failed or got no answer: {share}%, which is more than {allowed}%. The last reason: {reason}',
} as const;

/**
 * Watches what ends and says when to stop and ask (promise 5): any failure among the canaries, then a share of failures
 * past the threshold, or a few items in a row without an answer, which a small job would not have enough of for a share.
 * Skipped items are not counted: nothing was tried.
 */
export class Guard {
  /** Items that still have to run alone. */
  canariesLeft: number;
  readonly #threshold: number;
  readonly #enough: number;
  #ended = 0;
  #bad = 0;
  /** Bad ones since the start or the last retry. */
  #badInAll = 0;
  /** After the admin resumed, it asks again only after as many more failures. */
  #badToAsk = 1;
  /** Unknown ones since the last that was answered. */
  #silent = 0;
  #silentToAsk = SILENT_IN_A_ROW;

  /** @param enough before so many have ended, a share says nothing */
  constructor(canaries: number, threshold: number, enough: number) {
    this.canariesLeft = Math.floor(canaries);
    this.#threshold = threshold;
    this.#enough = enough;
  }

  /** One more has ended. @returns why to stop and ask, or null. */
  judge(status: 'done' | 'skipped' | 'failed' | 'unknown', reason: Text): Text | null {
    const bad = status === 'failed' || status === 'unknown';
    if (status !== 'skipped') this.#ended += 1;
    if (bad) {
      this.#bad += 1;
      this.#badInAll += 1;
    }
    if (status === 'unknown') this.#silent += 1;
    else if (status !== 'skipped') this.#silent = 0;
    if (this.canariesLeft > 0) {
      this.canariesLeft -= 1;
      if (bad) return withValues(FIRST_FAILED, { reason });
      return null;
    }
    if (status === 'unknown' && this.#threshold < 1 && this.#silent >= this.#silentToAsk) {
      return withValues(SILENT, { count: this.#silent, reason });
    }
    if (!bad || this.#ended < this.#enough || this.#bad < this.#badToAsk) return null;
    if (this.#bad <= this.#threshold * this.#ended) return null;
    return withValues(TOO_MANY, {
      bad: this.#bad,
      ended: this.#ended,
      share: Math.round((100 * this.#bad) / this.#ended),
      allowed: Math.round(1000 * this.#threshold) / 10,
      reason,
    });
  }

  /** The admin saw the failures and resumed. */
  resume(): void {
    this.canariesLeft = 0;
    this.#badToAsk = Math.max(1, this.#badInAll);
    this.#silentToAsk = 2 * Math.max(this.#silent, SILENT_IN_A_ROW);
    this.#silent = 0;
    this.#ended = 0;
    this.#bad = 0;
  }

  /** Failed items are tried again: what went wrong before is no measure for that. */
  restart(): void {
    this.#ended = 0;
    this.#bad = 0;
    this.#badInAll = 0;
    this.#badToAsk = 1;
    this.#silent = 0;
    this.#silentToAsk = SILENT_IN_A_ROW;
  }
}
