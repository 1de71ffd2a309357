/** Requests at once at the beginning, before anything is known of the server. */
export const START = 2;
/** A browser's HTTP/1.1 connections to a host: more at once would only wait in the browser. */
export const CEILING = 6;
/**
 * Where requests share a connection (HTTP/2, HTTP/3) the browser holds none back. From twelve on it takes too long to find back
 * to what a small server can do (the simulations of the spec).
 */
export const SHARED_CEILING = 10;

/** One more at once has to bring at least this times the throughput, or the requests only wait for one another. */
const GAIN = 1.06;
/** One fewer may cost this share of it at most: less than one more has to bring, so that neither is undone by chance. */
const LOSS = 0.03;
/** Round trips up to this times the best are as good as unloaded. */
const CALM = 1.25;
/** Round trips beyond this times the best are a crowd, whatever they bring. */
const CROWD = 2;
/** Less than this nobody feels, and clocks in a browser are coarse. Ms. */
const NOISE_MS = 5;
/** A fall of the round trips to this share is a relief: then the crowd was ours. */
const RELIEF = 0.8;
/** No judgement on less. */
const WINDOW_MS = 250;
/** Windows between two trials: doubles while they bring nothing. */
const FIRST_PATIENCE = 4;
const LONGEST_PATIENCE = 64;

interface Trial {
  /** `relief`: fewer at once because the round trips doubled. Otherwise one more or one fewer, to see what it brings. */
  kind: 'more' | 'fewer' | 'relief';
  /** Where it began. */
  limit: number;
  latency: number;
}

/**
 * How many requests at once, learned from the answers (promise 10). It doubles from two while round trips stay short; then
 * it tries one more or one fewer now and then, and keeps what brings more throughput. By Little's law throughput is the
 * number in flight over the mean round trip, so a server that only queues shows no gain. Where round trips double it halves;
 * if they stay long, it was not our doing (heavier items, a slower network) and it grows again.
 * No timer: it learns from answers only. All times are monotonic ms.
 */
export class Concurrency {
  readonly ceiling: number;
  limit: number;
  #opening = true;
  /** The shortest mean round trip: what the server takes unloaded, as far as is known. */
  #best = Number.POSITIVE_INFINITY;
  #trial: Trial | null = null;
  /** Windows until the next trial. */
  #hold = FIRST_PATIENCE;
  #patience = FIRST_PATIENCE;
  #nextTrial: 'more' | 'fewer' = 'more';
  /** What was sent before says nothing of this limit. */
  #limitSince = Number.NEGATIVE_INFINITY;
  #cutAt = Number.NEGATIVE_INFINITY;
  /** Answers still to be left out: the first ones after a change met the old queue. */
  #skip = 0;
  #windowBegan: number | null = null;
  #count = 0;
  #sum = 0;
  #squares = 0;
  #fastest = Number.POSITIVE_INFINITY;

  /** @param ceiling never more than this at once; nonsense and less than 1 mean 1 */
  constructor(ceiling: number, start: number = START) {
    this.ceiling = Number.isFinite(ceiling) ? Math.max(1, Math.floor(ceiling)) : 1;
    this.limit = Math.min(Math.max(1, Math.floor(start)), this.ceiling);
  }

  /** @param full whether as many were in flight as may be: otherwise something else held the job back, and this says nothing. */
  answered(sentAt: number, now: number, full: boolean): void {
    if (!full || this.ceiling === 1 || sentAt < this.#limitSince) return;
    if (this.#skip > 0) {
      this.#skip -= 1;
      return;
    }
    this.#windowBegan ??= sentAt;
    const latency = Math.max(now - sentAt, 0);
    this.#count += 1;
    this.#sum += latency;
    this.#squares += latency * latency;
    this.#fastest = Math.min(this.#fastest, latency);
    // Below a millisecond there is no network to measure.
    const mean = Math.max(this.#sum / this.#count, 1);
    if (this.#opening) {
      if (this.#count >= this.limit) this.#judgeOpening(mean, now);
      return;
    }
    if (now - this.#windowBegan < WINDOW_MS) return;
    // A server in trouble is not asked for a whole window first.
    const isTrouble = this.#count >= 2 * this.limit && this.#isCrowd(mean / 2);
    if (isTrouble || this.#count >= this.#needed(mean)) this.#judge(mean, now);
  }

  /** 429, 503, no answer: half as many at once, once for all that were in flight together. */
  setBack(sentAt: number, now: number): void {
    if (sentAt <= this.#cutAt) return;
    this.#cutAt = now;
    this.#opening = false;
    this.#trial = null;
    this.#rest(FIRST_PATIENCE);
    this.#set(Math.floor(this.limit / 2), now);
  }

  /** Answers until their mean is good to a tenth: the more they scatter, the more of them. */
  #needed(mean: number): number {
    const variance = Math.max(this.#squares / this.#count - mean * mean, 0);
    const scattered = 100 * (variance / (mean * mean));
    return Math.min(Math.max(8, 6 * this.limit, scattered), Math.max(40, 20 * this.limit));
  }

  /** A round of the beginning. Its fastest answer decides: others may have had to open a connection first. */
  #judgeOpening(mean: number, now: number): void {
    const fastest = Math.max(this.#fastest, 1);
    const isCalm = fastest <= Math.max(CALM * this.#best, this.#best + NOISE_MS);
    const from = this.limit;
    if (isCalm && from < this.ceiling) {
      this.#noteBest(mean);
      this.#set(2 * from, now, 0);
      return;
    }
    this.#opening = false;
    if (isCalm) {
      this.#set(from, now);
    } else {
      // Too many by now, and perhaps still: fewer is the first thing to try.
      this.#nextTrial = 'fewer';
      this.#hold = 1;
      this.#set(Math.floor((from * this.#best) / fastest), now);
    }
  }

  #judge(latency: number, now: number): void {
    const isCrowd = this.#isCrowd(latency);
    const trial = this.#trial;
    this.#trial = null;
    this.#clear();
    if (trial) this.#judgeTrial(trial, latency, isCrowd, now);
    else if (isCrowd && this.limit > 1) this.#try('relief', latency, now);
    else {
      // Alone in the queue, whatever it takes is what the server takes.
      if (isCrowd) this.#best = latency;
      else this.#noteBest(latency);
      // At the ceiling and as fast as unloaded there is nothing to find out: fewer at once would bring less.
      if (this.limit === this.ceiling && latency <= CALM * this.#best) return;
      this.#hold -= 1;
      if (this.#hold <= 0) this.#try(this.#direction(), latency, now);
    }
  }

  #judgeTrial(trial: Trial, latency: number, isCrowd: boolean, now: number): void {
    if (trial.kind === 'relief') {
      this.#rest(FIRST_PATIENCE);
      if (latency < RELIEF * trial.latency) {
        // Half may be too few.
        this.#try('more', latency, now);
      } else {
        this.#best = latency;
        this.#set(trial.limit, now);
      }
      return;
    }
    this.#noteBest(latency);
    const gain = (this.limit * trial.latency) / (trial.limit * latency);
    const isBetter = trial.kind === 'more' ? gain >= GAIN && !isCrowd : gain >= 1 - LOSS;
    if (isBetter) {
      this.#rest(FIRST_PATIENCE);
      if (this.limit > 1 && this.limit < this.ceiling) this.#try(trial.kind, latency, now);
    } else {
      this.#nextTrial = trial.kind === 'more' ? 'fewer' : 'more';
      this.#rest(Math.min(2 * this.#patience, LONGEST_PATIENCE));
      this.#set(trial.limit, now);
    }
  }

  #direction(): 'more' | 'fewer' {
    if (this.limit === 1) return 'more';
    return this.limit === this.ceiling ? 'fewer' : this.#nextTrial;
  }

  #try(kind: Trial['kind'], latency: number, now: number): void {
    this.#trial = { kind, limit: this.limit, latency };
    if (kind === 'relief') this.#set(Math.floor(this.limit / 2), now);
    else this.#set(kind === 'more' ? this.limit + 1 : this.limit - 1, now);
  }

  #isCrowd(latency: number): boolean {
    return latency > Math.max(CROWD * this.#best, this.#best + NOISE_MS);
  }

  /** Half the way: the shortest of many means would be nothing but luck. */
  #noteBest(latency: number): void {
    if (latency < this.#best)
      this.#best = this.#best === Number.POSITIVE_INFINITY ? latency : (this.#best + latency) / 2;
  }

  #rest(windows: number): void {
    this.#patience = windows;
    this.#hold = windows;
  }

  #set(limit: number, now: number, skip?: number): void {
    this.limit = Math.min(Math.max(1, limit), this.ceiling);
    this.#limitSince = now;
    this.#skip = skip ?? this.limit;
    this.#clear();
  }

  #clear(): void {
    this.#windowBegan = null;
    this.#count = 0;
    this.#sum = 0;
    this.#squares = 0;
    this.#fastest = Number.POSITIVE_INFINITY;
  }
}
