import { showAccount, type Owner } from '~/data/session';

/** Shows another account of this tab, with a page of its own. */
export function openAs(owner: Owner, path: string): void {
  showAccount(owner);
  // Its pages are not drawn yet: they begin with the address that they find.
  window.history.replaceState(null, '', `#${path}`);
}
