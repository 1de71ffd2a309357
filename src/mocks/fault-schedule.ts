import * as fc from 'fast-check';
import type { Fault } from './faults';
import { ConnectionReset } from './faults';
import type { MockHomeserver } from './homeserver';
import type { LogEntry } from './request-log';

/** For specs: faults drawn by chance, and a browser that meets them. */

type Played = Omit<Fault, 'match'>;

const answer = fc.constantFrom<Fault['answer']>(
  '401',
  '401-html',
  '403',
  '404-html',
  '404-traefik',
  'portal',
  'echo',
  '413',
  '500',
  '500-after',
  '502-html',
  '503',
  '504-after',
  'reset-before',
  'reset-after',
  'reset-after',
  'cut-short',
  'empty',
  'odd',
  'html',
);

const played: fc.Arbitrary<Played> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ answer, after: fc.nat(12) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      answer: fc.constant('429' as const),
      after: fc.nat(12),
      retryAfterMs: fc.constantFrom(null, -1, 0, 50, 3000, 1e15, 'soon'),
    }),
  },
  // The server is gone for a while.
  {
    weight: 1,
    arbitrary: fc.record({ answer: fc.constant('reset-before' as const), after: fc.nat(12), times: fc.nat(14) }),
  },
);

export interface Schedule {
  faults: Played[];
  /** Whether the browser sends a request again by itself where its connection broke, as Chromium does. */
  resends: boolean;
  /** At which requests the clock on the wall jumps, and how far, in hours. */
  jumps: { at: number; hours: number }[];
  /** At which requests the admin pauses. */
  pauses: number[];
}

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  faults: fc.array(played, { maxLength: 14 }),
  resends: fc.boolean(),
  jumps: fc.array(fc.record({ at: fc.nat(60), hours: fc.integer({ min: -12, max: 12 }) }), { maxLength: 2 }),
  pauses: fc.array(fc.nat(60), { maxLength: 2 }),
});

/** Nothing goes wrong. */
export const CALM: Schedule = { faults: [], resends: false, jumps: [], pauses: [] };

interface Events {
  onJump(ms: number): void;
  onPause(): void;
}

/** A `fetch` into the model that meets the schedule. */
export function fetchThrough(model: MockHomeserver, { faults, resends, jumps, pauses }: Schedule, events: Events) {
  for (const fault of faults) model.faults.next(fault);
  let sent = 0;
  return async (url: string, init: RequestInit): Promise<Response> => {
    sent += 1;
    for (const { at, hours } of jumps) if (at === sent) events.onJump(hours * 3_600_000);
    if (pauses.includes(sent)) events.onPause();
    try {
      return await model.handle(new Request(url, init));
    } catch (error) {
      if (!resends || !(error instanceof ConnectionReset)) throw error;
      return model.handle(new Request(url, init));
    }
  };
}

const saidDone = ({ worked, status, fault }: LogEntry) => worked === 200 && status === 200 && fault === null;
const about = ({ method, path, query, body }: LogEntry) => `${method} ${path}?${query} ${JSON.stringify(body)}`;

/**
 * Whether a row says what is. An item that was refused may still have happened where the browser sent its request again
 * by itself and the page read only the second answer: nobody can know that. What is found so after a request without an answer is
 * skipped, since somebody else may have been quicker.
 */
export function isTold(status: string, happened: boolean, { resends }: Schedule): boolean {
  return status === 'failed' ? !happened || resends : happened && (status === 'done' || status === 'skipped');
}

/** Changes that were sent once more after an answer had said that they are done. */
export function needlessRepeats(model: MockHomeserver): string[] {
  return [...Map.groupBy(model.log.writes(), about)]
    .filter(([, sent]) => sent.slice(0, -1).some(saidDone))
    .map(([what]) => what);
}
