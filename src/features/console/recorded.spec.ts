import { beforeEach, expect, it, vi } from 'vitest';
import { HomeserverError } from '~/api/errors';
import { HeldError } from '~/api/held';
import type { AnswerAsIs } from '~/api/request';
import type { Session } from '~/data/session';
import { recorded } from './recorded';

const log: string[] = [];
let write: () => void;

vi.mock('~/job-store/readings', () => ({
  recordSent: () => {
    log.push('record');
    const written = new Promise<void>((done) => {
      write = () => {
        log.push('written');
        done();
      };
    });
    return { written, end: (outcome: string) => log.push(outcome) };
  },
}));

beforeEach(() => {
  log.length = 0;
});

const session: Session = {
  homeserver: { baseUrl: 'https://hs.example', token: 'the-token' },
  userId: '@admin:hs.example',
  serverName: 'hs.example',
  version: '1',
  mas: false,
  demo: false,
};
const draft = { method: 'DELETE', path: '/_synapse/admin/v1/rooms/x', body: '{}' } as const;
const { method, path } = draft;
const answer = { status: 200, text: '{}', headers: [], ms: 1 } satisfies AnswerAsIs;

function sendWith(ask: () => Promise<AnswerAsIs>, signal = new AbortController().signal) {
  const asking = () => {
    log.push('send');
    return ask();
  };
  const ended = recorded(draft, session, asking, signal).then(
    () => 'answered',
    () => 'refused',
  );
  expect(log).toEqual(['record']);
  write();
  return ended;
}

it('sends only when the record is written, and completes that with the answer', async () => {
  expect(await sendWith(() => Promise.resolve(answer))).toBe('answered');
  expect(log).toEqual(['record', 'written', 'send', 'done']);
});

it('without an answer it stays unknown; what was not sent is recorded as that', async () => {
  await sendWith(() => Promise.reject(new HomeserverError({ kind: 'network', method, path })));
  expect(log.at(-1)).toBe('unknown');
  log.length = 0;
  await sendWith(() => Promise.reject(new HeldError('Read-only')));
  expect(log.at(-1)).toBe('skipped');
  log.length = 0;
  const given = AbortSignal.abort();
  expect(await sendWith(() => Promise.reject(new HomeserverError({ kind: 'aborted', method, path })), given)).toBe(
    'refused',
  );
  expect(log.at(-1)).toBe('skipped');
});
