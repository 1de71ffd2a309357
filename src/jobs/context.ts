import type { Text } from '~/lib/text';
import type { Ticket } from './consequence';
import { HeldBack, STILL_WORKING, type JobSpec, type LedgerRow, type RunContext } from './job';
import type { Ledger } from './ledger';
import type { Pace } from './pace';
import type { JournalWriter } from './journal-writer';

const PAUSED_FIRST = /*i18n*/ { id: 'job.paused-first', message: 'Not sent, because the job paused first.' };

/** Who pauses or stops a job does not wait longer for what only waits. */
const NOTICED_MS = 1000;

/** Of the engine, what an item gets to see. */
export interface Ground {
  readonly ledger: Ledger;
  readonly writer: JournalWriter;
  readonly pace: Pace;
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
      if (keepsFirst) writer.note(['sent', index]);
      await writer.written();
      if (!keepsFirst) return;
      // Nothing can be kept, or a pause was asked for: it is put back to the queue.
      if (!ground.isRunning) throw new HeldBack(false, PAUSED_FIRST);
      ticket.sent = true;
    },
  };
}
