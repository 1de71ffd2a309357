import { describe, expect, it } from 'vitest';
import type { JobSnapshot } from '~/jobs/job';
import { filterJobs, filtersSet, jobList, kindWords } from './job-list';

const job = (id: string, some: Partial<JobSnapshot>): JobSnapshot => ({
  id,
  kind: 'user.lock',
  title: `Lock ${id}`,
  owner: { baseUrl: 'https://hs.example', userId: '@admin:hs.example' },
  state: { phase: 'finished' },
  total: 1,
  counts: { done: 1, skipped: 0, failed: 0, unknown: 0, running: 0, waiting: 0 },
  startedAt: 0,
  endedAt: 0,
  ratePerSecond: null,
  remainingMs: null,
  waitingUntil: null,
  concurrency: 1,
  canVerify: true,
  scan: false,
  version: 0,
  ...some,
});
const failed = { done: 0, skipped: 0, failed: 1, unknown: 0, running: 0, waiting: 0 };
const JOBS = [
  job('well', {}),
  job('bad', { counts: failed }),
  job('paused', { state: { phase: 'paused', why: 'asked', reason: '' } }),
  job('stopped', { state: { phase: 'stopped' } }),
  job('lost', { state: { phase: 'lost', at: 0, reason: '' } }),
  job('joins', { kind: 'join-rooms', title: 'Join 2 users to Lobby' }),
  job('new', { startedAt: new Date(2020, 2, 1, 23, 59).getTime(), state: { phase: 'stopped' }, kind: 'user.unlock' }),
  job('reading', { kind: 'read.messages', state: { phase: 'stopped' } }),
  job('theirs', { owner: { baseUrl: 'https://hs.example', userId: '@other:hs.example' } }),
];
const shown = (query: string) =>
  filterJobs(JOBS, jobList.read(new URLSearchParams(query)), ({ owner }) => owner.userId.startsWith('@admin')).map(
    ({ id }) => id,
  );

describe('the list of jobs', () => {
  it.each([
    ['', JOBS.map(({ id }) => id)],
    ['outcome=open', ['paused']],
    ['outcome=problems', ['bad']],
    ['outcome=stopped', ['stopped', 'new', 'reading']],
    ['outcome=lost', ['lost']],
    ['kind=join-rooms', ['joins']],
    ['whose=others', ['theirs']],
    ['outcome=well&whose=mine', ['well', 'joins']],
    ['whose=@other:hs.example', ['theirs']],
    ['kind=readings', ['reading']],
    ['kind=changes&from=2020-01-01', ['new']],
    ['from=2020-03-01&to=2020-03-01', ['new']],
    ['to=2019-12-31', JOBS.filter(({ id }) => id !== 'new').map(({ id }) => id)],
    ['from=yesterday', JOBS.map(({ id }) => id)],
    ['search=LOBBY', ['joins']],
    ['search=join users', ['joins']],
    ['outcome=nonsense&whose=%00', JOBS.map(({ id }) => id)],
  ])('with “%s” shows what fits', (query, ids) => {
    expect(shown(query)).toEqual(ids);
  });

  it('stands in the URL as short as it can, and is read back as it was', () => {
    const state = jobList.read(new URLSearchParams('outcome=stopped&search=x'));
    expect(String(jobList.write(state))).toBe('search=x&outcome=stopped');
    expect(jobList.read(jobList.write(state))).toEqual(state);
    expect(filtersSet(state)).toBe(1);
  });

  it('calls a kind as its menu does', () => {
    expect(kindWords('user.lock')).toBe('Lock');
    expect(kindWords('join-rooms')).toBe('Join users to rooms');
    expect(kindWords('of another version')).toBe('of another version');
  });
});
