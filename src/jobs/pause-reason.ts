import type { JobState } from './job';

/** Why a job rests. */
export type PauseReason = Extract<JobState, { phase: 'paused' }>;

/** Of two reasons at once the heavier is told: a lost token is worth more than a wish. */
export const WEIGHT: Readonly<Record<PauseReason['why'], number>> = { asked: 0, failures: 1, 'signed-out': 2 };
