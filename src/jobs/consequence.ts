import { withValues, type Text } from '~/lib/text';
import type { Result } from './attempt';
import type { Environment } from './environment';
import type { Fault, JobSpec } from './job';
import type { EndStatus } from './journal';
import type { Ledger } from './ledger';
import { retryDelayMs, type Pace } from './pace';
import { MAX_BUSY, mayStillCome, type Retries } from './retries';

export const NOT_DONE = /*i18n*/ { id: 'job.has-not-happened', message: 'Glia looked again, and it has not happened.' };
const ALWAYS_BUSY = /*i18n*/ {
  id: 'job.always-busy',
  message: 'Glia gave up, because the homeserver asked to slow down {times, number} times. {reason}',
} as const;
const NOT_VERIFIED = /*i18n*/ {
  id: 'job.not-verified',
  message: 'Glia could not find out whether it happened: {reason}',
} as const;
const NOTHING_SENT = /*i18n*/ { id: 'job.nothing-sent', message: 'Nothing was sent: {reason}' } as const;

/** What an attempt knew when it was sent, and whether it sent anything that changes something. */
export interface Ticket {
  index: number;
  /** Looks whether an unknown item happened, instead of running it. */
  verifying: boolean;
  wave: number;
  epoch: number;
  /** False as long as nothing was sent that may change something; true where nobody can tell. */
  sent: boolean;
}

/** What comes of an attempt. */
export type Consequence =
  | { kind: 'end'; status: EndStatus; reason: Text }
  /** It has to run again, at its next turn. */
  | { kind: 'back'; reason: Text }
  /** It has to run again, after a pause in ms. */
  | { kind: 'later'; reason: Text; ms: number }
  | { kind: 'not-done'; reason: Text }
  /** What was unknown is known to be worked on: it runs again, at its next turn. */
  | { kind: 'underway'; reason: Text }
  | { kind: 'signed-out'; reason: Text };

interface Ground {
  pace: Pace;
  retries: Retries;
  ledger: Ledger;
  environment: Environment;
  spec: Pick<JobSpec<never>, 'repeatable' | 'scan'>;
  maxAttempts: number;
  isRunning: boolean;
}

/** Tells pace, retries and ledger what came, and says what comes of it. */
export function consequenceOf(ticket: Ticket, result: Result, ground: Ground): Consequence {
  if ('fault' in result) return ofFault(ticket, result.fault, ground);
  const { index } = ticket;
  const { ledger, retries } = ground;
  if ('heldBack' in result) {
    const { text: reason, sent } = result.heldBack;
    if (sent) noteSent(index, reason, retries);
    return { kind: 'back', reason: withDoubt(index, reason, ledger) };
  }
  const { answer } = result;
  ground.pace.answered(ticket.wave);
  if (answer.status === 'not-done') {
    if (answer.underway !== undefined) {
      noteSent(index, answer.underway, retries);
      return { kind: 'underway', reason: answer.underway };
    }
    // A server may carry it out even now. A scan only reads.
    if (!ground.spec.scan) ledger.noteUnanswered(index);
    return { kind: 'not-done', reason: withDoubt(index, NOT_DONE, ledger) };
  }
  if (answer.settles) ledger.settle(index);
  return { kind: 'end', status: answer.status, reason: withDoubt(index, answer.reason ?? '', ledger) };
}

const withDoubt = (index: number, reason: Text, ledger: Ledger): Text =>
  ledger.isUnanswered(index) ? mayStillCome(reason) : reason;

/** It is not untouched, whatever comes next: a stop, a crash. */
function noteSent(index: number, reason: Text, retries: Retries): void {
  if (!retries.isOpen(index)) retries.noteSilence(index, reason, true);
}

function ofFault(ticket: Ticket, fault: Fault, ground: Ground): Consequence {
  const { index, verifying, wave } = ticket;
  const { pace, retries, ledger } = ground;
  if ('sent' in fault && fault.sent) noteSent(index, fault.reason, retries);
  /** `failed` would say that nothing was changed. */
  const mayHaveHappened = verifying || retries.isOpen(index);
  const reason = withDoubt(index, fault.reason, ledger);
  switch (fault.kind) {
    case 'busy': {
      pace.busy(fault.waitMs, wave);
      const times = retries.noteBusy(index);
      if (times < MAX_BUSY) return { kind: 'back', reason };
      return {
        kind: 'end',
        status: mayHaveHappened || ledger.isUnanswered(index) ? 'unknown' : 'failed',
        reason: withValues(ALWAYS_BUSY, { times, reason }),
      };
    }
    case 'signed-out':
      return { kind: 'signed-out', reason: fault.reason };
    case 'unanswered':
      return ofSilence(ticket, fault, ground);
    case 'refused':
      pace.answered(wave);
      if (verifying) return { kind: 'end', status: 'unknown', reason: withValues(NOT_VERIFIED, { reason }) };
      return { kind: 'end', status: mayHaveHappened ? 'unknown' : 'failed', reason };
  }
}

function ofSilence(
  { index, verifying, wave, sent }: Ticket,
  { reason, repeatable }: Extract<Fault, { kind: 'unanswered' }>,
  ground: Ground,
): Consequence {
  const { pace, retries, ledger, spec } = ground;
  pace.unanswered(wave);
  const tries = retries.noteSilence(index, reason, sent);
  // What only reads changes nothing, however late it is carried out.
  if (sent && !spec.scan) ledger.noteUnanswered(index);
  const mayRepeat = (repeatable ?? spec.repeatable) || verifying || !sent;
  if (!mayRepeat || tries >= ground.maxAttempts) {
    const mayHaveHappened = sent || verifying || retries.isOpen(index) || ledger.isUnanswered(index);
    return mayHaveHappened
      ? { kind: 'end', status: 'unknown', reason }
      : { kind: 'end', status: 'failed', reason: withValues(NOTHING_SENT, { reason }) };
  }
  if (!ground.isRunning) return { kind: 'back', reason };
  return { kind: 'later', reason, ms: retryDelayMs(tries, ground.environment.random()) };
}
