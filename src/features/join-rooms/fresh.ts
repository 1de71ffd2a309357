/** How old a look at a room or a user may be before it is looked at again. Keeps it to a look a minute, not one a join. */
export const FRESH_MS = 60_000;

/** What was looked up, for a while. A look that failed is forgotten. */
export class Fresh<T> {
  readonly #known = new Map<string, { at: number; value: Promise<T> }>();
  readonly #tick: () => number;

  /** @param tick ms from any start, never backwards: an age clock */
  constructor(tick: () => number) {
    this.#tick = tick;
  }

  get(key: string, look: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key);
    if (known && this.#tick() - known.at < FRESH_MS) return known.value;
    const value = look();
    this.#known.set(key, { at: this.#tick(), value });
    value.catch(() => this.#known.delete(key));
    return value;
  }
}
