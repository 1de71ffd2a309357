import type { MockHomeserver } from './homeserver';
import { makeMedia } from './world/media';
import type { Maker } from './world/plan';
import { SIZES } from './world/plan';
import { makeRest } from './world/rest';
import { makeRooms } from './world/rooms';
import { makeUsers } from './world/users';

/** How long the making may hold the thread before it lets the page yieldToPage, ms. */
const BREATH_MS = 10;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * The demo world: `demo` has 10,000 users, 500 rooms, 20,000 local files over three years and a remote cache; `small` the same
 * variety in 60 users, 12 rooms, 80 files. The same seed gives the same world. Never holds the thread for long.
 */
export async function fillDemoWorld(hs: MockHomeserver, size: 'demo' | 'small' = 'demo'): Promise<void> {
  const makers: readonly Maker[] = [makeUsers, makeRooms, makeMedia, makeRest];
  for (const make of makers) {
    const making = make(hs, SIZES[size]);
    let since = performance.now();
    while (!making.next().done) {
      if (performance.now() - since < BREATH_MS) continue;
      await pause();
      since = performance.now();
    }
  }
}
