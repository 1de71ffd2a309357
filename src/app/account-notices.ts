import { t } from '@lingui/core/macro';
import { nameOfOther } from '~/data/account-looks';
import { currentAccounts, ownerOf, showAccount, watchDepartures, watchSession } from '~/data/session';
import { isolated } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { showToast } from '~/ui/toasts';

/** What happens to accounts of this tab that are not shown is said on the page of the one that is. */

watchDepartures(({ userId }, why) => {
  // Where nobody is left, the sign-in page says why.
  if (currentAccounts().length === 0) return;
  const user = isolated(userId);
  showToast({ tone: 'warning', title: t`${user} is signed out`, body: wordsOf(why) });
});

let expired: ReadonlySet<string> = new Set();
watchSession(() => {
  const now = new Set<string>();
  for (const { session, status } of currentAccounts()) {
    if (status !== 'expired') continue;
    const owner = ownerOf(session);
    const key = `${owner.baseUrl} ${owner.userId}`;
    now.add(key);
    const name = nameOfOther(owner);
    if (expired.has(key) || name === null) continue;
    const whose = isolated(name);
    showToast({
      tone: 'warning',
      title: t`${whose}: the access token is not accepted any more`,
      body: t`Its jobs are paused until you sign in again.`,
      actions: [{ label: t`Switch to it`, onClick: () => showAccount(owner) }],
    });
  }
  expired = now;
});
