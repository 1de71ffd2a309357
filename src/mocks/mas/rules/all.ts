import type { MasRoute } from '../call';
import { clientRoutes } from './clients';
import { emailRoutes } from './emails';
import { personalSessionRoutes } from './personal-sessions';
import { policyDataRoutes } from './policy-data';
import { masRegistrationTokenRoutes } from './registration-tokens';
import { serverRoutes } from './server';
import { sessionRoutes } from './sessions';
import { upstreamRoutes } from './upstream';
import { masUserRoutes } from './users';

/** The Admin API, a file per chapter. */
export const allMasRoutes: readonly MasRoute[] = [
  ...serverRoutes,
  ...masUserRoutes,
  ...emailRoutes,
  ...sessionRoutes,
  ...personalSessionRoutes,
  ...clientRoutes,
  ...masRegistrationTokenRoutes,
  ...upstreamRoutes,
  ...policyDataRoutes,
];
