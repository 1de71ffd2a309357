import { afterEach, describe, expect, it, vi } from 'vitest';
import { HeldError } from '~/api/held';
import { path, requestAsIs } from '~/api/request';
import { typedPath } from '~/api/typed-path';
import { readOnlyReason } from '~/data/read-only';
import { currentSession, setReadOnly, signIn, signInAgain, signOut, type Session } from '~/data/session';
import { asServer } from '~/job-store/action-jobs';
import { allActions } from '~/actions/all';
import { classifyHomeserverError } from '~/job-store/jobs';
import { ENTRIES } from './catalogue/catalogue';

const session: Session = {
  homeserver: { baseUrl: 'https://a.example', token: 'syt_of_the_admin_123' },
  userId: '@admin:a.example',
  serverName: 'a.example',
  version: '1.163.2',
  mas: false,
  demo: false,
};
const sent = vi.fn<() => Promise<Response>>(async () => new Response('{}'));
vi.stubGlobal('fetch', sent);

const now = (): Session => {
  const state = currentSession();
  if (state.status === 'signed-out') throw new Error('signed out');
  return state.session;
};

afterEach(() => {
  signOut();
  sent.mockClear();
});

describe('read-only mode', () => {
  it('sends none of the requests that change something, and all that only read', async () => {
    signIn(session, 'page');
    await setReadOnly(true);
    for (const { method, template, reads = false } of ENTRIES) {
      const asked = typedPath(template.replaceAll(/[{}]/g, ''));
      const asking = requestAsIs(session.homeserver, { method, path: asked ?? path`/`, body: '{}' });
      const isRead = method === 'GET' || reads;
      const ended = await asking.then(
        () => 'sent',
        (error: unknown) => (error instanceof HeldError ? 'held' : 'failed'),
      );
      // A browser gives a GET no body.
      expect([method, template, ended === 'held']).toEqual([method, template, !isRead]);
    }
    const writes = ENTRIES.filter(({ method, reads = false }) => method !== 'GET' && !reads);
    expect(writes.length).toBeGreaterThan(50);
    expect(sent).toHaveBeenCalledTimes(ENTRIES.length - writes.length);
  });

  it('offers no action, with the reason, until it is turned off', async () => {
    signIn(session, 'page');
    await setReadOnly(true);
    const held = readOnlyReason(now());
    expect(held).not.toBeNull();
    expect(allActions.filter(({ guard }) => guard?.(asServer(now())) !== held)).toEqual([]);
    await setReadOnly(false);
    expect(readOnlyReason(now())).toBeNull();
    expect(allActions.some(({ guard }) => (guard?.(asServer(now())) ?? null) === null)).toBe(true);
  });

  it('stays with a new token, and ends with the session', async () => {
    signIn(session, 'page');
    await setReadOnly(true);
    await signInAgain({ ...session, homeserver: { ...session.homeserver, token: 'syt_another_one_456' } });
    expect(now().readOnly).toBe(true);
    signOut();
    signIn(session, 'page');
    expect(readOnlyReason(now())).toBeNull();
  });

  it('pauses a job, as nothing was sent', () => {
    expect(classifyHomeserverError(new HeldError('why'))).toEqual({ kind: 'signed-out', reason: 'why' });
  });
});
