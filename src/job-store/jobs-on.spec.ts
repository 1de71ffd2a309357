import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import type { JobSnapshot, Json } from '~/jobs/job';
import type { Entry } from '~/jobs/journal';
import { writeEntries, writePlan } from './journal-db';
import { aboutFile, aboutRoom, aboutThing, aboutUser, isItemOn, jobsOn } from './jobs-on';

const ANNA = '@anna:hs.example';

function snapshotOf(id: string, total: number): JobSnapshot {
  return {
    id,
    kind: 'test',
    title: id,
    owner: { baseUrl: 'https://hs.example', userId: '@admin:hs.example' },
    state: { phase: 'finished' },
    total,
    counts: { waiting: 0, running: 0, done: total, skipped: 0, failed: 0, unknown: 0 },
    startedAt: 1,
    endedAt: 2,
    ratePerSecond: null,
    remainingMs: null,
    waitingUntil: null,
    concurrency: 2,
    canVerify: false,
    scan: false,
    version: 1,
  };
}

async function keep(id: string, items: readonly Json[], entries: readonly Entry[]): Promise<JobSnapshot> {
  const snapshot = snapshotOf(id, items.length);
  const size = await writePlan(id, null, items.length, (index) => items[index] ?? null);
  await writeEntries({ id, snapshot, size }, 0, JSON.stringify(entries));
  return snapshot;
}

const { signal } = new AbortController();

it('finds the jobs that changed a user, with how it ended for them alone', async () => {
  const others = Array.from({ length: 2500 }, (_, index): Json => [`@u${index}:hs.example`, {}, {}, null]);
  const lock = await keep('lock', [...others, [ANNA, {}, {}, null]], [['end', 2500, 'failed', 'no', 1, 77]]);
  const elsewhere = await keep('elsewhere', others, [['end', 0, 'done', '', 1, 5]]);
  const joins = await keep(
    'joins',
    [
      [0, ANNA],
      [1, ANNA],
      [0, '@anna:hs.example.org'],
    ],
    [['end', 0, 'done', '', 1, 9]],
  );
  const { found, next } = await jobsOn(aboutUser(ANNA), [joins, elsewhere, lock], 0, signal);
  expect(next).toBeNull();
  expect(found).toMatchObject([
    { job: { id: 'joins' }, counts: { done: 1, waiting: 1, failed: 0 }, endedAt: 9 },
    { job: { id: 'lock' }, counts: { done: 0, waiting: 0, failed: 1 }, endedAt: 77 },
  ]);
});

it('looks through fifty plans, and continues when it is asked to', async () => {
  const one = await keep('one', [[ANNA, {}, {}, null]], []);
  const list = [...Array.from({ length: 60 }, (_, index) => snapshotOf(`gone-${index}`, 1)), one];
  const first = await jobsOn(aboutUser(ANNA), list, 0, signal);
  expect(first).toEqual({ found: [], next: 50 });
  expect(await jobsOn(aboutUser(ANNA), list, 50, signal)).toMatchObject({
    found: [{ job: { id: 'one' } }],
    next: null,
  });
});

it('stops looking when nobody waits for it any more', async () => {
  const given = AbortSignal.abort();
  await expect(jobsOn(aboutUser(ANNA), [snapshotOf('one', 1)], 0, given)).rejects.toThrow('aborted');
});

it.each<[string, Json, boolean]>([
  ['the user', [ANNA, {}, {}, null], true],
  ['a member', [`${ANNA} !room:hs.example`, {}, {}, null], true],
  ['a join', [0, ANNA], true],
  ['a file of theirs', ['mxc://hs.example/x', {}, {}, null, { note: { owner: ANNA } }], true],
  ['an ID that begins alike', [`${ANNA}.org`, {}, {}, null], false],
  [
    'a user who was removed by them',
    ['@ben:hs.example !r:x', { joined: false, by: { userId: ANNA } }, {}, null],
    false,
  ],
  ['something else', null, false],
])('%s: in an item', (_, item, isOn) => {
  expect(isItemOn(ANNA, item)).toBe(isOn);
});

it('finds the jobs that changed a room, or a member of it', async () => {
  const room = '!a:hs.example';
  const block = await keep('block', [[room, {}, {}, null]], [['end', 0, 'done', '', 1, 5]]);
  const kick = await keep('kick', [[`${ANNA} ${room}`, {}, {}, null]], []);
  const other = await keep('other', [[`${room}.org`, {}, {}, null]], []);
  const { found } = await jobsOn(aboutRoom(room), [other, kick, block], 0, signal);
  expect(found.map(({ job }) => job.id)).toEqual(['kick', 'block']);
});

it.each<[string, string, Json]>([
  ['a user', ANNA, [ANNA, {}, {}, null]],
  ['a session of a user, by its user', ANNA, [`${ANNA} DEVICE`, {}, {}, null]],
  ['a room, by a member of it', '!r:hs.example', [`${ANNA} !r:hs.example`, {}, {}, null]],
  ['a file', 'mxc://hs.example/x', ['mxc://hs.example/x', {}, {}, null]],
  ['a file, by its owner', ANNA, ['mxc://hs.example/y', {}, {}, null, { note: { owner: ANNA } }]],
  ['a server', 'other.example', ['other.example', {}, {}, null]],
  ['a reading', '!read:hs.example', '!read:hs.example'],
])('finds the jobs on whatever an ID names: %s', async (name, id, item) => {
  const job = await keep(`thing ${name}`, [item], []);
  const other = await keep(`not ${name}`, [[`${id}.org`, {}, {}, null]], []);
  const { found } = await jobsOn(aboutThing(id), [other, job], 0, signal);
  expect(found.map(({ job }) => job.id)).toEqual([`thing ${name}`]);
});

it('finds the joins to a room, which their items name by number', async () => {
  const snapshot = { ...snapshotOf('to rooms', 3), kind: 'join-rooms' };
  const items: Json[] = [[0, ANNA], [1, ANNA], [1]];
  const plan = { rooms: [{ roomId: '!other:hs.example' }, { roomId: '!joined:hs.example' }] };
  const size = await writePlan('to rooms', plan, 3, (index) => items[index] ?? null);
  const log = JSON.stringify([['end', 1, 'done', '', 1, 5]]);
  await writeEntries({ id: 'to rooms', snapshot, size }, 0, log);
  const found = async (id: string) => (await jobsOn(aboutThing(id), [snapshot], 0, signal)).found;
  expect(await found('!joined:hs.example')).toMatchObject([{ counts: { done: 1, waiting: 1 } }]);
  expect(await found('!third:hs.example')).toEqual([]);
  expect(await found(ANNA)).toMatchObject([{ counts: { done: 1, waiting: 1 } }]);
});

it('finds the jobs of several steps that changed a user, a room or a file in one of their steps', async () => {
  const [room, file] = ['!portal:hs.example', 'mxc://hs.example/spam'];
  const entries = [
    ...Object.entries({ deactivate: [ANNA], block: [room], quarantine: [file] }).map(([step, ids]) => [
      'part',
      1,
      ['targets', step, ids],
    ]),
    ['end', 1, 'done', '', 1, 5],
  ] as unknown as Entry[];
  const note = { user: ANNA, event: '', room, files: [file] };
  const snapshot = { ...snapshotOf('report', 2), kind: 'playbook.report' };
  const items: Json[] = [
    ['3 2', '3', note],
    ['4 2', '4', note],
  ];
  const size = await writePlan('report', null, 2, (index) => items[index] ?? null);
  await writeEntries({ id: 'report', snapshot, size }, 0, JSON.stringify(entries));
  for (const of of [aboutUser(ANNA), aboutRoom(room), aboutFile(file), aboutThing(ANNA), aboutThing(room)])
    // Only the item whose steps did something to it: what a plan merely mentions, it has not changed.
    expect((await jobsOn(of, [snapshot], 0, signal)).found).toMatchObject([{ counts: { done: 1, waiting: 0 } }]);
  expect((await jobsOn(aboutUser('@ann:hs.example'), [snapshot], 0, signal)).found).toEqual([]);
});
