import { describe, expect, test } from 'vitest';
import { CEILING, Concurrency, SHARED_CEILING, START } from './concurrency';

interface Server {
  /** Ms on the wire, there and back. */
  wireMs: number;
  /** Ms of work a request. */
  workMs: number;
  /** Requests it works on at once; the others queue. */
  capacity: number;
  /** The work's time varies by this share: 0 = never, 1 = as wildly as random arrivals. */
  scatter?: number;
}

interface Lap {
  /** Answers a second. */
  rate: number;
  /** Share of the time in which the server's own mean time was beyond twice unloaded. */
  crowded: number;
  peak: number;
  limit: number;
}

/** A server and a job that always has more to send, by a clock of its own. */
class Simulation {
  readonly concurrency: Concurrency;
  /** In flight as far as the job knows. */
  taken = 0;
  peak = 0;
  /** What else may hold the job back: lanes. */
  most = Number.POSITIVE_INFINITY;
  /** The server answers 429, 503 or not at all. */
  refuses = false;
  #server: Server;
  #fixed: number | null;
  #now = 0;
  #seed = 7;
  #working = 0;
  #answers = 0;
  readonly #queue: (() => void)[] = [];
  readonly #events: { at: number; happen: () => void }[] = [];
  /** The server's own ms for each request, in the order of its answers. */
  #times: number[] = [];

  constructor(server: Server, { ceiling = CEILING, fixed = null }: { ceiling?: number; fixed?: number | null } = {}) {
    this.#server = server;
    this.#fixed = fixed;
    this.concurrency = new Concurrency(ceiling);
  }

  become(change: Partial<Server>): void {
    this.#server = { ...this.#server, ...change };
  }

  run(ms: number): Lap {
    const until = this.#now + ms;
    const from = this.#answers;
    const { workMs } = this.#server;
    let crowded = 0;
    let second = this.#now + 1000;
    this.#times = [];
    const look = () => {
      const mean = this.#times.reduce((sum, time) => sum + time, 0) / Math.max(1, this.#times.length);
      if (mean > 2.05 * workMs) crowded += 1000;
      this.#times = [];
      second += 1000;
    };
    this.#pump();
    for (let next = this.#next(until); next; next = this.#next(until)) {
      while (next.at > second) look();
      this.#now = next.at;
      next.happen();
    }
    this.#now = until;
    const { limit } = this.concurrency;
    return { rate: ((this.#answers - from) * 1000) / ms, crowded: crowded / ms, peak: this.peak, limit };
  }

  #next(until: number) {
    const [first] = this.#events;
    return first && first.at <= until ? this.#events.shift() : undefined;
  }

  #after(ms: number, happen: () => void): void {
    const at = this.#now + ms;
    let place = this.#events.length;
    while (place > 0 && (this.#events[place - 1]?.at ?? 0) > at) place -= 1;
    this.#events.splice(place, 0, { at, happen });
  }

  #pump(): void {
    while (this.taken < Math.min(this.#fixed ?? this.concurrency.limit, this.most)) {
      this.taken += 1;
      this.peak = Math.max(this.peak, this.taken);
      const sentAt = this.#now;
      this.#after(this.#server.wireMs / 2, () => this.#arrive(sentAt));
    }
  }

  #arrive(sentAt: number): void {
    if (this.refuses) {
      this.#after(this.#server.wireMs / 2, () => {
        this.concurrency.setBack(sentAt, this.#now);
        // As a job does, nobody sends again at once.
        this.#after(1000, () => {
          this.taken -= 1;
          this.#pump();
        });
      });
      return;
    }
    const arrived = this.#now;
    const work = () => {
      this.#working += 1;
      this.#after(this.#workMs(), () => {
        this.#working -= 1;
        this.#times.push(this.#now - arrived);
        this.#queue.shift()?.();
        this.#after(this.#server.wireMs / 2, () => this.#answer(sentAt));
      });
    };
    if (this.#working < this.#server.capacity) work();
    else this.#queue.push(work);
  }

  #answer(sentAt: number): void {
    this.#answers += 1;
    this.concurrency.answered(sentAt, this.#now, this.taken >= this.concurrency.limit);
    this.taken -= 1;
    this.#pump();
  }

  #workMs(): number {
    this.#seed = (this.#seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
    const { workMs, scatter = 0 } = this.#server;
    return workMs * (1 + scatter * (-Math.log(1 - this.#seed / 2 ** 32) - 1));
  }
}

/** What the best unchanging number at once reaches. */
function bestRate(server: Server, ceiling = CEILING): number {
  const rates = Array.from(
    { length: ceiling },
    (_, index) => new Simulation(server, { fixed: index + 1 }).run(20_000).rate,
  );
  return Math.max(...rates);
}

const servers: Server[] = [0, 50, 200].flatMap((wireMs) =>
  [1, 3, 12].flatMap((capacity) =>
    [5, 20].flatMap((workMs) => [0, 0.3].map((scatter) => ({ wireMs, capacity, workMs, scatter }))),
  ),
);

describe('promise 10: latency growing means fewer at once', () => {
  test.each(servers)(
    'reaches the best fixed number and keeps the server’s own time: %o',
    (server) => {
      const lap = new Simulation(server).run(20_000);
      expect(lap.rate).toBeGreaterThanOrEqual(0.95 * bestRate(server));
      // The seconds in which it tries one more; never lasting.
      expect(lap.crowded).toBeLessThanOrEqual(0.2);
      expect(lap.peak).toBeLessThanOrEqual(CEILING);
    },
    20_000,
  );

  test.each(servers.filter(({ workMs, scatter }) => workMs === 20 && scatter === 0.3))(
    'reaches it also where requests share a connection, and more at once may pay: %o',
    (server) => {
      const lap = new Simulation(server, { ceiling: SHARED_CEILING }).run(20_000);
      expect(lap.rate).toBeGreaterThanOrEqual(0.95 * bestRate(server, SHARED_CEILING));
      expect(lap.crowded).toBeLessThanOrEqual(0.2);
      expect(lap.peak).toBeLessThanOrEqual(SHARED_CEILING);
    },
    20_000,
  );

  test('a server that only queues gets one at a time, with a look now and then whether it can do more', () => {
    const simulation = new Simulation({ wireMs: 0, workMs: 20, capacity: 1 });
    simulation.run(10_000);
    const lap = simulation.run(60_000);
    expect(lap.crowded).toBe(0);
    simulation.become({ capacity: 12 });
    simulation.run(60_000);
    expect(simulation.concurrency.limit).toBeGreaterThanOrEqual(5);
  });

  test('a server that loses its capacity in the middle is given fewer within seconds', () => {
    const simulation = new Simulation({ wireMs: 0, workMs: 20, capacity: 12 });
    simulation.run(30_000);
    expect(simulation.concurrency.limit).toBe(CEILING);
    simulation.become({ capacity: 1 });
    simulation.run(5000);
    expect(simulation.run(20_000).crowded).toBeLessThanOrEqual(0.1);
  });

  test('at the ceiling, and as fast as unloaded, it stays there: fewer at once would bring less', () => {
    const simulation = new Simulation({ wireMs: 50, workMs: 5, capacity: 12, scatter: 0.3 });
    simulation.run(10_000);
    const limits = Array.from({ length: 60 }, () => simulation.run(500).limit);
    expect(new Set(limits)).toEqual(new Set([CEILING]));
  });

  test('items that take longer by themselves do not hold the job down', () => {
    const simulation = new Simulation({ wireMs: 0, workMs: 20, capacity: 12 });
    simulation.run(10_000);
    simulation.become({ workMs: 80 });
    simulation.run(20_000);
    expect(simulation.run(20_000).rate).toBeGreaterThanOrEqual(0.95 * (CEILING / 0.08));
  });

  test('starts with two, and doubles round by round while the round trips stay short', () => {
    const concurrency = new Concurrency(6);
    expect(concurrency.limit).toBe(START);
    concurrency.answered(0, 50, true);
    concurrency.answered(0, 50, true);
    expect(concurrency.limit).toBe(4);
    for (let answer = 0; answer < 4; answer += 1) concurrency.answered(50, 100, true);
    expect(concurrency.limit).toBe(6);
  });

  test('halves on a 429, a 503 or no answer: once for all that were in flight together', () => {
    const concurrency = new Concurrency(6, 6);
    for (let request = 0; request < 6; request += 1) concurrency.setBack(0, 100 + request);
    expect(concurrency.limit).toBe(3);
    concurrency.setBack(200, 300);
    expect(concurrency.limit).toBe(1);
    concurrency.setBack(400, 500);
    expect(concurrency.limit).toBe(1);
  });

  test('grows again when the server has come back', () => {
    const simulation = new Simulation({ wireMs: 50, workMs: 5, capacity: 12 });
    simulation.run(5000);
    simulation.refuses = true;
    simulation.run(10_000);
    expect(simulation.concurrency.limit).toBe(1);
    simulation.refuses = false;
    simulation.run(15_000);
    expect(simulation.run(20_000).rate).toBeGreaterThanOrEqual(0.95 * (CEILING / 0.055));
  });

  test('learns nothing while something else holds the job back, such as too few lanes', () => {
    const simulation = new Simulation({ wireMs: 50, workMs: 5, capacity: 12 }, { ceiling: 24 });
    simulation.most = 3;
    simulation.run(60_000);
    expect(simulation.peak).toBe(3);
    expect(simulation.concurrency.limit).toBe(4);
  });

  test.each([1, 0, -3, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('a ceiling of %s stays one by one', (ceiling) => {
    const simulation = new Simulation({ wireMs: 50, workMs: 5, capacity: 12 }, { ceiling });
    simulation.run(30_000);
    expect(simulation.peak).toBe(1);
  });

  test('answers in no time, as in the demo, go up to the ceiling', () => {
    const simulation = new Simulation({ wireMs: 0, workMs: 0.1, capacity: 12 });
    simulation.run(2000);
    expect(simulation.concurrency.limit).toBeGreaterThanOrEqual(CEILING - 1);
  });
});
