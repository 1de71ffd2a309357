import { sentences, type Text } from '~/lib/text';
import type { Environment } from './environment';

/** An item that only ever hears 429 is given up, or the job would never end. */
export const MAX_BUSY = 20;

/** Said of every ending of an item with a request that got no answer: whatever it says, that request is not accounted for. */
export const mayStillCome = (reason: Text): Text =>
  reason === '' ? MAY_STILL_COME : sentences(reason, MAY_STILL_COME);

const MAY_STILL_COME = /*i18n*/ {
  id: 'job.may-still-come',
  message: '(An earlier request got no answer. It may have happened, or may still happen.)',
};

/** What is not known of an item since its last outcome. */
interface Silence {
  tries: number;
  reason: Text;
  /** Something was sent that may have changed something: it is not untouched. */
  sent: boolean;
}

/** The items that have to be sent again: few at any time, so they may cost an entry each. */
export class Retries {
  readonly #silences = new Map<number, Silence>();
  readonly #busy = new Map<number, number>();
  /** Items between two tries. */
  readonly #pausing = new Map<number, () => void>();
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** How many items are between two tries. */
  get pausing(): number {
    return this.#pausing.size;
  }

  /**
   * No answer came.
   * @param sent whether something was sent that may have changed something
   * @returns how many times by now, since its last outcome
   */
  noteSilence(index: number, reason: Text, sent: boolean): number {
    const before = this.#silences.get(index);
    const tries = (before?.tries ?? 0) + 1;
    this.#silences.set(index, { tries, reason, sent: sent || before?.sent === true });
    return tries;
  }

  silences(index: number): number {
    return this.#silences.get(index)?.tries ?? 0;
  }

  /** Whether something of it was sent since its last outcome, and nobody knows what came of it. */
  isOpen(index: number): boolean {
    return this.#silences.get(index)?.sent === true;
  }

  /** Answered with 429. @returns how many times by now, since its last outcome. */
  noteBusy(index: number): number {
    const times = (this.#busy.get(index) ?? 0) + 1;
    this.#busy.set(index, times);
    return times;
  }

  /** It has an outcome. */
  forget(index: number): void {
    this.#silences.delete(index);
    this.#busy.delete(index);
  }

  /** Forgets all. @returns the items of which something was sent, and nobody knows what came of it; each with why. */
  forgetAll(): [index: number, reason: Text][] {
    const open = [...this.#silences].flatMap(([index, { reason, sent }]): [number, Text][] =>
      sent ? [[index, reason]] : [],
    );
    this.#silences.clear();
    this.#busy.clear();
    return open;
  }

  /** Pauses an item for `ms`, then hands it over. */
  later(index: number, ms: number, again: (index: number) => void): void {
    const callOff = this.#environment.after(ms, () => {
      this.#pausing.delete(index);
      again(index);
    });
    this.#pausing.set(index, callOff);
  }

  /** Ends every pause now. @returns the items. */
  wakeAll(): number[] {
    const woken = [...this.#pausing.keys()];
    for (const callOff of this.#pausing.values()) callOff();
    this.#pausing.clear();
    return woken;
  }
}
