const BUCKET_MS = 500;
const BUCKETS = 20;

/** Items a second over the last ten seconds, in a ring of half-second buckets: O(1) an item. */
export class Rate {
  readonly #counts = new Int32Array(BUCKETS);
  #startedAt = 0;
  /** Number of the newest bucket. */
  #newest = 0;

  /** Forgets what was: time that the job spent resting is no slowness. @param tick monotonic ms */
  restart(tick: number): void {
    this.#counts.fill(0);
    this.#startedAt = tick;
    this.#newest = 0;
  }

  add(tick: number): void {
    this.#slide(tick);
    const place = this.#newest % BUCKETS;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  /** Null in the first second: too early to say. */
  perSecond(tick: number): number | null {
    this.#slide(tick);
    // From the beginning of the oldest bucket that is still there until now.
    const elapsed = tick - this.#startedAt - Math.max(0, this.#newest - BUCKETS + 1) * BUCKET_MS;
    if (tick - this.#startedAt < 1000) return null;
    let sum = 0;
    for (const count of this.#counts) sum += count;
    return (sum * 1000) / elapsed;
  }

  #slide(tick: number): void {
    const now = Math.floor((tick - this.#startedAt) / BUCKET_MS);
    if (now - this.#newest >= BUCKETS) this.#counts.fill(0);
    else for (let bucket = this.#newest + 1; bucket <= now; bucket += 1) this.#counts[bucket % BUCKETS] = 0;
    this.#newest = Math.max(this.#newest, now);
  }
}
