import type { Cause } from '~/api/verdicts';

export type Field = 'url' | 'token';

/** Beside which field a cause is said: the one that the admin would look at first. */
export function fieldOf(cause: Cause): Field {
  switch (cause) {
    case 'url':
    case 'mixed-content':
    case 'plain-http':
    case 'redirect':
    case 'unreachable':
    case 'cors':
    case 'timeout':
    case 'busy':
    case 'homeserver-down':
    case 'not-a-homeserver':
    case 'client-api-blocked':
    case 'admin-api-blocked':
    case 'admin-api-absent':
    case 'authorization-blocked':
    case 'media':
    case 'old':
      return 'url';
    case 'authorization-dropped':
    case 'token-unknown':
    case 'token-expired':
    case 'guest':
    case 'account-locked':
    case 'account-expired':
    case 'account-missing':
    case 'mas-down':
    case 'mas-scope':
    case 'not-admin':
    case 'odd':
      return 'token';
  }
}
