import { hoursOrDays } from '~/lib/numbers';
import { withValues } from '~/lib/text';
import { isAtMas } from './kept-oauth';
import { noteLeaving } from './kept-session';
import { isAtSso } from './kept-sso';
import { forgetInMemory, noteUse, renewKey, sessionOf, signOutAs, signOutIfUnused, type Owner } from './session';
import { hearSessionTabs, tellSessionTabs } from './session-channel';

/** What happens to the page and to other tabs, and what it means for the session. */

const LOOK_EVERY_MS = 30_000;
/** From the click to the way to another site. */
const LEAVES_WITHIN_MS = 20_000;
const tab = typeof crypto === 'undefined' || !('randomUUID' in crypto) ? String(Math.random()) : crypto.randomUUID();

/** To call once, before the first render. */
export function watchPage(): void {
  window.addEventListener('pagehide', ({ persisted }) => {
    const now = Date.now();
    noteLeaving(now, isAtMas(now, LEAVES_WITHIN_MS) || isAtSso(now, LEAVES_WITHIN_MS));
    if (!persisted) return;
    // The browser may keep the page and bring it back as it is: long after a sign-out elsewhere, for whoever presses Back.
    document.documentElement.style.display = 'none';
    forgetInMemory();
  });
  window.addEventListener('pageshow', ({ persisted }) => {
    // As after a reload: what the tab keeps is looked at afresh, and nothing of before is shown.
    if (persisted) window.location.reload();
  });
  for (const event of ['pointerdown', 'keydown', 'wheel'] as const) {
    window.addEventListener(event, () => noteUse(), { capture: true, passive: true });
  }
  setInterval(lookForUse, LOOK_EVERY_MS);
  document.addEventListener('visibilitychange', lookForUse);
  hearSessionTabs((message) => {
    switch (message.type) {
      case 'signed-out':
        signOutAs(message.owner, withValues(SIGNED_OUT, { userId: message.owner.userId }));
        return;
      case 'key-destroyed':
        void renewKey(message.id);
        return;
      case 'who':
        if (sessionOf(message.owner) !== null) tellSessionTabs({ type: 'here', owner: message.owner, tab });
        return;
      case 'here':
      // See oauth-keeping.
      case 'tokens':
      case 'tokens-wanted':
    }
  });
}

function lookForUse(): void {
  void signOutIfUnused((forgetAfterMs) => withValues(UNUSED, { span: hoursOrDays(forgetAfterMs) }));
}

const SIGNED_OUT = /*i18n*/ {
  id: 'session.signed-out-elsewhere',
  message: '{userId} was signed out in another tab.',
} as const;
const UNUSED = /*i18n*/ {
  id: 'session.unused',
  message: 'You did not use Glia for {span}, so it signed you out.',
} as const;

/**
 * Counts the other tabs that are signed in as this account, as they answer. Those that sleep don't.
 * @returns a function that ends the counting
 */
export function countOtherTabs(owner: Owner, onCount: (count: number) => void): () => void {
  const tabs = new Set<string>();
  const end = hearSessionTabs((message) => {
    if (message.type !== 'here' || message.owner.userId !== owner.userId || message.owner.baseUrl !== owner.baseUrl)
      return;
    tabs.add(message.tab);
    onCount(tabs.size);
  });
  tellSessionTabs({ type: 'who', owner });
  return end;
}
