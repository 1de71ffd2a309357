import type { Result } from './attempt';
import type { Environment } from './environment';
import type { Fault } from './job';
import type { EndStatus } from './journal';
import { retryDelayMs, type Pace } from './pace';
import { afterSilence, MAX_BUSY, mayStillCome, type Retries } from './retries';

export const NOT_DONE = 'Verified: it did not happen.';

/** What an attempt knew when it was sent. */
export interface Ticket {
  index: number;
  /** Looks whether an unknown item happened, instead of running it. */
  verifying: boolean;
  wave: number;
  epoch: number;
}

/** What comes of an attempt. */
export type Consequence =
  | { kind: 'end'; status: EndStatus; reason: string }
  /** It has to run again, at its next turn. */
  | { kind: 'back'; reason: string }
  /** It has to run again, after a pause in ms. */
  | { kind: 'later'; reason: string; ms: number }
  | { kind: 'not-done' }
  | { kind: 'signed-out'; reason: string };

interface Ground {
  pace: Pace;
  retries: Retries;
  environment: Environment;
  /** Whether an unanswered item may be sent again. */
  repeatable: boolean;
  maxAttempts: number;
  isRunning: boolean;
}

/** Tells pace and retries what came, and says what comes of it. */
export function consequenceOf(ticket: Ticket, result: Result, ground: Ground): Consequence {
  if ('fault' in result) return ofFault(ticket, result.fault, ground);
  if ('heldBack' in result) {
    const { message: reason, sent } = result.heldBack;
    if (sent) noteSent(ticket.index, reason, ground.retries);
    return { kind: 'back', reason };
  }
  const { answer } = result;
  ground.pace.answered(ticket.wave);
  if (answer.status === 'not-done') return { kind: 'not-done' };
  const { status, reason = '' } = answer;
  const late = status === 'skipped' && ground.retries.sentEarlier(ticket.index);
  return { kind: 'end', status, reason: late ? mayStillCome(reason) : reason };
}

/** It is not untouched, whatever comes next: a stop, a crash. */
function noteSent(index: number, reason: string, retries: Retries): void {
  if (retries.silences(index) === 0) retries.noteSilence(index, reason);
}

function ofFault({ index, verifying, wave }: Ticket, fault: Fault, ground: Ground): Consequence {
  const { pace, retries } = ground;
  const { reason } = fault;
  if ('sent' in fault && fault.sent) noteSent(index, reason, retries);
  switch (fault.kind) {
    case 'busy': {
      pace.busy(fault.waitMs, wave);
      const times = retries.noteBusy(index);
      if (times < MAX_BUSY) return { kind: 'back', reason };
      const mayHaveHappened = verifying || retries.silences(index) > 0;
      return {
        kind: 'end',
        status: mayHaveHappened ? 'unknown' : 'failed',
        reason: `The server asked to slow down ${times} times: ${reason}`,
      };
    }
    case 'signed-out':
      return { kind: 'signed-out', reason };
    case 'unanswered': {
      pace.unanswered(wave);
      const tries = retries.noteSilence(index, reason);
      if (!(ground.repeatable || verifying) || tries >= ground.maxAttempts) {
        return { kind: 'end', status: 'unknown', reason };
      }
      if (!ground.isRunning) return { kind: 'back', reason };
      return { kind: 'later', reason, ms: retryDelayMs(tries, ground.environment.random()) };
    }
    case 'refused':
      pace.answered(wave);
      if (verifying) return { kind: 'end', status: 'unknown', reason: `It could not be verified: ${reason}` };
      // `failed` would say that nothing was changed.
      if (retries.silences(index) > 0) return { kind: 'end', status: 'unknown', reason: afterSilence(reason) };
      return { kind: 'end', status: 'failed', reason: retries.sentEarlier(index) ? mayStillCome(reason) : reason };
  }
}
