import { yieldToPage } from '~/lib/page-turn';
import { after } from './timers';

/** What the engine takes from the page: clocks, timers, chance. Specs bring their own, so that none of them sleeps. */
export interface Environment {
  /** Epoch ms, for people: it may jump. */
  now(): number;
  /** Ms from any start, never jumping: for waits, rates and time slices. */
  tick(): number;
  /** Calls back once after `ms`. @returns a function that calls it off. */
  after(ms: number, callback: () => void): () => void;
  /** Resolves in a later task, so that the page can paint and answer clicks in between. */
  yieldToPage(): Promise<void>;
  /** 0 to 1, as `Math.random`. */
  random(): number;
}

export const pageEnvironment: Environment = {
  now: () => Date.now(),
  tick: () => performance.now(),
  after,
  yieldToPage,
  random: () => Math.random(),
};

/** Ms of work before the page gets its turn: half of a frame at 60 Hz. */
export const SLICE_MS = 8;
