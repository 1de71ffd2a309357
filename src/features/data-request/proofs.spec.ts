import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { writeEntries, writePlan } from '~/job-store/journal-db';
import type { Part } from '~/actions/playbook-parts';
import { deactivate } from '~/actions/user/deactivate';
import { withValues, type Text } from '~/lib/text';
import type { JobSnapshot, Json } from '~/jobs/job';
import type { EndStatus } from '~/jobs/journal';
import { proofsOf } from './proofs';
import { receiptOf } from './receipt';
import { REMAINS } from './steps';

const ANNA = '@anna:hs.example';
const { signal } = new AbortController();
let made = 0;

async function job(
  kind: string,
  status: EndStatus,
  reason: Text = '',
  more: Partial<JobSnapshot> = {},
  parts: readonly Part[] = [],
  { input = null, goal = {} }: { input?: Json; goal?: Json } = {},
): Promise<JobSnapshot> {
  made += 1;
  const id = `job-${made}`;
  const counts = { waiting: 0, running: 0, done: 0, skipped: 0, failed: 0, unknown: 0, [status]: 1 };
  const snapshot: JobSnapshot = {
    id,
    kind,
    title: `${kind} ${ANNA}`,
    owner: { baseUrl: 'https://hs.example', userId: '@admin:hs.example' },
    state: { phase: 'finished' },
    total: 1,
    counts,
    startedAt: made,
    endedAt: made,
    ratePerSecond: null,
    remainingMs: null,
    waitingUntil: null,
    concurrency: 1,
    canVerify: false,
    scan: false,
    version: 1,
    ...more,
  };
  const item: Json = [ANNA, {}, {}, null];
  const size = await writePlan(id, { input }, 1, () => item);
  await writeEntries(
    { id, snapshot, size },
    0,
    JSON.stringify([
      ...parts.map((part) => ['part', 0, part]),
      ['before', 0, { kept: 'action/1', before: {}, goal, identity: null }],
      ['end', 0, status, reason, 1, 1_700_000_000_000 + made],
    ]),
  );
  return snapshot;
}

/** As lists have them: the newest first. */
const statesOf = async (...jobs: JobSnapshot[]) => {
  const steps = await proofsOf(ANNA, jobs.toReversed(), signal);
  return Object.fromEntries(steps.map(({ step, state }) => [step.id, state]));
};

const now = (erased: boolean): Text =>
  withValues({ id: 'x.now', message: 'Now {state}.' }, { state: deactivate.words({ deactivated: true, erased }) });

const part = async (kind: string, asked: { input?: Json; goal?: Json }) =>
  statesOf(await job(kind, 'done', '', {}, [], asked));

const checkedParts = (open: string[]): Part[] => [
  ['targets', 'redact', [ANNA]],
  ['step', 'redact', 'done', 'All redacted.'],
  ['targets', 'media', ['mxc://hs.example/x']],
  ['step', 'media', 'done', 'Deleted.'],
  ['noted', 'check', { open }],
  ['step', 'check', open.length > 0 ? 'failed' : 'done', '5 messages are left.'],
];

describe('a step of an erasure', () => {
  it('is done only where a job of this browser has it as done', async () => {
    expect(await statesOf()).toMatchObject({ lock: 'none', deactivate: 'none' });
    expect(await statesOf(await job('user.lock', 'done'))).toMatchObject({ lock: 'done', redact: 'none' });
    expect(await statesOf(await job('user.redact', 'unknown'))).toMatchObject({ redact: 'partly' });
    expect(await statesOf(await job('user.redact', 'failed'))).toMatchObject({ redact: 'partly' });
    expect(await statesOf(await job('user.lock', 'skipped'))).toMatchObject({ lock: 'skipped' });
    const lock = await job('user.lock', 'done');
    expect(await statesOf(lock, await job('user.lock', 'skipped'))).toMatchObject({ lock: 'done' });
  });

  it('that was taken back later is not done', async () => {
    const lock = await job('user.lock', 'done');
    expect(await statesOf(lock, await job('user.unlock', 'done'))).toMatchObject({ lock: 'taken-back' });
    const none = { goal: { threepids: [] } };
    const addresses = await job('user.threepids', 'done', '', {}, [], none);
    const undo = await job('user.threepids', 'done', '', { undoes: addresses.id });
    expect(await statesOf(addresses, undo)).toMatchObject({ addresses: 'taken-back' });
    expect(await statesOf(addresses, undo, await job('user.threepids', 'done', '', {}, [], none))).toMatchObject({
      addresses: 'done',
    });
  });

  it('of deactivating is done only where the account was erased, too', async () => {
    expect(await statesOf(await job('user.deactivate', 'done', now(false)))).toMatchObject({ deactivate: 'partly' });
    expect(await statesOf(await job('user.deactivate', 'done', now(true)))).toMatchObject({ deactivate: 'done' });
  });

  it('is not done where a job did a part of it only', async () => {
    const all = { rooms: [], after: null, before: null, limit: 1_000_000, reason: '', use_admin: false };
    expect(await part('user.redact', { input: all })).toMatchObject({ redact: 'done' });
    expect(await part('user.redact', { input: { ...all, rooms: ['!one:hs.example'] } })).toMatchObject({
      redact: 'some',
    });
    expect(await part('user.redact', { input: { ...all, before: 5 } })).toMatchObject({ redact: 'some' });
    expect(await part('media.delete', {})).toMatchObject({ files: 'some' });
    const changed = [{ medium: 'email', address: 'new@example.org' }];
    expect(await part('user.threepids', { goal: { threepids: changed } })).toMatchObject({ addresses: 'some' });
    const linked = [{ auth_provider: 'x', external_id: '1' }];
    expect(await part('user.external-ids', { goal: { external_ids: linked } })).toMatchObject({
      'external-ids': 'some',
    });
  });

  it('is not done where the check of its job found something left, and says what', async () => {
    const left = await job('playbook.erasure', 'failed', '', {}, checkedParts(['redact']));
    expect(await statesOf(left)).toMatchObject({ redact: 'partly', files: 'done' });
    expect(await write(left)).toContain('5 messages are left.');
    expect(await statesOf(await job('playbook.erasure', 'done', '', {}, checkedParts([])))).toMatchObject({
      redact: 'done',
    });
  });

  it('has the time at which it ended, not the one of its whole job', async () => {
    const nine = Date.UTC(2026, 0, 1, 9);
    const parts: Part[] = [
      ['targets', 'lock', [ANNA]],
      ['step', 'lock', 'done', 'Now locked.', nine],
    ];
    const [lock] = await proofsOf(ANNA, [await job('playbook.erasure', 'failed', '', {}, parts)], signal);
    expect(lock?.proofs.map(({ endedAt }) => endedAt)).toEqual([nine]);
  });

  it('is proved by a job of several steps, step by step', async () => {
    const parts: Part[] = [
      ['targets', 'lock', [ANNA]],
      ['step', 'lock', 'done', 'Now locked.'],
      ['targets', 'media', ['mxc://hs.example/x']],
      ['step', 'media', 'failed', 'The disk refused.'],
    ];
    const spam = await job('playbook.erasure', 'failed', '', {}, parts);
    expect(await statesOf(spam)).toMatchObject({ lock: 'done', redact: 'none', files: 'partly', deactivate: 'none' });
    const quarantine: Part[] = [
      ['targets', 'media', [ANNA]],
      ['step', 'media', 'done', 'Quarantined.'],
    ];
    expect(await statesOf(await job('playbook.spam-wave', 'done', '', {}, quarantine))).toMatchObject({
      files: 'none',
    });
  });

  it('is nobody else’s: a job on another user proves nothing', async () => {
    const steps = await proofsOf('@ann:hs.example', [await job('user.lock', 'done')], signal);
    expect(steps.every(({ proofs }) => proofs.length === 0)).toBe(true);
  });
});

const write = async (...jobs: JobSnapshot[]) =>
  receiptOf({
    userId: ANNA,
    baseUrl: 'https://hs.example',
    by: '@admin:hs.example',
    at: Date.UTC(2026, 0, 2),
    steps: await proofsOf(ANNA, jobs.toReversed(), signal),
    remains: REMAINS,
  });

describe('the receipt', () => {
  it('names each record with its time and the homeserver’s words, and what has none', async () => {
    const text = await write(
      await job('user.redact', 'done', 'The homeserver reports no failed redactions.', {}, [], {
        input: { rooms: [], after: null, before: null, limit: 100_000, reason: '', use_admin: false },
      }),
    );
    expect(text).toContain('# Erasure of `@anna:hs.example`');
    expect(text).toContain('### Redact the messages: done');
    expect(text).toMatch(
      /- 2023-11-14T\S+Z: user\.redact @anna:hs\.example\. 1 done\. The homeserver reports no failed/,
    );
    expect(text).toContain('### Delete the files: no record');
    expect(text).toContain('**Not every step has a record that says it was done.**');
    expect(text).toContain('Backups of the database and of the media.');
  });

  it('claims nothing that was not recorded as done', async () => {
    expect(await write()).not.toContain(': done');
    expect(await write(await job('user.deactivate', 'unknown'))).toContain('### Deactivate and erase: not all of it');
  });

  it('takes no words from outside for Markdown', async () => {
    const text = await write(await job('user.lock', 'failed', '# [x](https://evil.example) <b>**done**</b>'));
    expect(text).not.toContain('<b>');
    expect(text).not.toContain('[x](');
    expect(text).not.toContain(' **done**');
  });
});
