import { t } from '@lingui/core/macro';

/** What is promised of the token, in the words of the README's “Your access token”. */

/** How long a tab keeps it where it does not forget it with a reload. */
export const keptByTab = (): string =>
  t`Otherwise this tab keeps it, encrypted, until a minute after you close the tab or open another site in it. After a crash, the tab stays signed in until the time below has passed without use.`;

/** Where a sign-out forgets it. Tabs know each other's account by the homeserver's URL and the user ID together. */
export const forgetsIn = (everywhere: boolean, user: string, host: string): string =>
  everywhere
    ? t`Glia forgets the access token of ${user} at ${host} in all tabs of this browser that are signed in at this homeserver URL. Tabs that use another URL of the homeserver stay signed in.`
    : t`Glia forgets the access token of ${user} at ${host} in this tab.`;
