import { HomeserverError } from '~/api/errors';
import { HeldError } from '~/api/held';
import type { Fault } from '~/jobs/job';
import { TextError } from '~/lib/text-error';
import type { Server } from './action';

/** What the run of an action throws, besides the errors of the homeserver. */

/** The answer was a success, and nothing has changed: whose answer it was is not known. */
export class NotSeen extends TextError {
  override readonly name = 'NotSeen';
}

/** The task was started, or the request sent, and how that ended can't be known. */
export class TaskLost extends TextError {
  override readonly name = 'TaskLost';
}

/** The change was refused, and it is as it was to be: by this job or by someone else. */
export class FoundSo extends Error {
  override readonly name = 'FoundSo';
}

/** @throws HeldError where nothing is to be changed now: the job waits */
export function orHeld(server: Server): Server {
  if (server.held !== undefined) throw new HeldError(server.held);
  return server;
}

/** Where the rules can’t be read, nothing is asked for: the homeserver itself does not look at them here. */
export function orNoRules(error: unknown): undefined {
  const isReadable = !(error instanceof HomeserverError) || error.status === 429 || error.signedOut;
  if (isReadable) throw error;
}

/** The look that judges a change found nothing out: the change itself was answered with success. */
export class AfterSuccess extends Error {
  override readonly name = 'AfterSuccess';
}

/** Whatever this error says, it is no answer to the change. */
export function faultAfter(fault: Fault): Fault {
  if (fault.kind === 'busy' || fault.kind === 'signed-out') return { ...fault, sent: true };
  return { kind: 'unanswered', reason: fault.reason };
}
