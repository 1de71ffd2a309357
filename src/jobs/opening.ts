/** Something that has to be read before anything can be done with it: what is asked for in the meantime is done then, in order. */
export class Opening {
  #acts: (() => void)[] | null = null;
  #isOpen = false;
  readonly #read: () => Promise<void>;

  constructor(read: () => Promise<void>) {
    this.#read = read;
  }

  /** Does it now, or when all is read. */
  first(act: () => void): void {
    if (this.#isOpen) act();
    else if (this.#acts) this.#acts.push(act);
    else {
      this.#acts = [act];
      void this.#open(this.#acts);
    }
  }

  async #open(acts: readonly (() => void)[]): Promise<void> {
    await this.#read();
    this.#isOpen = true;
    for (const act of acts) act();
  }
}
