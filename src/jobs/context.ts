import type { Text } from '~/lib/text';
import type { Ticket } from './consequence';
import { HeldBack, STILL_WORKING, type JobSpec, type LedgerRow, type RunContext } from './job';
import { backEntry } from './journal';
import type { Ledger } from './ledger';
import type { Pace } from './pace';
import type { JournalWriter } from './journal-writer';
import type { Retries } from './retries';

const PAUSED_FIRST = /*i18n*/ { id: 'job.paused-first', message: 'Not sent, because the job paused first.' };

/** Who pauses or stops a job does not wait longer for what only waits. */
const NOTICED_MS = 1000;

/** Of the engine, what an item gets to see. */
export interface Ground {
  readonly ledger: Ledger;
  readonly writer: JournalWriter;
  readonly pace: Pace;
  readonly retries: Retries;
  readonly signal: AbortSignal;
  readonly isRunning: boolean;
  row(index: number): LedgerRow;
  reopen(why: Text): void;
}

/** What a try of an item is given. It notes in the ticket when something may have been sent. */
export function contextOf(
  ground: Ground,
  { keepsFirst = false }: Pick<JobSpec<never>, 'keepsFirst'>,
  ticket: Pick<Ticket, 'index' | 'sent'>,
  attempt: number,
): RunContext {
  const { ledger, writer, pace, signal } = ground;
  const { index } = ticket;
  /** What was noted of the item is durable before it is sent. */
  const aboutToSend = async () => {
    if (keepsFirst) writer.note(['sent', index]);
    await writer.written();
    if (!keepsFirst) return;
    // Nothing can be kept, or a pause was asked for: it is put back to the queue.
    if (!ground.isRunning) throw new HeldBack(false, PAUSED_FIRST);
    ticket.sent = true;
  };
  return {
    signal,
    attempt,
    row: (other) => ground.row(other),
    reopen: (why) => ground.reopen(why),
    sentEarlier: ledger.isUnanswered(index),
    kept: ledger.facts(index).before,
    holdBack: (sent = false) => pace.holdBack(sent),
    wait: (ms) => pace.wait(ms),
    async follow(ms) {
      for (let left = ms; left > 0; left -= NOTICED_MS) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await pace.wait(Math.min(left, NOTICED_MS));
        if (!ground.isRunning) throw new HeldBack(true, STILL_WORKING);
      }
    },
    async keepBefore(before) {
      ledger.keepBefore(index, before);
      await aboutToSend();
    },
    parts: ledger.parts(index),
    addPart: (part) => ledger.addPart(index, part),
    async keepPart(part) {
      ledger.addPart(index, part);
      await aboutToSend();
    },
    partAnswered(part, settles = false) {
      if (part !== undefined) ledger.addPart(index, part);
      if (settles) ledger.settle(index);
      ground.retries.forget(index);
      ticket.sent = false;
      if (keepsFirst) writer.note(backEntry(index, '', ledger.attempts(index), ledger.isUnanswered(index)));
    },
    mayGoOn() {
      pace.holdBack(false);
      if (!ground.isRunning) throw new HeldBack(false, PAUSED_FIRST);
    },
  };
}
