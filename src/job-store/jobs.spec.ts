import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HomeserverError, type ErrorFacts } from '~/api/errors';
import type { JobSpec, JobState } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import {
  classifyHomeserverError,
  homeserverFor,
  jobById,
  SignedOutError,
  startJob,
  startScan,
  warnsOnLeaving,
} from './jobs';
import { currentSession, signIn, signOut } from '~/data/session';
import { inWords } from '~/testing/in-words';

const OWNER = { baseUrl: 'https://hs.example', userId: '@admin:hs.example' };

function signInAs(userId = OWNER.userId, token = 'secret'): void {
  const homeserver = { baseUrl: OWNER.baseUrl, token };
  signIn({ homeserver, userId, serverName: 'hs.example', version: '1.163.2', mas: false, demo: false }, 'page');
}
beforeEach(() => signInAs());
afterEach(() => signOut());

const error = (facts: Partial<ErrorFacts>) =>
  new HomeserverError({ kind: 'matrix', method: 'PUT', path: '/x', ...facts });
const kindOf = (facts: Partial<ErrorFacts>) => classifyHomeserverError(error(facts)).kind;

describe('what an error means for a job', () => {
  it('429: busy, for as long as the homeserver says', () => {
    expect(classifyHomeserverError(error({ status: 429, retryAfterMs: 1200 }))).toMatchObject({
      kind: 'busy',
      waitMs: 1200,
    });
    expect(classifyHomeserverError(error({ status: 429 }))).toMatchObject({ kind: 'busy', waitMs: null });
  });

  it('401: signed out, and sign-in opens over the page', () => {
    expect(kindOf({ status: 401, errcode: 'M_UNKNOWN_TOKEN' })).toBe('signed-out');
    expect(currentSession().status).toBe('expired');
  });

  it.each(['GET', 'DELETE'])('a proxy’s 401 to a %s: unanswered, and the token is kept', (method) => {
    expect(kindOf({ kind: 'http', status: 401, method })).toBe('unanswered');
    expect(currentSession().status).toBe('signed-in');
  });

  it('a proxy’s 429 slows everything down too', () => {
    expect(kindOf({ kind: 'http', status: 429 })).toBe('busy');
  });

  it('no admin any more: signed out, though the token is good', () => {
    expect(kindOf({ status: 403, serverReason: 'You are not a server admin' })).toBe('signed-out');
    expect(currentSession().status).toBe('signed-in');
  });

  it.each([
    ['a cut connection', { kind: 'network' }],
    ['no answer in time', { kind: 'timeout' }],
    ['a proxy’s 504', { kind: 'http', status: 504 }],
    ['a proxy’s 404', { kind: 'http', status: 404 }],
    ['a proxy’s 403', { kind: 'http', status: 403 }],
    ['a success that can’t be read', { kind: 'shape', status: 200 }],
  ] as const)('%s on a write: unanswered, since it may have happened', (_what, facts) => {
    expect(kindOf(facts)).toBe('unanswered');
  });

  it.each([
    ['a cut connection', { kind: 'network' }, 'unanswered'],
    ['a proxy’s 502', { kind: 'http', status: 502 }, 'unanswered'],
    ['Traefik’s 404 while a container restarts', { kind: 'http', status: 404 }, 'unanswered'],
    ['a portal’s page with 200', { kind: 'http', status: 200 }, 'unanswered'],
    ['a proxy’s redirect to its own sign-in', { kind: 'redirect' }, 'unanswered'],
    ['what a proxy finds too large', { kind: 'http', status: 413 }, 'refused'],
    ['the homeserver’s 500', { status: 500 }, 'unanswered'],
    ['an answer of another form', { kind: 'shape', status: 200 }, 'refused'],
    ['404', { status: 404 }, 'refused'],
  ] as const)('%s on a read: %s', (_what, facts, kind) => {
    expect(kindOf({ method: 'GET', ...facts })).toBe(kind);
  });

  it('anything else: refused, with the homeserver’s own reason', () => {
    const refusal = error({ status: 409, errcode: 'M_UNKNOWN', serverReason: 'External id is already in use.' });
    expect(inWords(classifyHomeserverError(refusal))).toEqual({
      kind: 'refused',
      reason: 'External id is already in use. (409 M_UNKNOWN)',
    });
  });
});

describe('whose token a job uses', () => {
  it('today’s, of the account that began it', () => {
    signInAs(OWNER.userId, 'newer');
    expect(homeserverFor(OWNER).token).toBe('newer');
  });

  it('also while another account of this tab is shown', () => {
    signInAs(OWNER.userId, 'of the owner');
    signInAs('@other:hs.example', 'of the other');
    expect(homeserverFor(OWNER).token).toBe('of the owner');
  });

  it('never another account’s: that is as good as signed out', () => {
    signOut();
    signInAs('@other:hs.example');
    expect(() => homeserverFor(OWNER)).toThrow(SignedOutError);
    expect(classifyHomeserverError(new SignedOutError('gone')).kind).toBe('signed-out');
  });
});

const spec = (overrides: Partial<JobSpec<string>> = {}): JobSpec<string> => ({
  kind: 'test',
  title: 'Test',
  owner: OWNER,
  items: ['a', 'b'],
  describe: (item) => ({ id: item, columns: {} }),
  run: () => Promise.resolve({ status: 'done' }),
  classify: classifyHomeserverError,
  repeatable: true,
  ...overrides,
});

describe('beginning a job', () => {
  it('promise 2: runs the number that was confirmed, and refuses any other before anything is sent', async () => {
    const run = vi.fn<JobSpec<string>['run']>(() => Promise.resolve({ status: 'done' }));
    expect(() => startJob(spec({ run }), 3)).toThrow(/confirmed/);
    expect(run).not.toHaveBeenCalled();
    const job = startJob(spec({ run }), 2);
    await job.settled();
    expect(run).toHaveBeenCalledTimes(2);
    expect(jobById(job.id)).toBe(job);
  });

  it('does not list a scan', async () => {
    const scan = startScan(spec());
    expect((await scan.settled()).counts.done).toBe(2);
    expect(jobById(scan.id)).toBeUndefined();
  });

  it('warns on leaving while something runs or waits to be decided, and not before or after', () => {
    const ready = createJob(spec()).getSnapshot();
    const warns = (state: JobState) => warnsOnLeaving([{ ...ready, state }]);
    expect(warns({ phase: 'running', canary: false })).toBe(true);
    expect(warns({ phase: 'paused', why: 'asked', reason: '' })).toBe(true);
    expect(warns({ phase: 'finished' })).toBe(false);
    expect(warns({ phase: 'stopped' })).toBe(false);
    expect(warnsOnLeaving([])).toBe(false);
  });
});
