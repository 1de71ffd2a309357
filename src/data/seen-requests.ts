import { watchRequests, type SeenRequest } from '~/api/seen';
import { accountMemory } from './account-memory';
import { currentAccounts, isSame, ownerOf, senderOf, sessionOf, watchSession, type Owner } from './session';

/** What each account sent lately, whatever for: the last one first, in memory until sign-out. Never a body or a token. */

export type Sent = Omit<SeenRequest, 'signal'> & { readonly number: number };

const MOST = 100;
const TELL_AFTER_MS = 200;
const all = accountMemory<readonly Sent[]>([]);

export const seenRequests = { get: all.get, subscribe: all.subscribe };

let count = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
/** What nobody was told of so far. */
let untold: { readonly owner: Owner; readonly sent: Sent }[] = [];

watchRequests(({ at, method, path, status, outcome, ms }, by) => {
  const sender = senderOf(by);
  if (!sender) return;
  count += 1;
  untold.push({ owner: ownerOf(sender), sent: { number: count, at, method, path, status, outcome, ms } });
  // A job sends thousands: who looks on is told a few times a second.
  timer ??= setTimeout(tell, TELL_AFTER_MS);
});

watchSession(() => {
  untold = untold.filter(({ owner }) => sessionOf(owner) !== null);
});

function tell(): void {
  const news = untold;
  timer = undefined;
  untold = [];
  for (const { session } of currentAccounts()) {
    const owner = ownerOf(session);
    const theirs = news.filter((one) => isSame(one.owner, owner)).map(({ sent }) => sent);
    const memory = all.of(owner);
    if (theirs.length > 0) memory.set([...theirs.toReversed(), ...memory.get()].slice(0, MOST));
  }
}
