import { Agenda } from './agenda';
import { attempt } from './attempt';
import { pageEnvironment, SLICE_MS, type Environment } from './environment';
import { afterSilence } from './after-silence';
import { Guard } from './guard';
import type { Fault, Job, JobSnapshot, JobSpec, JobState, Json, LedgerRow, Outcome, Policy } from './job';
import { Ledger } from './ledger';
import { newId } from './new-id';
import { Pace, retryDelayMs } from './pace';
import { WEIGHT, type PauseReason } from './pause-reason';
import { policyOf } from './policy';
import { Publisher } from './publisher';
import { Rate } from './rate';
import { MAX_BUSY, Retries } from './retries';
import { Roster } from './roster';
import type { Ticket } from './ticket';

/** Items sent between two looks at the clock. */
const STEP = 16;

/** A job that is ready to `start`. Nothing is read or sent before that. */
export function createJob<Item>(spec: JobSpec<Item>, environment: Environment = pageEnvironment): Job {
  const runner = new Runner(spec, environment);
  return {
    id: runner.id,
    subscribe: runner.publisher.subscribe,
    getSnapshot: runner.publisher.getSnapshot,
    columns: () => runner.roster.columns,
    row: (index) => runner.row(index),
    indexes: (statuses) => runner.ledger.indexes(statuses),
    start: () => runner.start(),
    pause: () => runner.pause({ phase: 'paused', why: 'asked', reason: '' }),
    resume: () => runner.resume(),
    stop: () => runner.stop(),
    retryFailed: () => runner.retryFailed(),
    verifyUnknown: () => runner.verifyUnknown(),
    settled: () => runner.settled(),
  };
}

class Runner<Item> {
  readonly id: string;
  readonly roster: Roster<Item>;
  readonly ledger: Ledger;
  readonly publisher: Publisher<JobSnapshot>;
  readonly #spec: JobSpec<Item>;
  readonly #policy: Policy;
  readonly #environment: Environment;
  readonly #agenda: Agenda;
  readonly #pace: Pace;
  readonly #guard: Guard;
  readonly #retries: Retries;
  readonly #rate = new Rate();
  readonly #page = new AbortController();
  #state: JobState = { phase: 'ready' };
  #startedAt: number | null = null;
  #endedAt: number | null = null;
  /** How it rests when it has to: the last pause. */
  #pause: PauseReason = { phase: 'paused', why: 'asked', reason: '' };
  /** Grows with each `resume`: a lost token that an older epoch reports is not lost any more. */
  #epoch = 0;
  #sentSinceBreath = 0;
  #sliceBegan = 0;
  #breathing = false;
  readonly #settlers: ((snapshot: JobSnapshot) => void)[] = [];

  constructor(spec: JobSpec<Item>, environment: Environment) {
    this.id = newId(environment);
    this.#spec = spec;
    this.#environment = environment;
    this.#policy = policyOf(spec);
    this.roster = new Roster(spec);
    this.ledger = new Ledger(this.roster.size);
    this.#agenda = new Agenda(this.ledger);
    this.#guard = new Guard(this.#policy.canary, this.#policy.failureThreshold);
    this.#retries = new Retries(environment);
    this.#pace = new Pace(this.#policy, environment, () => {
      this.#pump();
      this.publisher.touch();
    });
    this.publisher = new Publisher(
      environment,
      () => this.#picture(),
      () => this.#state.phase === 'running',
    );
  }

  row(index: number): LedgerRow {
    return { index, ...this.roster.describe(index), ...this.ledger.facts(index) };
  }

  start(): void {
    if (this.#state.phase !== 'ready') return;
    this.#startedAt = this.#environment.now();
    this.#run();
    void this.#readItems();
  }

  pause(pause: PauseReason): void {
    const { phase } = this.#state;
    // While what is in flight finishes, a weightier reason may come: it is the one to answer to.
    if (phase === 'pausing' && WEIGHT[pause.why] > WEIGHT[this.#pause.why]) this.#pause = pause;
    if (phase !== 'running') return;
    this.#pause = pause;
    this.#windDown({ phase: 'pausing' });
  }

  resume(): void {
    const { phase } = this.#state;
    if (phase !== 'paused' && phase !== 'pausing') return;
    if (this.#pause.why === 'failures') this.#guard.goOn();
    this.#pause = { phase: 'paused', why: 'asked', reason: '' };
    this.#agenda.queueAll('waiting');
    this.#run();
  }

  stop(): void {
    const { phase } = this.#state;
    if (phase !== 'stopped' && phase !== 'finished' && phase !== 'stopping') this.#windDown({ phase: 'stopping' });
  }

  retryFailed(): void {
    if (this.#state.phase === 'stopping') return;
    if (this.#runOnly(() => this.#agenda.queueAgain())) this.#guard.restart();
  }

  verifyUnknown(): void {
    if (!this.#spec.verify || this.#state.phase === 'stopping') return;
    this.#runOnly(() => this.#agenda.queueAll('unknown'));
  }

  settled(): Promise<JobSnapshot> {
    const { phase } = this.#state;
    if (phase === 'finished' || phase === 'stopped') return Promise.resolve(this.publisher.getSnapshot());
    return new Promise((resolve) => this.#settlers.push(resolve));
  }

  async #readItems(): Promise<void> {
    const lanes = await this.roster.read(this.#environment, (index, status, reason) => {
      if (!this.#agenda.isLeftOut(index)) this.ledger.end(index, status, reason, this.#environment.now());
    });
    this.#agenda.open(lanes);
    this.#agenda.queueAll('waiting');
    // Reading the items is no part of how fast they run.
    this.#rate.restart(this.#environment.tick());
    this.#pump();
  }

  #become(state: JobState): JobSnapshot {
    this.#state = state;
    return this.publisher.flush();
  }

  #run(): void {
    this.#epoch += 1;
    this.#endedAt = null;
    this.#rate.restart(this.#environment.tick());
    this.#become({ phase: 'running', canary: this.#guard.canariesLeft > 0 });
    this.#pump();
  }

  /**
   * Queues more. Where the job rests it goes to work on that alone, and rests again afterwards; where it works, that is done
   * besides. @returns whether there was anything to queue.
   */
  #runOnly(queue: () => number): boolean {
    const { phase } = this.#state;
    const resting = phase === 'paused' || phase === 'finished' || phase === 'stopped';
    if (resting) this.#agenda.unqueueAll();
    if (queue() === 0) return false;
    if (resting) this.#run();
    else this.#pump();
    this.publisher.touch();
    return true;
  }

  /** Sends what may be sent now, and comes to rest when there is nothing left. */
  #pump(): void {
    while (this.#maySend()) {
      const index = this.#agenda.take();
      if (index === -1) break;
      this.#pace.taken += 1;
      void this.#send(index);
    }
    this.#rest();
  }

  #maySend(): boolean {
    if (this.#state.phase !== 'running' || this.#breathing || this.#agenda.size === 0) return false;
    if (this.#pace.taken >= (this.#guard.canariesLeft > 0 ? 1 : this.#pace.limit)) return false;
    if (!this.#pace.isOpen()) return false;
    this.#sentSinceBreath += 1;
    if (this.#sentSinceBreath < STEP) return true;
    this.#sentSinceBreath = 0;
    if (this.#environment.tick() - this.#sliceBegan <= SLICE_MS) return true;
    void this.#breathe();
    return false;
  }

  /** Instant answers come without a task in between: then the page gets its turn every few ms. */
  async #breathe(): Promise<void> {
    this.#breathing = true;
    await this.#environment.breathe();
    this.#breathing = false;
    this.#sliceBegan = this.#environment.tick();
    this.#pump();
  }

  async #send(index: number): Promise<void> {
    const verifying = this.ledger.is(index, 'unknown');
    const ticket: Ticket = { index, verifying, wave: this.#pace.wave, epoch: this.#epoch };
    const context = {
      signal: this.#page.signal,
      attempt: verifying ? this.#retries.silences(index) + 1 : this.ledger.begin(index),
      keepBefore: (before: Json) => this.ledger.keepBefore(index, before),
    };
    this.publisher.touch();
    const result = await attempt(this.#spec, this.roster.item(index), verifying, context);
    if ('fault' in result) this.#faulted(ticket, result.fault);
    else this.#answered(ticket, result.answer);
    this.#pump();
  }

  #answered(ticket: Ticket, answer: Outcome | { status: 'not-done' }): void {
    this.#pace.answered(ticket.wave);
    if (answer.status === 'not-done') {
      this.ledger.wait(ticket.index, 'Verified: it did not happen.');
      this.#agenda.noteNotDone(ticket.index);
      this.#leave(ticket.index);
      this.publisher.touch();
    } else {
      if (answer.before !== undefined) this.ledger.keepBefore(ticket.index, answer.before);
      this.#end(ticket, answer.status, answer.reason ?? '');
    }
  }

  #faulted(ticket: Ticket, fault: Fault): void {
    switch (fault.kind) {
      case 'busy':
        this.#busy(ticket, fault);
        return;
      case 'signed-out':
        this.#backToQueue(ticket, fault.reason);
        if (ticket.epoch === this.#epoch) {
          this.pause({ phase: 'paused', why: 'signed-out', reason: fault.reason });
        }
        return;
      case 'unanswered':
        this.#pace.unanswered(ticket.wave);
        this.#unanswered(ticket, fault.reason);
        return;
      case 'refused':
        this.#pace.answered(ticket.wave);
        if (ticket.verifying) this.#end(ticket, 'unknown', `It could not be verified: ${fault.reason}`);
        else if (this.#retries.silences(ticket.index) > 0) this.#end(ticket, 'failed', afterSilence(fault.reason));
        else this.#end(ticket, 'failed', fault.reason);
    }
  }

  #busy(ticket: Ticket, fault: Extract<Fault, { kind: 'busy' }>): void {
    this.#pace.busy(fault.waitMs, ticket.wave);
    const times = this.#retries.noteBusy(ticket.index);
    if (times < MAX_BUSY) {
      this.#backToQueue(ticket, fault.reason);
      return;
    }
    const mayHaveHappened = ticket.verifying || this.#retries.silences(ticket.index) > 0;
    const reason = `The server asked to slow down ${times} times: ${fault.reason}`;
    this.#end(ticket, mayHaveHappened ? 'unknown' : 'failed', reason);
  }

  #unanswered(ticket: Ticket, reason: string): void {
    const tries = this.#retries.noteSilence(ticket.index, reason);
    if (!(this.#spec.repeatable || ticket.verifying) || tries >= this.#policy.maxAttempts) {
      this.#end(ticket, 'unknown', reason);
    } else if (this.#state.phase !== 'running') {
      this.#backToQueue(ticket, reason);
    } else {
      // It keeps its slot and its lane, so that a server that does not answer is not asked ever more.
      if (!ticket.verifying) this.ledger.wait(ticket.index, reason);
      this.#retries.later(ticket.index, retryDelayMs(tries, this.#environment.random()), (index) => {
        this.#freeUp(index);
        this.#pump();
      });
      this.publisher.touch();
    }
  }

  /** Nothing was done, or nobody knows yet. */
  #backToQueue(ticket: Ticket, reason: string): void {
    if (!ticket.verifying) this.ledger.wait(ticket.index, reason);
    this.#freeUp(ticket.index);
    this.publisher.touch();
  }

  /** It has to run again: it is the next of its lane, and others may have its slot. */
  #freeUp(index: number): void {
    this.#pace.taken -= 1;
    this.#agenda.putBack(index);
  }

  #end(ticket: Ticket, status: 'done' | 'skipped' | 'failed' | 'unknown', reason: string): void {
    const now = this.#environment.now();
    this.ledger.end(ticket.index, status, reason, now);
    this.#leave(ticket.index);
    this.#rate.add(this.#environment.tick());
    // Before any change of state, which shows itself: no timer is left for a picture that was already taken.
    this.publisher.touch();
    if (ticket.verifying) return;
    const wasCanary = this.#guard.canariesLeft > 0;
    const objection = this.#guard.judge(status, reason);
    // Where nothing is left to protect, there is nothing to ask.
    const more = this.#agenda.size + this.#retries.pausing > 0;
    if (objection !== null && more) this.pause({ phase: 'paused', why: 'failures', reason: objection });
    else if (wasCanary && this.#guard.canariesLeft === 0 && this.#state.phase === 'running') {
      this.#become({ phase: 'running', canary: false });
    }
  }

  /** Out of the queue, its slot and its lane free. */
  #leave(index: number): void {
    this.#retries.forget(index);
    this.#pace.taken -= 1;
    this.#agenda.leave(index);
  }

  /** What is between two tries is not in flight: it ends its pause here. */
  #windDown(state: JobState): void {
    this.#state = state;
    this.#pace.sleep();
    for (const index of this.#retries.wakeAll()) this.#freeUp(index);
    this.#rest();
    // Told after the fact: a listener may already ask for the contrary.
    if (this.#state === state) this.publisher.flush();
  }

  #rest(): void {
    if (this.#pace.taken > 0) return;
    const { phase } = this.#state;
    if (phase === 'pausing') this.#become(this.#pause);
    else if (phase === 'stopping') this.#stopped();
    else if (phase === 'running' && this.#agenda.isOpen && this.#agenda.size === 0) this.#workedOff();
  }

  #workedOff(): void {
    const { count, allNotDone } = this.#agenda.resting;
    if (count === 0) {
      this.#conclude();
      return;
    }
    if (allNotDone) {
      const reason = `${count === 1 ? 'One item' : `${count} items`} did not happen. Going on runs them.`;
      this.#pause = { phase: 'paused', why: 'asked', reason };
    }
    // Otherwise a paused job was only asked to retry or to verify: it is paused again as it was.
    this.#become(this.#pause);
  }

  #stopped(): void {
    const now = this.#environment.now();
    for (const [index, reason] of this.#retries.forgetAll()) {
      if (this.ledger.is(index, 'waiting')) this.ledger.end(index, 'unknown', reason, now);
    }
    this.#agenda.leaveOutAllWaiting(now);
    this.#conclude();
  }

  #conclude(): void {
    this.#endedAt = this.#environment.now();
    const snapshot = this.#become({ phase: this.#agenda.leftOutCount > 0 ? 'stopped' : 'finished' });
    for (const settle of this.#settlers.splice(0)) settle(snapshot);
  }

  #picture(): JobSnapshot {
    const running = this.#state.phase === 'running';
    const ratePerSecond = running ? this.#rate.perSecond(this.#environment.tick()) : null;
    const left = this.#agenda.size + this.#pace.taken;
    return {
      id: this.id,
      kind: this.#spec.kind,
      title: this.#spec.title,
      href: this.#spec.href,
      owner: this.#spec.owner,
      state: this.#state,
      total: this.ledger.size,
      counts: this.ledger.counts(),
      startedAt: this.#startedAt,
      endedAt: this.#endedAt,
      ratePerSecond,
      remainingMs: ratePerSecond ? Math.round((left * 1000) / ratePerSecond) : null,
      waitingUntil: running ? this.#pace.waitingUntil : null,
      concurrency: this.#guard.canariesLeft > 0 ? 1 : this.#pace.limit,
      canVerify: this.#spec.verify !== undefined,
      scan: this.#spec.scan ?? false,
      version: this.ledger.version,
    };
  }
}
