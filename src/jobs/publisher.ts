import type { Environment } from './environment';

/** At most ten snapshots a second. */
const EVERY_MS = 100;
/** While something runs, a snapshot at least this often: rate and time left move though no item ends. */
const BEAT_MS = 1000;

/** Pictures of something that changes often: at once after a rest, then at most ten a second, and always the last one. */
export class Publisher<T> {
  #current: T;
  #publishedAt: number;
  #timer: { kind: 'change' | 'beat'; callOff: () => void } | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #environment: Environment;
  readonly #snapshot: () => T;
  readonly #isAlive: () => boolean;

  /** @param isAlive whether time alone changes the snapshot */
  constructor(environment: Environment, snapshot: () => T, isAlive: () => boolean) {
    this.#environment = environment;
    this.#snapshot = snapshot;
    this.#isAlive = isAlive;
    this.#publishedAt = Number.NEGATIVE_INFINITY;
    this.#current = snapshot();
  }

  readonly getSnapshot = (): T => this.#current;

  readonly subscribe = (listener: () => void): (() => void) => {
    // Wrapped: the same function may be subscribed twice.
    const call = () => listener();
    this.#listeners.add(call);
    return () => {
      this.#listeners.delete(call);
    };
  };

  /** Something changed. */
  touch(): void {
    if (this.#timer?.kind === 'change') return;
    const wait = this.#publishedAt + EVERY_MS - this.#environment.tick();
    if (wait <= 0) this.flush();
    else this.#arm('change', wait);
  }

  /** Something changed that nobody should wait for. @returns the new snapshot. */
  flush(): T {
    this.#timer?.callOff();
    this.#timer = null;
    this.#publishedAt = this.#environment.tick();
    const snapshot = this.#snapshot();
    this.#current = snapshot;
    if (this.#isAlive()) this.#arm('beat', BEAT_MS);
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        // A screen that breaks must not break the job; the page still hears of it.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    return snapshot;
  }

  #arm(kind: 'change' | 'beat', ms: number): void {
    this.#timer?.callOff();
    const callOff = this.#environment.after(ms, () => {
      this.#timer = null;
      this.flush();
    });
    this.#timer = { kind, callOff };
  }
}
