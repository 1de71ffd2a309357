/** How long what was read of a room or a user counts as current: one request a minute, and not one for each join. */
export const FRESH_MS = 60_000;

/** Remembers what was read, for a while. A failed request is forgotten. */
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
