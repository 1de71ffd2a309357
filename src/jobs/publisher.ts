import type { Environment } from './environment';

/** At most ten pictures a second. */
const EVERY_MS = 100;
/** While something runs, a picture at least this often: rate and time left move though no item ends. */
const BEAT_MS = 1000;

/** Pictures of something that changes often: at once after a rest, then at most ten a second, and always the last one. */
export class Publisher<T> {
  #current: T;
  #publishedAt: number;
  #timer: { kind: 'change' | 'beat'; callOff: () => void } | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #environment: Environment;
  readonly #picture: () => T;
  readonly #isAlive: () => boolean;

  /** @param isAlive whether time alone changes the picture */
  constructor(environment: Environment, picture: () => T, isAlive: () => boolean) {
    this.#environment = environment;
    this.#picture = picture;
    this.#isAlive = isAlive;
    this.#publishedAt = Number.NEGATIVE_INFINITY;
    this.#current = picture();
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

  /** Something changed that nobody should wait for. @returns the new picture. */
  flush(): T {
    this.#timer?.callOff();
    this.#timer = null;
    this.#publishedAt = this.#environment.tick();
    const picture = this.#picture();
    this.#current = picture;
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
    return picture;
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
