import { limitExceeded } from './answer';

/** Synapse's leaky bucket (`api/ratelimiting.py`): actions drain at `perSecond`; one more than `burst` is refused. */
export class RateLimits {
  readonly #buckets = new Map<string, { count: number; at: number }>();

  /** @throws 429 M_LIMIT_EXCEEDED */
  spend(bucket: string, perSecond: number, burst: number, now: number): void {
    const known = this.#buckets.get(bucket) ?? { count: 0, at: now };
    const count = Math.max(0, known.count - ((now - known.at) / 1000) * perSecond);
    if (count + 1 > burst) {
      this.#buckets.set(bucket, { count, at: now });
      throw limitExceeded(Math.ceil(((count + 1 - burst) / perSecond) * 1000));
    }
    this.#buckets.set(bucket, { count: count + 1, at: now });
  }
}
