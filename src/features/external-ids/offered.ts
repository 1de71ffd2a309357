import { queryOptions } from '@tanstack/react-query';
import { loginFlows } from '~/api/homeserver';
import type { Session } from '~/data/session';
import type { OfferedProvider } from './plan';

/** The providers that sign-in offers today. Not asked where MAS signs users in: Synapse has no part in it. */
export function offeredProviders({ homeserver, mas }: Session) {
  return queryOptions({
    queryKey: [homeserver.baseUrl, 'login-flows'],
    enabled: !mas,
    queryFn: async ({ signal }): Promise<OfferedProvider[]> => {
      const flows = await loginFlows(homeserver, signal);
      // CAS has a flow of its own and no list; its external IDs say `cas` (`synapse/handlers/cas.py`).
      const cas = flows.some(({ type }) => type === 'm.login.cas') ? [{ id: 'cas', name: 'CAS' }] : [];
      const listed = flows.flatMap((flow) => flow.identity_providers ?? []);
      return [...cas, ...listed].filter(({ id }, index, all) => all.findIndex((other) => other.id === id) === index);
    },
  });
}
