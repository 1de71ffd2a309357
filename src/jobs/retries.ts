import type { Environment } from './environment';

/** An item that only ever hears 429 is given up, or the job would never end. */
export const MAX_BUSY = 20;

/** An earlier try may have done it, so “nothing was changed” is not sure. */
export function afterSilence(reason: string): string {
  return `${reason} (An earlier try had no answer and may have been carried out.)`;
}

/** It was looked for in vain, and the homeserver may still be at it: “nothing was changed” is not sure for good. */
export function mayStillCome(reason: string): string {
  return `${reason} (An earlier try had no answer, and may still be carried out.)`;
}

/** The items that have to be sent again: few at any time, so they may cost an entry each. */
export class Retries {
  readonly #silences = new Map<number, { tries: number; reason: string }>();
  readonly #busy = new Map<number, number>();
  /** Looked for in vain, and never forgotten: the server may carry it out even now. */
  readonly #notDone = new Set<number>();
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

  /** Sent, and no answer came. @returns how many times by now, since its last outcome. */
  noteSilence(index: number, reason: string): number {
    const tries = this.silences(index) + 1;
    this.#silences.set(index, { tries, reason });
    return tries;
  }

  silences(index: number): number {
    return this.#silences.get(index)?.tries ?? 0;
  }

  /** Answered with 429. @returns how many times by now, since its last outcome. */
  noteBusy(index: number): number {
    const times = (this.#busy.get(index) ?? 0) + 1;
    this.#busy.set(index, times);
    return times;
  }

  /** Verified: it did not happen. So far. */
  noteNotDone(index: number): void {
    this.forget(index);
    this.#notDone.add(index);
  }

  /** Whether a try of before a verifying may still be carried out. */
  sentEarlier(index: number): boolean {
    return this.#notDone.has(index);
  }

  /** It has an outcome. */
  forget(index: number): void {
    this.#silences.delete(index);
    this.#busy.delete(index);
  }

  /** Forgets all. @returns the items that were sent without any answer, each with why. */
  forgetAll(): [index: number, reason: string][] {
    const silent = [...this.#silences].map(([index, { reason }]): [number, string] => [index, reason]);
    this.#silences.clear();
    this.#busy.clear();
    return silent;
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
