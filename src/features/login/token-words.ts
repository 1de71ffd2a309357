/** What is promised of the token, in the words of the README's “Your access token”. */

/** How long a tab keeps it where it does not forget it with a reload. */
export const KEPT_BY_TAB =
  'Otherwise this tab keeps it, encrypted, until a minute after you close the tab or go to another site in it. After a crash the tab stays signed in, until Glia was not used for the time below.';

/** Where a sign-out forgets it. Tabs know each other's account by the homeserver's URL and the user id together. */
export const forgetsIn = (everywhere: boolean): string =>
  everywhere
    ? 'in all tabs of this browser that are signed in at this URL of the homeserver. A tab that is signed in at another URL of it stays signed in.'
    : 'in this tab.';
