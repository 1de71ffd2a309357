import { FORGET_AFTER_DEFAULT_MS, FORGET_AFTER_MS, type Keep } from '~/data/session';

export interface Keeping {
  keep: Keep;
  forgetAfterMs: number;
}
export const KEEP_BY_DEFAULT: Keeping = { keep: 'tab', forgetAfterMs: FORGET_AFTER_DEFAULT_MS };

/** What was chosen before the page was left for MAS, as it came back from storage: anything may have written there. */
export function keepingOf(kept: unknown): Keeping {
  const { keep, forgetAfterMs } = (kept ?? {}) as Partial<Record<keyof Keeping, unknown>>;
  const ms = FORGET_AFTER_MS.find((one) => one === forgetAfterMs);
  return (keep === 'page' || keep === 'tab') && ms !== undefined ? { keep, forgetAfterMs: ms } : KEEP_BY_DEFAULT;
}
