import { currentSession } from '~/data/session';
import { pageForAll } from '~/lib/paths';

let isNobody = false;

/**
 * The address is about the account that is shown: with another one it leads to the same page where that is of no particular thing, else
 * home. The page of before is not left to be gone back to: it would be looked for on the other homeserver.
 */
export function addressOnSwitch(): void {
  const wasNobody = isNobody;
  isNobody = currentSession().status === 'signed-out';
  // Who signs in comes to the page that the address names.
  if (isNobody || wasNobody) return;
  window.history.replaceState(null, '', `#${pageForAll(window.location.hash.slice(1))}`);
}
