import { sameText, withValues, type Text } from '~/lib/text';
import { attempt, beforeIn, type Result } from './attempt';
import { contextOf, type Ground } from './context';
import type { Environment } from './environment';
import type { ItemStatus, JobSpec } from './job';
import type { EndStatus } from './journal';
import { mayStillCome } from './retries';
import type { ItemIndex } from './item-index';

const NO_LONGER = /*i18n*/ {
  id: 'job.no-longer',
  message: 'It was done, but Glia looked again and it is no longer so. A late request or someone else changed it.',
};
const LOOKED_AGAIN = /*i18n*/ { id: 'job.looked-again', message: 'It was done. Glia looked again: {reason}' } as const;

/** Looks at once: nobody waits for them. */
const AT_ONCE = 2;
/**
 * No proxy holds a request back for longer. What is found different after that is somebody's later change, and no business of the
 * report.
 */
const MAY_COME_MS = 86_400_000;

/** The job that it looks at. */
interface Looked<Item> extends Ground {
  readonly itemIndex: ItemIndex<Item>;
  readonly publisher: { touch(): void };
}

/**
 * Looks again, when a job is over, at the rows with a request that got no answer: a proxy may deliver it long after it gave up.
 * Only reads, and gives up where the server does not answer: the next look is as good.
 */
export class LastLook<Item> {
  /** When all of them were looked at last, epoch ms. */
  at: number | null = null;
  #turn = 0;
  #isLooking = false;
  #mayBeUndone: number[] | null = null;
  readonly #spec: JobSpec<Item>;
  readonly #environment: Environment;
  readonly #job: Looked<Item>;

  constructor(spec: JobSpec<Item>, environment: Environment, job: Looked<Item>) {
    this.#spec = spec;
    this.#environment = environment;
    this.#job = job;
  }

  get isLooking(): boolean {
    return this.#isLooking;
  }

  /** The rows that something may still happen to. */
  rows(): number[] {
    const spec = this.#spec;
    const { ledger, itemIndex } = this.#job;
    if (spec.scan) return [];
    if (spec.mayBeUndone && !this.#mayBeUndone) {
      this.#mayBeUndone = [];
      for (let index = 0; index < ledger.size; index += 1) {
        if (spec.mayBeUndone(itemIndex.item(index))) this.#mayBeUndone.push(index);
      }
    }
    const done = (this.#mayBeUndone ?? []).filter((index) => ledger.is(index, 'done') && !ledger.isUnanswered(index));
    return [...ledger.unanswered(), ...done];
  }

  /** The job goes to work again: what a look still finds is not heard. */
  cancel(): void {
    this.#turn += 1;
    this.#isLooking = false;
  }

  /** Only while nothing of the job runs. Never rejects. */
  async begin(): Promise<void> {
    const spec = this.#spec;
    const job = this.#job;
    if (this.#isLooking || !spec.verify) return;
    const rows = this.rows().filter((index) => this.#isRecent(index));
    if (rows.length === 0) return;
    const turn = (this.#turn += 1);
    this.#isLooking = true;
    this.#changed();
    const queue = rows.values();
    const lookOn = async (): Promise<boolean> => {
      for (const index of queue) {
        const result = await attempt(
          spec,
          job.itemIndex.item(index),
          true,
          // Nothing is sent: what it keeps of a row must not say so.
          contextOf(job, {}, { index, sent: false }, 1),
        );
        if (turn !== this.#turn) return false;
        if ('heldBack' in result || ('fault' in result && result.fault.kind !== 'refused')) return false;
        this.#note(index, result);
      }
      return true;
    };
    const looks = await Promise.all(Array.from({ length: AT_ONCE }, lookOn));
    if (turn !== this.#turn) return;
    this.#isLooking = false;
    if (looks.every(Boolean)) this.at = this.#environment.now();
    this.#changed();
  }

  #changed(): void {
    this.#job.writer.touch();
    this.#job.publisher.touch();
  }

  #isRecent(index: number): boolean {
    const { endedAt } = this.#job.ledger.facts(index);
    return endedAt === null || Math.abs(this.#environment.now() - endedAt) < MAY_COME_MS;
  }

  #note(index: number, result: Result): void {
    const { ledger } = this.#job;
    const { status, reason } = ledger.facts(index);
    const found = foundOf(status, result);
    if (!found) return;
    if (found.settles) ledger.settle(index);
    const words = ledger.isUnanswered(index) ? mayStillCome(found.reason) : found.reason;
    if (found.status === status && sameText(words, reason)) return;
    ledger.keepBefore(index, beforeIn(result));
    ledger.end(index, found.status, words, this.#environment.now());
    this.#changed();
  }
}

/** What a look makes of a row that had ended so; null: nothing. */
function foundOf(was: ItemStatus, result: Result): { status: EndStatus; reason: Text; settles?: true } | null {
  if (!('answer' in result) || was === 'running' || was === 'waiting') return null;
  const { answer } = result;
  if (answer.status === 'not-done') {
    return was === 'done'
      ? {
          status: 'failed',
          reason: NO_LONGER,
        }
      : null;
  }
  const { status, reason = '', settles } = answer;
  // It says more already.
  if (was === 'failed' && status === 'failed') return null;
  if (was === 'done') return status === 'failed' ? { status, reason: withValues(LOOKED_AGAIN, { reason }) } : null;
  return { status, reason, ...(settles && { settles }) };
}
