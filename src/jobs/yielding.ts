import { SLICE_MS, type Environment } from './environment';

/** Items sent between two looks at the clock. */
const STEP = 16;

/** Instant answers come without a task in between: then the page gets its turn every few ms. */
export class Yielding {
  isTaken = false;
  #sent = 0;
  #sliceBegan = 0;
  readonly #environment: Environment;
  readonly #onGoOn: () => void;

  constructor(environment: Environment, onGoOn: () => void) {
    this.#environment = environment;
    this.#onGoOn = onGoOn;
  }

  /** One more is to be sent. @returns false when the page has its turn first; `onGoOn` is called afterwards. */
  isOpen(): boolean {
    this.#sent += 1;
    if (this.#sent < STEP) return true;
    this.#sent = 0;
    if (this.#environment.tick() - this.#sliceBegan <= SLICE_MS) return true;
    void this.#yieldToPage();
    return false;
  }

  async #yieldToPage(): Promise<void> {
    this.isTaken = true;
    await this.#environment.yieldToPage();
    this.isTaken = false;
    this.#sliceBegan = this.#environment.tick();
    this.#onGoOn();
  }
}
