import { afterEach, describe, expect, it, vi } from 'vitest';
import { HeldError, sendsAs } from '~/api/held';
import { path, requestAsIs } from '~/api/request';
import { typedPath } from '~/api/typed-path';
import { takeConfig } from '~/data/read-config';
import { readOnlyReason } from '~/data/read-only';
import { currentSession, setReadOnly, signIn, signInAgain, signOut, type Session } from '~/data/session';
import { asServer } from '~/job-store/action-jobs';
import { actionOf, allActions } from '~/actions/all';
import { classifyHomeserverError, ownerOf, startJob } from '~/job-store/jobs';
import { english } from '~/lib/english';
import { TextError } from '~/lib/text-error';
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
  takeConfig('{}');
  sent.mockClear();
});

const write = (as?: string) => {
  const { signal } = new AbortController();
  if (as !== undefined) sendsAs(signal, as);
  return requestAsIs(session.homeserver, { method: 'POST', path: path`/_synapse/admin/v1/x`, body: '{}', signal });
};

describe('allowedActions in config.json', () => {
  it('offers no other action, with the reason', () => {
    takeConfig('{"allowedActions": ["user.*", "room.block"]}');
    signIn(session, 'page');
    const server = asServer(now());
    const reason = (kind: string) => english(actionOf(kind)?.guard?.(server) ?? '');
    expect([reason('user.lock'), reason('room.block')]).toEqual(['', '']);
    expect(reason('room.unblock')).toContain('“allowedActions” in its config.json leaves out room.unblock');
    const kinds = allActions.filter(({ kind }) => reason(kind).includes('allowedActions')).map(({ kind }) => kind);
    expect(kinds).toEqual(
      allActions.map(({ kind }) => kind).filter((kind) => !kind.startsWith('user.') && kind !== 'room.block'),
    );
  });

  it('begins no job of another kind, and sends nothing that no allowed job sends', async () => {
    takeConfig('{"allowedActions": ["user.*"]}');
    signIn(session, 'page');
    const spec = { kind: 'join-rooms', title: '', owner: ownerOf(session), items: [], repeatable: true } as const;
    const job = { ...spec, describe: () => ({ id: '', columns: {} }), run: vi.fn<never>(), classify: vi.fn<never>() };
    expect(() => startJob(job, 0)).toThrow(TextError);
    await expect(write('join-rooms')).rejects.toThrow(HeldError);
    await expect(write()).rejects.toThrow(HeldError);
    expect(sent).not.toHaveBeenCalled();
    await expect(write('user.lock')).resolves.toMatchObject({ status: 200 });
  });

  it('lets the console send what it likes where it is allowed itself', async () => {
    takeConfig('{"allowedActions": ["console.sent"]}');
    signIn(session, 'page');
    await expect(write()).resolves.toMatchObject({ status: 200 });
  });
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

  it('is always on where config.json says so, whatever the tab wants', async () => {
    takeConfig('{"readOnly": true}');
    signIn(session, 'page');
    await setReadOnly(false);
    const held = readOnlyReason(now());
    expect(english(held ?? '')).toContain('“readOnly” in its config.json');
    expect(allActions.filter(({ guard }) => guard?.(asServer(now())) !== held)).toEqual([]);
    const asking = requestAsIs(session.homeserver, { method: 'POST', path: path`/_synapse/admin/v1/x`, body: '{}' });
    await expect(asking).rejects.toThrow(HeldError);
    expect(sent).not.toHaveBeenCalled();
  });

  it('pauses a job, as nothing was sent', () => {
    expect(classifyHomeserverError(new HeldError('why'))).toEqual({ kind: 'signed-out', reason: 'why' });
  });
});
