import { afterEach, beforeEach, vi } from 'vitest';
import { currentSession, signOut, type Session } from '~/data/session';
import { MockHomeserver } from '~/mocks/homeserver';
import { signInTo } from './signed-in';

/** What `fetch` does where this homeserver is all there is. */
export const reaching =
  (model: MockHomeserver) =>
  (url: string, init: RequestInit): Promise<Response> =>
    model.handle(new Request(url, init));

/**
 * A homeserver behind `fetch`, with its admin signed in: a new one for each test of a file.
 * @param make another one than usual
 * @param staysSignedIn nothing in the file may sign the admin out, such as a proxy's 401
 */
export function modelForEach(
  take: (model: MockHomeserver, session: Session) => void,
  staysSignedIn = false,
  make: () => MockHomeserver = () => new MockHomeserver(),
): void {
  let model: MockHomeserver;
  beforeEach(() => {
    model = make();
    vi.stubGlobal('fetch', reaching(model));
    take(model, signInTo(model));
  });
  afterEach(() => {
    const { status } = currentSession();
    signOut();
    vi.unstubAllGlobals();
    if (staysSignedIn && status !== 'signed-in') throw new Error('Somebody was signed out');
    if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
  });
}
