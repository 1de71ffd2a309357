import { describe, expect, test } from 'vitest';
import { HandClock, names, settle } from '~/testing/engine';
import { Disk, Server } from '~/testing/pages';
import { createJob } from './runner';

describe('promise 7: where the browser can’t keep the job', () => {
  test('where nothing can be kept, the job asks before anything is sent, and runs on when told to', async () => {
    const disk = new Disk();
    disk.fails = 'The disk is full.';
    const server = new Server();
    const job = createJob(server.spec(names(3)), new HandClock(), { journal: disk });
    job.start();
    await settle();
    expect(job.getSnapshot().state).toEqual({ phase: 'paused', why: 'unkept', reason: 'The disk is full.' });
    expect(server.asked).toEqual([]);
    job.resume();
    await settle();
    while (server.calls[0]) await server.calls[0].answer();
    expect(job.getSnapshot()).toMatchObject({
      state: { phase: 'finished' },
      counts: { done: 3 },
      kept: { ok: false, reason: 'The disk is full.' },
    });
  });

  test('a disk that is full in the middle pauses the job: what is in flight ends, nothing more is sent', async () => {
    const disk = new Disk();
    const server = new Server();
    const job = createJob(server.spec(names(40), { policy: { canary: 0, concurrency: 2 } }), new HandClock(), {
      journal: disk,
    });
    job.start();
    await settle();
    disk.fails = 'The disk is full.';
    for (let call = server.calls[0]; call; call = server.calls[0]) await call.answer();
    const { state, counts } = job.getSnapshot();
    expect(state).toMatchObject({ phase: 'paused', why: 'unkept' });
    expect(counts.done).toBe(server.asked.length);
    expect(counts.waiting).toBe(40 - server.asked.length);
    job.resume();
    await settle();
    for (let call = server.calls[0]; call; call = server.calls[0]) await call.answer();
    expect(job.getSnapshot()).toMatchObject({ state: { phase: 'finished' }, counts: { done: 40 } });
    expect(new Set(server.asked).size).toBe(40);
  });

  test('a disk that is full when a pause is written down: that is what the paused job asks about', async () => {
    const disk = new Disk();
    const server = new Server();
    const job = createJob(server.spec(names(9), { policy: { canary: 0, concurrency: 1 } }), new HandClock(), {
      journal: disk,
    });
    job.start();
    await settle();
    job.pause();
    disk.fails = 'The disk is full.';
    await server.calls[0]?.answer();
    expect(job.getSnapshot().state).toEqual({ phase: 'paused', why: 'unkept', reason: 'The disk is full.' });
    job.resume();
    await settle();
    for (let call = server.calls[0]; call; call = server.calls[0]) await call.answer();
    expect(job.getSnapshot()).toMatchObject({ state: { phase: 'finished' }, counts: { done: 9 } });
  });

  test('a lighter reason never takes the place of a weightier one: pausing what is paused changes nothing', async () => {
    const disk = new Disk();
    disk.fails = 'The disk is full.';
    const job = createJob(new Server().spec(names(2)), new HandClock(), { journal: disk });
    job.start();
    await settle();
    job.pause();
    await settle();
    expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'unkept' });
  });
});
