import type { Message } from '~/lib/text';
import type { ItemStatus, JobState } from './job';

/** What people read for each status, phase and verdict. The codes themselves are for programs and for reports in JSON. */

export const STATUS_TEXTS = {
  waiting: /*i18n*/ { id: 'status.waiting', message: 'not started' },
  running: /*i18n*/ { id: 'status.running', message: 'running' },
  done: /*i18n*/ { id: 'status.done', message: 'done' },
  skipped: /*i18n*/ { id: 'status.skipped', message: 'skipped' },
  failed: /*i18n*/ { id: 'status.failed', message: 'failed' },
  unknown: /*i18n*/ { id: 'status.unknown', message: 'unknown' },
} as const satisfies Record<ItemStatus, Message>;

/** The same with a number: “1,204 done”. */
export const STATUS_COUNTS = {
  waiting: /*i18n*/ { id: 'status.count-waiting', message: '{count, number} not started' },
  running: /*i18n*/ { id: 'status.count-running', message: '{count, number} running' },
  done: /*i18n*/ { id: 'status.count-done', message: '{count, number} done' },
  skipped: /*i18n*/ { id: 'status.count-skipped', message: '{count, number} skipped' },
  failed: /*i18n*/ { id: 'status.count-failed', message: '{count, number} failed' },
  unknown: /*i18n*/ { id: 'status.count-unknown', message: '{count, number} unknown' },
} as const satisfies Record<ItemStatus, Message>;

/** What each status means, for people who meet it for the first time. */
export const STATUS_MEANINGS = {
  done: /*i18n*/ { id: 'status.means-done', message: 'The homeserver answered that it is done.' },
  skipped: /*i18n*/ {
    id: 'status.means-skipped',
    message:
      'Left as it is: there was nothing to do, it changed since the plan, or it is already so and Glia can’t tell who did it.',
  },
  failed: /*i18n*/ {
    id: 'status.means-failed',
    message: 'The homeserver refused, or Glia looked again and it had not happened. The item says why.',
  },
  unknown: /*i18n*/ {
    id: 'status.means-unknown',
    message: 'No answer came, so Glia doesn’t know whether it happened.',
  },
  running: /*i18n*/ {
    id: 'status.means-running',
    message: 'The request was sent, and Glia is waiting for the answer.',
  },
  waiting: /*i18n*/ { id: 'status.means-waiting', message: 'Nothing was sent.' },
} as const satisfies Record<ItemStatus, Message>;

/** One word for a tag. */
export const PHASE_TEXTS = {
  ready: /*i18n*/ { id: 'phase.ready', message: 'starting' },
  running: /*i18n*/ { id: 'phase.running', message: 'running' },
  pausing: /*i18n*/ { id: 'phase.pausing', message: 'pausing' },
  paused: /*i18n*/ { id: 'phase.paused', message: 'paused' },
  stopping: /*i18n*/ { id: 'phase.stopping', message: 'stopping' },
  stopped: /*i18n*/ { id: 'phase.stopped', message: 'stopped' },
  finished: /*i18n*/ { id: 'phase.finished', message: 'finished' },
  lost: /*i18n*/ { id: 'phase.lost', message: 'record lost' },
} as const satisfies Record<JobState['phase'], Message>;

type Pause = Extract<JobState, { phase: 'paused' }>['why'];

/** Why a job is paused, as a title. */
export const PAUSE_TEXTS = {
  asked: /*i18n*/ { id: 'phase.paused-asked', message: 'Paused' },
  failures: /*i18n*/ { id: 'phase.paused-failures', message: 'Paused: too many failures' },
  unkept: /*i18n*/ { id: 'phase.paused-unkept', message: 'Paused: this browser can’t save the job' },
  'signed-out': /*i18n*/ { id: 'phase.paused-signed-out', message: 'Paused: access lost' },
} as const satisfies Record<Pause, Message>;

/** What a plan says of an item, where a wizard has no words of its own for it. */
export const VERDICT_TEXTS = {
  will: /*i18n*/ { id: 'verdict.will', message: 'will change' },
  nothing: /*i18n*/ { id: 'verdict.nothing', message: 'nothing to do' },
  cannot: /*i18n*/ { id: 'verdict.cannot', message: 'can’t be changed' },
} as const satisfies Record<string, Message>;

/** In the place of the verdict, where an item was left out by hand. */
export const LEFT_OUT = /*i18n*/ { id: 'verdict.left-out', message: 'left out' };
