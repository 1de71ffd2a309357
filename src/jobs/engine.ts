import type { Text } from '~/lib/text';
import { Queue } from './queue';
import { attempt, beforeIn, type Result } from './attempt';
import { Yielding } from './yielding';
import { consequenceOf, type Ticket } from './consequence';
import { contextOf } from './context';
import type { Environment } from './environment';
import { Guard } from './guard';
import type { JobSnapshot, JobSpec, JobState, LedgerRow, Policy } from './job';
import { backEntry } from './journal';
import { LastLook } from './last-look';
import { Ledger } from './ledger';
import { WriteAhead } from './write-ahead';
import { newId } from './new-id';
import { Opening } from './opening';
import { Pace } from './pace';
import { isOver } from './phase';
import { snapshotOf } from './snapshot';
import { ASKED, pausesFor, policyOf, type PauseReason } from './policy';
import { Publisher } from './publisher';
import { Rate } from './rate';
import { Retries } from './retries';
import { putBackRows, restsAs, type Keeping, type Restored } from './restored';
import { ItemIndex } from './item-index';
import { JournalWriter } from './journal-writer';

/** Sends items within pace, lanes and guard, and keeps the ledger and the journal. What others see of it is a `Job`. */
export class Engine<Item> {
  readonly id: string;
  readonly itemIndex: ItemIndex<Item>;
  readonly ledger: Ledger;
  readonly writer: JournalWriter;
  readonly pace: Pace;
  readonly retries: Retries;
  readonly signal = new AbortController().signal;
  readonly publisher: Publisher<JobSnapshot>;
  readonly #spec: JobSpec<Item>;
  readonly #policy: Policy;
  readonly #environment: Environment;
  readonly #queue: Queue;
  readonly #guard: Guard;
  readonly #rate = new Rate();
  #state: JobState = { phase: 'ready' };
  #startedAt: number | null = null;
  #endedAt: number | null = null;
  /** How it rests when it has to: the last pause. */
  #pause: PauseReason = ASKED;
  /** Grows with each `resume`: a lost token that an older epoch reports is not lost any more. */
  #epoch = 0;
  /** A restored job first looks at unknown items, then runs the rest; one that was stopped has no rest. */
  #verifiesFirst = false;
  /** It does so right now: a verifying or a retry that was asked for is none of it. */
  #isLooking = false;
  readonly #items = new Opening(() => this.#readItems());
  readonly #yielding: Yielding;
  readonly #ahead: WriteAhead;
  readonly #lastLook: LastLook<Item>;

  constructor(spec: JobSpec<Item>, environment: Environment, { journal, restored, id }: Keeping) {
    this.id = restored?.id ?? id ?? newId(environment.now());
    this.#spec = spec;
    this.#environment = environment;
    this.#policy = policyOf(spec);
    this.itemIndex = new ItemIndex(spec);
    this.writer = new JournalWriter(journal, this);
    this.ledger = new Ledger(this.itemIndex.size, (entry) => this.writer.note(entry));
    this.#queue = new Queue(this.ledger, spec.closing !== undefined);
    this.#ahead = new WriteAhead(this.writer, spec.verify ? this.#policy.concurrency : -1, (count) =>
      this.#queue.upcoming(count),
    );
    this.#yielding = new Yielding(environment, () => this.#pump());
    this.#guard = new Guard(this.#policy.canary, this.#policy.failureThreshold, this.#policy.enough);
    this.retries = new Retries(environment);
    this.pace = new Pace(this.#policy, environment, () => {
      this.#pump();
      this.publisher.touch();
    });
    this.#lastLook = new LastLook(spec, environment, this);
    this.publisher = new Publisher(
      environment,
      () => this.snapshot(),
      () => this.isRunning,
    );
    if (restored) this.#restore(restored);
  }

  row(index: number): LedgerRow {
    return { index, ...this.itemIndex.describe(index), ...this.ledger.facts(index) };
  }

  get isRunning(): boolean {
    return this.#state.phase === 'running';
  }

  reopen(why: Text): void {
    this.#queue.reopen(why, this.#environment.now());
  }

  #restore(restored: Restored): void {
    putBackRows(restored, this.ledger, this.#queue, this.pace);
    this.#startedAt = restored.startedAt;
    this.#endedAt = restored.endedAt;
    this.#state = restsAs(restored);
    if (this.#state.phase === 'paused') this.#pause = this.#state;
    this.#verifiesFirst = !restored.rows.isStopped && !!this.#spec.verify && this.ledger.count('unknown') > 0;
    this.publisher.flush();
  }

  start(): void {
    if (this.#state.phase !== 'ready') return;
    this.#startedAt = this.#environment.now();
    this.#run();
    this.#queueAs('waiting');
  }

  pause(pause: PauseReason): void {
    const { phase } = this.#state;
    if (!pausesFor(pause, phase, this.#pause)) return;
    this.#pause = pause;
    if (phase === 'running') this.#windDown({ phase: 'pausing' });
    if (phase === 'paused') this.#become(pause);
  }

  /** Told before more is lost: from here on the ledger is only as safe as this page. */
  unkept(reason: Text): void {
    this.pause({ phase: 'paused', why: 'unkept', reason });
    this.publisher.flush();
  }

  resume(): void {
    const { phase } = this.#state;
    if ((phase !== 'paused' && phase !== 'pausing') || this.writer.isStale) return;
    if (this.#pause.why === 'failures') this.#guard.resume();
    this.#pause = ASKED;
    this.#isLooking = this.#verifiesFirst;
    this.#queueAs(this.#verifiesFirst ? 'unknown' : 'waiting');
    this.#run();
  }

  #queueAs(status: 'waiting' | 'unknown'): void {
    this.#items.first(() => {
      this.#queue.queueAll(status);
      this.#pump();
    });
  }

  stop(): void {
    const hasEnded = isOver({ state: this.#state }) && !this.#queue.isUnclosed;
    if (!hasEnded && this.#state.phase !== 'stopping') this.#windDown({ phase: 'stopping' });
  }

  retryFailed(): void {
    this.#items.first(() => {
      if (this.#runOnly(() => this.#queue.queueAgain())) this.#guard.restart();
    });
  }

  verifyUnknown(): void {
    this.#items.first(() => {
      if (this.#spec.verify) this.#runOnly(() => this.#queue.queueAll('unknown'));
    });
  }

  lookAgain(): void {
    if (isOver({ state: this.#state })) void this.#lastLook.begin();
  }

  async #readItems(): Promise<void> {
    const lanes = await this.itemIndex.read(this.#environment, (index, status, reason) => {
      if (this.#queue.mayRun(index)) this.ledger.end(index, status, reason, this.#environment.now());
    });
    this.#queue.open(lanes);
    // Reading the items is no part of how fast they run.
    this.#rate.restart(this.#environment.tick());
  }

  #become(state: JobState): void {
    this.#state = state;
    this.writer.touch();
    this.publisher.flush();
  }

  #run(): void {
    this.#epoch += 1;
    this.#lastLook.cancel();
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
    const resting = phase === 'paused' || isOver({ state: this.#state });
    if (resting) this.#queue.unqueueAll();
    if (resting) this.#isLooking = false;
    if (phase === 'stopping' || this.writer.isStale || queue() === 0) return false;
    if (resting) this.#run();
    else this.#pump();
    this.publisher.touch();
    return true;
  }

  /** Sends what may be sent now, and comes to rest when there is nothing left. */
  #pump(): void {
    while (this.#maySend()) {
      const index = this.#queue.take();
      if (index === -1) break;
      this.pace.taken += 1;
      void this.#send(index);
    }
    this.#rest();
  }

  #maySend(): boolean {
    if (!this.isRunning || this.#yielding.isTaken || this.#queue.size === 0) return false;
    if (this.pace.taken >= (this.#guard.canariesLeft > 0 ? 1 : this.pace.limit)) return false;
    return this.pace.isOpen() && this.#yielding.isOpen();
  }

  async #send(index: number): Promise<void> {
    const verifying = this.ledger.is(index, 'unknown');
    // Verifying changes nothing; anything else has to be in the journal first, so that after a crash nobody calls it untouched.
    if (!verifying && !this.#spec.keepsFirst && !this.#ahead.take(index)) {
      await this.#ahead.make(index);
      if (!this.isRunning || !this.pace.isOpen()) {
        this.#notSent(index, this.ledger.facts(index).reason);
        this.#freeUp(index);
        return this.#pump();
      }
    }
    const sent = !verifying && !this.#spec.keepsFirst;
    const ticket: Ticket = { index, verifying, wave: this.pace.wave, epoch: this.#epoch, sent };
    const tries = verifying ? this.retries.silences(index) + 1 : this.ledger.begin(index);
    this.publisher.touch();
    const context = contextOf(this, this.#spec, ticket, tries);
    this.#take(ticket, await attempt(this.#spec, this.itemIndex.item(index), verifying, context));
    this.#pump();
  }

  #take(ticket: Ticket, result: Result): void {
    const { index } = ticket;
    const consequence = consequenceOf(ticket, result, {
      pace: this.pace,
      retries: this.retries,
      ledger: this.ledger,
      environment: this.#environment,
      spec: this.#spec,
      maxAttempts: this.#policy.maxAttempts,
      isRunning: this.isRunning,
    });
    switch (consequence.kind) {
      case 'end':
        this.ledger.keepBefore(index, beforeIn(result));
        this.#end(ticket, consequence.status, consequence.reason);
        return;
      case 'not-done':
        this.ledger.wait(index, consequence.reason);
        this.retries.forget(index);
        this.#notSent(index, consequence.reason);
        this.#queue.noteNotDone(index);
        this.#leave(index);
        break;
      case 'signed-out':
        this.#backToQueue(ticket, consequence.reason);
        if (ticket.epoch === this.#epoch)
          this.pause({ phase: 'paused', why: 'signed-out', reason: consequence.reason });
        return;
      case 'back':
      case 'underway':
        this.#backToQueue(consequence.kind === 'back' ? ticket : { ...ticket, verifying: false }, consequence.reason);
        return;
      case 'later':
        // It keeps its slot and its lane, so that a server that does not answer is not asked ever more.
        if (!ticket.verifying) this.ledger.wait(index, consequence.reason);
        this.retries.later(index, consequence.ms, () => {
          this.#freeUp(index);
          this.#pump();
        });
    }
    this.publisher.touch();
  }

  /** Nothing was done, or nobody knows yet. */
  #backToQueue(ticket: Ticket, reason: Text): void {
    this.writer.touch();
    if (!ticket.verifying) {
      this.ledger.wait(ticket.index, reason);
      this.#notSent(ticket.index, reason);
    }
    this.#freeUp(ticket.index);
    this.publisher.touch();
  }

  /** Told to the journal: it was marked, and nothing was done. Unless an earlier try had no answer: it is not untouched. */
  #notSent(index: number, reason: Text): void {
    if (this.retries.isOpen(index)) return;
    this.writer.note(backEntry(index, reason, this.ledger.attempts(index), this.ledger.isUnanswered(index)));
  }

  /** It has to run again: it is the next of its lane, and others may have its slot. */
  #freeUp(index: number): void {
    this.pace.taken -= 1;
    this.#queue.putBack(index);
  }

  #end(ticket: Ticket, status: 'done' | 'skipped' | 'failed' | 'unknown', reason: Text): void {
    this.ledger.end(ticket.index, status, reason, this.#environment.now());
    this.#leave(ticket.index);
    this.#rate.add(this.#environment.tick());
    // Before any change of state, which shows itself: no timer is left for a snapshot that was already taken.
    this.publisher.touch();
    if (ticket.verifying) return;
    const wasCanary = this.#guard.canariesLeft > 0;
    const objection = this.#guard.judge(status, reason);
    // Where nothing is left to protect, there is nothing to ask: the closing runs in any case.
    const more = this.#queue.inLanes + this.retries.pausing > 0;
    if (objection !== null && more) this.pause({ phase: 'paused', why: 'failures', reason: objection });
    else if (wasCanary && this.#guard.canariesLeft === 0 && this.#state.phase === 'running') {
      this.#become({ phase: 'running', canary: false });
    }
  }

  /** Out of the queue, its slot and its lane free. */
  #leave(index: number): void {
    this.retries.forget(index);
    this.pace.taken -= 1;
    this.#queue.leave(index);
  }

  /** What is between two tries is not in flight: it ends its pause here. */
  #windDown(state: JobState): void {
    this.#state = state;
    this.writer.touch();
    this.pace.sleep();
    for (const index of this.retries.wakeAll()) this.#freeUp(index);
    this.#rest();
    // Told after the fact: a listener may already ask for the contrary.
    if (this.#state === state) this.publisher.flush();
  }

  #rest(): void {
    if (this.pace.taken > 0) return;
    const { phase } = this.#state;
    const isWorkedOff = phase === 'running' && this.#queue.isOpen && this.#queue.size === 0;
    if (phase !== 'pausing' && phase !== 'stopping' && !isWorkedOff) return;
    for (const index of this.#ahead.unmarkAll()) this.#notSent(index, this.ledger.facts(index).reason);
    if (phase === 'pausing') this.#become(this.#pause);
    else if (phase === 'stopping') this.#stopped();
    else this.#workedOff();
  }

  #workedOff(): void {
    if (this.#isLooking) {
      this.#isLooking = this.#verifiesFirst = false;
      if (this.#queue.queueAll('waiting') > 0) {
        return this.#pump();
      }
    }
    const { count, notDone } = this.#queue.resting;
    if (notDone !== null) this.#pause = { phase: 'paused', why: 'asked', reason: notDone };
    // Otherwise a paused job was only asked to retry or to verify: it is paused again as it was.
    if (count > 0) this.#become(this.#pause);
    else this.#conclude();
  }

  #stopped(): void {
    this.#queue.leaveOutAllWaiting(this.retries.forgetAll(), this.#environment.now());
    this.writer.note(['stop']);
    this.#isLooking = this.#verifiesFirst = false;
    if (this.#queue.isUnclosed) {
      this.#run();
      this.#queueAs('waiting');
    } else this.#conclude();
  }

  #conclude(): void {
    this.#endedAt = this.#environment.now();
    this.#become({ phase: this.#queue.leftOutCount > 0 ? 'stopped' : 'finished' });
  }

  snapshot(): JobSnapshot {
    return snapshotOf(this, {
      spec: this.#spec,
      state: this.#state,
      startedAt: this.#startedAt,
      endedAt: this.#endedAt,
      ratePerSecond: this.isRunning ? this.#rate.perSecond(this.#environment.tick()) : null,
      concurrency: this.#guard.canariesLeft > 0 ? 1 : this.pace.limit,
      queue: this.#queue,
      lastLook: this.#lastLook,
    });
  }
}
