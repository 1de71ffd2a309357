import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createJob } from '~/jobs/runner';
import type { Job, JobSpec } from '~/jobs/job';
import { whenOver } from '~/jobs/phase';
import type { Fault } from '~/mocks/faults';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { LateLanding } from '~/mocks/late-landing';
import { groundOf, planned } from '~/testing/actions';
import { asKept, Hurry, Notebook } from '~/testing/engine';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { signInTo } from '~/testing/signed-in';
import { addWriting } from '~/testing/worlds/access';
import type { ActionItem } from './plan';
import { reviveAction } from './revive';
import { redact } from './user/redact';

/** Some changes are tasks that the homeserver works on for minutes or hours: a job follows them to their end. */

let model: MockHomeserver;
let spec: JobSpec<ActionItem>;
let userId: string;
modelForEach((made) => (model = made));

const INPUT = { rooms: [], after: null, before: null, limit: 1000, reason: '', use_admin: false };
const HOURS = 10_000_000;
const STATUS = /redact_status/;

beforeEach(async () => {
  userId = addUser(model, 'anna').name;
  addWriting(model, userId);
  model.taskMs = HOURS;
  spec = await planned(model, redact, [userId], INPUT);
  model.log.clear();
});

/** A clock by which two looks at a task are a moment apart, so that a spec can come between them. */
class Unhurried extends Hurry {
  override after(ms: number, callback: () => void): () => void {
    const timer = setTimeout(() => super.after(ms, callback), 2);
    return () => clearTimeout(timer);
  }
}

const begun = (): Job => {
  const job = createJob(spec, new Unhurried());
  job.start();
  return job;
};
const looks = () => model.log.count('GET', STATUS);
const starts = () => model.log.count('POST', /\/redact$/);
const whenFollowed = async (more = 2) => {
  const before = looks();
  await vi.waitFor(() => expect(looks()).toBeGreaterThanOrEqual(before + more));
};
/** The homeserver gets there: from now on each look finds the task in its next state. */
const finish = () => {
  model.advance(3 * HOURS);
};
const endOf = async (job: Job) => {
  await whenOver(job);
  return inWords([job.row(0).status, job.row(0).reason]);
};
const DONE = ['done', expect.stringMatching(/^The homeserver reports no failed redactions\. Now messages redacted/)];
const phase = (job: Job) => job.getSnapshot().state.phase;

describe('a job that started a task on the homeserver', () => {
  it('follows it while it waits and works, and says what the homeserver reports of it', async () => {
    const job = begun();
    await whenFollowed();
    expect(job.row(0).status).toBe('running');
    finish();
    expect(await endOf(job)).toEqual(DONE);
    expect(starts()).toBe(1);
  });

  it('gives way to a pause, and follows the same task when it is resumed', async () => {
    const job = begun();
    await whenFollowed();
    job.pause();
    await vi.waitFor(() => expect(phase(job)).toBe('paused'));
    expect(inWords([job.row(0).status, job.row(0).reason])).toEqual([
      'waiting',
      'The homeserver is still working on it.',
    ]);
    job.resume();
    await whenFollowed();
    finish();
    expect(await endOf(job)).toEqual(DONE);
    expect(starts()).toBe(1);
  });

  it('follows the same task after the page was closed, and starts no other one', async () => {
    const notebook = new Notebook();
    const job = createJob(spec, new Unhurried(), { journal: notebook });
    job.start();
    await whenFollowed();
    // The page is gone: what the old one still does is not heard.
    const restored = notebook.restored(job);
    job.stop();
    await whenOver(job);
    const next = createJob(reviveAction('user.redact', asKept(spec), groundOf(model)), new Unhurried(), { restored });
    expect(next.row(0).status).toBe('unknown');
    next.resume();
    await whenFollowed();
    expect(next.row(0).status).toBe('running');
    finish();
    // Its start was answered, so nothing of it is in doubt.
    expect(await endOf(next)).toEqual(DONE);
    expect(next.row(0).unanswered).toBeUndefined();
    expect(starts()).toBe(1);
  });

  it('is unknown where it is stopped, and verifying it follows the task', async () => {
    const job = begun();
    await whenFollowed();
    job.stop();
    await vi.waitFor(() => expect(phase(job)).toBe('finished'));
    expect(inWords([job.row(0).status, job.row(0).reason])).toEqual([
      'unknown',
      'The homeserver is still working on it.',
    ]);
    job.verifyUnknown();
    await whenFollowed();
    finish();
    expect(await endOf(job)).toEqual(DONE);
    expect(starts()).toBe(1);
  });

  it('says that nobody can tell where the homeserver has forgotten the task', async () => {
    const job = begun();
    await whenFollowed();
    model.state.tasks.clear();
    const forgotten = ['unknown', expect.stringMatching(/no longer knows it/)];
    expect(await endOf(job)).toEqual(forgotten);
    job.verifyUnknown();
    expect(await endOf(job)).toEqual(forgotten);
    expect(starts()).toBe(1);
  });

  it.each<[string, Fault['answer'], number]>([
    ['a 429', '429', 1],
    ['an answer of a proxy that restarts', '404-traefik', 3],
    ['a connection that breaks', 'reset-before', 3],
  ])('is not put off by %s between two looks', async (_, answer, times) => {
    const job = begun();
    await whenFollowed();
    for (let time = 0; time < times; time += 1) model.faults.next({ match: STATUS, answer });
    await whenFollowed(times + 1);
    finish();
    expect(await endOf(job)).toEqual(DONE);
    expect(starts()).toBe(1);
  });

  it('pauses where the token is lost between two looks, and then follows the same task', async () => {
    const job = begun();
    await whenFollowed();
    model.faults.next({ match: STATUS, answer: '401' });
    await vi.waitFor(() => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'signed-out' }));
    signInTo(model);
    job.resume();
    await whenFollowed();
    finish();
    expect(await endOf(job)).toEqual(DONE);
    expect(starts()).toBe(1);
  });

  it('fails with the homeserver’s reasons where it could not do all, and a retry starts another task', async () => {
    model.state.config.redaction_allowed_period = 1;
    const job = begun();
    await whenFollowed();
    finish();
    expect(await endOf(job)).toEqual([
      'failed',
      'The homeserver could not redact 2 messages. The first reasons: 403: Events older than 1ms cannot be redacted.',
    ]);
    model.state.config.redaction_allowed_period = null;
    job.retryFailed();
    await vi.waitFor(() => expect(starts()).toBe(2));
    finish();
    expect(await endOf(job)).toEqual(DONE);
  });

  it('fails where the task itself did', async () => {
    const job = begun();
    await whenFollowed();
    model.state.rooms.clear();
    finish();
    expect(await endOf(job)).toEqual(['failed', expect.stringMatching(/^The homeserver stopped redacting: Could not/)]);
  });

  it('finds the task of a start that got no answer, follows it, and starts no other one', async () => {
    const late = new LateLanding(model, /^POST/);
    vi.stubGlobal('fetch', late.fetch);
    const job = begun();
    await whenOver(job);
    expect(job.row(0).status).toBe('unknown');
    await late.land();
    job.verifyUnknown();
    await whenFollowed();
    finish();
    expect(await endOf(job)).toEqual(['skipped', expect.stringMatching(/by a request of this job that got no answer/)]);
    expect(starts()).toBe(1);
  });

  it('looks again when it is over, finds the task, and writes down nothing that was not so', async () => {
    const late = new LateLanding(model, /^POST/);
    vi.stubGlobal('fetch', late.fetch);
    const notebook = new Notebook();
    const job = createJob(spec, new Unhurried(), { journal: notebook });
    job.start();
    await whenOver(job);
    const { status, reason, endedAt } = job.row(0);
    expect(status).toBe('unknown');
    await late.land();
    job.lookAgain();
    await vi.waitFor(() => expect(job.row(0).before).toMatchObject({ task: expect.any(String) }));
    await vi.waitFor(() => expect(job.getSnapshot().unsettled?.isLooking).not.toBe(true));
    const kept = notebook.restored(job).rows.row(0);
    expect(kept).toMatchObject({ status, reason, endedAt, before: { task: expect.any(String) } });
  });

  it('starts another one in the place of such a task that failed, when it is retried', async () => {
    model.state.config.redaction_allowed_period = 1;
    const late = new LateLanding(model, /^POST/);
    vi.stubGlobal('fetch', late.fetch);
    const job = begun();
    await whenOver(job);
    await late.land();
    job.verifyUnknown();
    await whenFollowed();
    finish();
    expect(await endOf(job)).toMatchObject(['failed', expect.stringContaining('could not redact 2 messages')]);
    model.state.config.redaction_allowed_period = null;
    job.retryFailed();
    await vi.waitFor(() => expect(starts()).toBe(2));
    finish();
    expect(await endOf(job)).toMatchObject(['done', expect.stringContaining('no redaction that failed')]);
  });
});
