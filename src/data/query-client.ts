import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { HomeserverError } from '~/api/errors';
import { watchShown } from './account-memory';
import { expireSession } from './session';

/**
 * Reading again helps only where no answer came or a proxy stumbled. A Matrix error is the server's word, and what a proxy refuses
 * (401, 404) it mostly refuses for good: that is shown at once.
 */
function worthAnotherTry(failures: number, error: Error): boolean {
  if (failures >= 2 || !(error instanceof HomeserverError)) return false;
  if (error.status === 429) return true;
  return error.kind === 'network' || error.kind === 'timeout' || (error.kind === 'http' && (error.status ?? 0) >= 500);
}

/** Whoever notices that the token is no longer good: sign-in opens over the page. */
function onError(error: Error): void {
  if (error instanceof HomeserverError && error.signedOut) expireSession(error.text, error.sentAt, error.sentWith);
}

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: worthAnotherTry,
        // An admin list is read with thought; it must not jump because the window got the focus.
        refetchOnWindowFocus: false,
      },
    },
  });
  // It is of one account: what was read for it is not kept for a while, as what no screen shows otherwise is.
  const end = watchShown(() => {
    client.clear();
    end();
  });
  return client;
}
