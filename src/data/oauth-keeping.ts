import { refresh } from '~/api/oauth';
import { setTokenKeeper } from '~/api/token-keeper';
import { OAuthKeeper, type Holder } from './oauth-keeper';
import { currentAccounts, expireSession, ownerOf, renewToken, sessionOf } from './session';
import { hearSessionTabs, tellSessionTabs } from './session-channel';

let isKeeping = false;

/** From now on the tokens of this tab that run out are renewed. Loaded where somebody signed in through MAS. */
export function keepTokens(): void {
  if (isKeeping) return;
  isKeeping = true;
  setTokenKeeper(
    new OAuthKeeper({
      now: Date.now,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      alone,
      refresh,
      holders,
      put: renewToken,
      finish: ({ owner, token }, reason) =>
        expireSession(reason, Number.POSITIVE_INFINITY, { baseUrl: owner.baseUrl, token }),
      tell: tellSessionTabs,
      hear: (listener) => {
        hearSessionTabs((message) => {
          if (message.type === 'tokens' || message.type === 'tokens-wanted') listener(message);
        });
      },
    }),
  );
}

/** What the tokens of a family are renewed in, by whichever tab. */
export const lockOf = (family: string): string => `glia-oauth-${family}`;

/** Browsers have locks where they have encryption, without which nobody signs in through MAS. */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request(name, work);
  else await work();
}

function holders(): Holder[] {
  return currentAccounts().flatMap(({ status, session }) => {
    // What was renewed last: it may not be shown yet.
    const { oauth, homeserver } = sessionOf(ownerOf(session)) ?? session;
    return status === 'signed-in' && oauth ? [{ owner: ownerOf(session), token: homeserver.token, oauth }] : [];
  });
}
