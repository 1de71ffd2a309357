import { HomeserverError } from './errors';

export type Seen<T> = { ok: true; value: T } | { ok: false; error: HomeserverError };
export type Look = <T>(ask: (signal: AbortSignal) => Promise<T>) => Promise<Seen<T>>;

/** One request with sign-in's own, shorter patience; its error is a value. */
export function looker({ signal, timeoutMs = 20_000 }: { signal?: AbortSignal; timeoutMs?: number }): Look {
  return async (ask) => {
    const patience = AbortSignal.timeout(timeoutMs);
    try {
      return { ok: true, value: await ask(signal ? AbortSignal.any([signal, patience]) : patience) };
    } catch (error) {
      if (!(error instanceof HomeserverError)) throw error;
      const { kind, method, path } = error;
      const late = kind === 'aborted' && signal?.aborted !== true;
      return { ok: false, error: late ? new HomeserverError({ kind: 'timeout', method, path }) : error };
    }
  };
}
