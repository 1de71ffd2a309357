/**
 * Watches what ends and says when to stop and ask (promise 5): any failure among the canaries, then a share of failures
 * past the threshold. Skipped items are not counted: nothing was tried.
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
  /** After “go on”, it asks again only when as many more went wrong. */
  #badToAsk = 1;

  /** @param enough before so many have ended, a share says nothing */
  constructor(canaries: number, threshold: number, enough: number) {
    this.canariesLeft = Math.floor(canaries);
    this.#threshold = threshold;
    this.#enough = enough;
  }

  /** One more has ended. @returns why to stop and ask, or null. */
  judge(status: 'done' | 'skipped' | 'failed' | 'unknown', reason: string): string | null {
    const bad = status === 'failed' || status === 'unknown';
    if (status !== 'skipped') this.#ended += 1;
    if (bad) {
      this.#bad += 1;
      this.#badInAll += 1;
    }
    if (this.canariesLeft > 0) {
      this.canariesLeft -= 1;
      if (bad) return `One of the first items, which run alone, did not succeed: ${reason}`;
      return null;
    }
    if (!bad || this.#ended < this.#enough || this.#bad < this.#badToAsk) return null;
    if (this.#bad <= this.#threshold * this.#ended) return null;
    const share = Math.round((100 * this.#bad) / this.#ended);
    const allowed = Math.round(1000 * this.#threshold) / 10;
    return `${this.#bad} of ${this.#ended} failed or are unknown (${share} %, more than ${allowed} %). The last: ${reason}`;
  }

  /** The admin saw the failures and goes on. */
  goOn(): void {
    this.canariesLeft = 0;
    this.#badToAsk = Math.max(1, this.#badInAll);
    this.#ended = 0;
    this.#bad = 0;
  }

  /** Failed items are tried again: what went wrong before is no measure for that. */
  restart(): void {
    this.#ended = 0;
    this.#bad = 0;
    this.#badInAll = 0;
    this.#badToAsk = 1;
  }
}
