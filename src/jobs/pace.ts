import { Concurrency } from './concurrency';
import type { Environment } from './environment';
import { HeldBack, type Policy } from './job';

/** However short or absurd an answer is, nobody waits less or longer than this. Ms. */
export const MIN_WAIT_MS = 500;
export const MAX_WAIT_MS = 300_000;

const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 30_000;

/** The pause before an unanswered item is sent again, in ms: doubles with each try, between half and whole by chance. */
export function retryDelayMs(tries: number, random: number): number {
  const whole = Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, tries - 1), MAX_RETRY_MS);
  return Math.round(whole * (0.5 + random / 2));
}

/** How many requests at once, and whether any at all: one 429 makes every one wait. */
export class Pace {
  /** Items in flight, or pausing between two tries. */
  taken = 0;
  /** Requests so far that got no answer, or were asked to come later. */
  failures = 0;
  /** 429s without a time, in a row, with no answer in between. */
  #unsaid = 0;
  /** When the last 429 came, monotonic ms: one that was sent before says nothing new. */
  #busyAt = Number.NEGATIVE_INFINITY;
  /** Monotonic ms. */
  #opensAt = Number.NEGATIVE_INFINITY;
  #callOff: (() => void) | null = null;
  readonly #concurrency: Concurrency;
  readonly #environment: Environment;
  readonly #onOpen: () => void;

  constructor(policy: Pick<Policy, 'concurrency' | 'start'>, environment: Environment, onOpen: () => void) {
    this.#concurrency = new Concurrency(policy.concurrency, policy.start);
    this.#environment = environment;
    this.#onOpen = onOpen;
  }

  /** Resolves after so many ms. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#environment.after(ms, resolve));
  }

  /** Told to those that are sent, and back by them: when it was, monotonic ms. */
  get wave(): number {
    return this.#environment.tick();
  }

  /** Requests at once, as learned so far: never above the ceiling. */
  get limit(): number {
    return this.#concurrency.limit;
  }

  /** The server asked to slow down. @param waitMs as it said it: may be missing, negative (a limiter with rate 0), absurd. */
  busy(waitMs: number | null, wave: number): void {
    this.unanswered(wave);
    const said = waitMs !== null && waitMs > 0;
    if (!said && wave <= this.#busyAt) return;
    const asked = said ? waitMs : MIN_WAIT_MS * 2 ** Math.min(this.#unsaid, 20);
    if (!said) this.#unsaid += 1;
    this.#busyAt = this.#environment.tick();
    const wait = Math.min(Math.max(asked, MIN_WAIT_MS), MAX_WAIT_MS);
    const opensAt = this.#environment.tick() + wait;
    if (opensAt <= this.#opensAt) return;
    this.sleep();
    this.#opensAt = opensAt;
  }

  /** What a page before this one was asked for. @param epoch ms; the clock on the wall may have jumped since */
  waitUntil(epoch: number | null): void {
    const wait = Math.min((epoch ?? 0) - this.#environment.now(), MAX_WAIT_MS);
    if (wait > 0) this.#opensAt = this.#environment.tick() + wait;
  }

  /** A 503, a broken connection, no answer in time: fewer at once. */
  unanswered(wave: number): void {
    this.failures += 1;
    this.#concurrency.setBack(wave, this.#environment.tick());
  }

  /** The server answered something else than 429. Before its slot is given back. */
  answered(wave: number): void {
    this.#concurrency.answered(wave, this.#environment.tick(), this.taken >= this.limit);
    this.#unsaid = 0;
  }

  /** Until when everyone waits, for people: epoch ms by today's clock on the wall, which may have jumped. Null when nobody has to. */
  get waitingUntil(): number | null {
    const left = this.#left();
    return left > 0 ? this.#environment.now() + left : null;
  }

  /** @throws HeldBack where everyone waits */
  holdBack(sent: boolean): void {
    if (this.#left() > 0) throw new HeldBack(sent);
  }

  /** Whether more may be sent now. Where everyone waits, calls `onOpen` when the wait is over. */
  isOpen(): boolean {
    const left = this.#left();
    if (left <= 0) return true;
    this.#callOff ??= this.#environment.after(Math.ceil(left), () => {
      this.#callOff = null;
      this.#onOpen();
    });
    return false;
  }

  /** No timer while the job rests. What the server asked for still holds afterwards. */
  sleep(): void {
    this.#callOff?.();
    this.#callOff = null;
  }

  /** Ms; 0 or less when open. */
  #left(): number {
    return this.#opensAt - this.#environment.tick();
  }
}
