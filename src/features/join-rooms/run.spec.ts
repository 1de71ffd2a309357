import { describe, expect, it, vi } from 'vitest';
import { HomeserverError } from '~/api/errors';
import type { Fault } from '~/jobs/job';
import { pageEnvironment } from '~/jobs/environment';
import { createJob } from '~/jobs/runner';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import type { Room, User } from '~/mocks/state';
import { inWords } from '~/testing/in-words';
import { joinGround, plannedJoins, scanGround } from '~/testing/joins';
import { modelForEach } from '~/testing/model-for-each';
import { runItems, type PairRow } from './plan';
import { joinJob, type RunGround } from './run';

let model: MockHomeserver;
let anna: User;
let ben: User;

modelForEach((made) => {
  model = made;
  anna = addUser(model, 'anna');
  ben = addUser(model, 'ben');
});

const hs = () => scanGround(model).hs;

function classify(error: unknown): Fault {
  const reason = String(error);
  if (!(error instanceof HomeserverError)) return { kind: 'refused', reason };
  if (error.status === 429) return { kind: 'busy', waitMs: 1, reason };
  return { kind: error.mayHaveHappened || error.kind === 'network' ? 'unanswered' : 'refused', reason };
}

const plan = (users: readonly string[], refs: readonly string[], makeAdmin: readonly string[] = []) =>
  plannedJoins(model, users, refs, makeAdmin);

async function run(rows: readonly PairRow[], over: Partial<RunGround> = {}) {
  const job = createJob(
    joinJob({ ...joinGround(model), homeserver: hs, classify, tick: () => 0, ...over }, runItems(rows)),
    // No waiting between two tries.
    { ...pageEnvironment, after: (_ms, then) => pageEnvironment.after(0, then) },
  );
  // The admin saw the failures and resumes.
  job.subscribe(() => {
    if (job.getSnapshot().state.phase === 'paused') job.resume();
  });
  job.start();
  await job.settled();
  return inWords(job.indexes([]).map((index) => job.row(index)));
}

const members = (room: Room) =>
  [...room.members].filter(([, member]) => member.membership === 'join').map(([name]) => name);
const open = (alias: string, over: Partial<Parameters<typeof addRoom>[1]> = {}) =>
  addRoom(model, { alias, join_rules: 'public', members: [`@creator:${model.serverName}`], ...over });

describe('joining users to rooms', () => {
  it('joins exactly the planned users, by an alias with its # in it', async () => {
    addUser(model, 'creator');
    const room = open('lobby');
    const ledger = await run(await plan([anna.name, ben.name], [`#lobby:${model.serverName}`]));
    expect(ledger.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(members(room)).toEqual([`@creator:${model.serverName}`, anna.name, ben.name]);
  });

  it('resolves an alias once, and reads a room’s members once, whatever the number of users', async () => {
    addUser(model, 'creator');
    open('lobby');
    const users = Array.from({ length: 30 }, (_, index) => addUser(model, `u${index}`).name);
    await plan(users, [`#lobby:${model.serverName}`]);
    expect(model.log.count('GET', /\/directory\/room\//)).toBe(1);
    expect(model.log.count('GET', /\/members$|\/state$/)).toBe(1);
    expect(model.log.count('POST', /./)).toBe(0);
  });

  it('leaves out deactivated, locked, suspended and banned users, and those who are in the room', async () => {
    addUser(model, 'creator');
    const room = open('lobby', {
      members: { [anna.name]: 'join', [`@creator:${model.serverName}`]: 'join', [ben.name]: 'ban' },
    });
    const gone = addUser(model, { localpart: 'gone', deactivated: true });
    const shut = addUser(model, { localpart: 'shut', locked: true });
    const quiet = addUser(model, { localpart: 'quiet', suspended: true });
    const rows = await plan([anna.name, ben.name, gone.name, shut.name, quiet.name], [room.room_id]);
    expect(inWords(rows.map(({ reason }) => reason))).toEqual([
      'already in the room',
      'banned from the room',
      'deactivated user',
      'locked user',
      'suspended user',
    ]);
    expect(runItems(rows)).toEqual([]);
  });

  it('makes the admin an admin of a private room first, where that was chosen', async () => {
    const owner = addUser(model, 'owner');
    const room = addRoom(model, { creator: owner.name, members: [owner.name] });
    expect((await plan([anna.name], [room.room_id]))[0]?.verdict).toBe('cannot');
    const ledger = await run(await plan([anna.name], [room.room_id], [room.room_id]));
    expect(ledger.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(members(room)).toEqual([owner.name, model.adminId, anna.name]);
  });

  it('does not try the joins of a room where the admin could not be made admin', async () => {
    const room = addRoom(model, { creator: '@far:other.org', members: [ben.name] });
    const ledger = await run(await plan([anna.name], [room.room_id], [room.room_id]));
    expect(ledger.map(({ status }) => status)).not.toContain('done');
    expect(model.log.count('POST', /\/v1\/join\//)).toBe(0);
  });

  it('does not take “is already in the room” for its own join: someone else may have been quicker', async () => {
    const room = addRoom(model, { creator: model.adminId, members: [model.adminId] });
    const rows = await plan([anna.name], [room.room_id]);
    // The look just before sees the room empty, the join then meets the member: drift between two requests.
    let looked = false;
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (url.endsWith('/members')) looked = true;
      if (looked) room.members.set(anna.name, { membership: 'join', since: 0 });
      return response;
    });
    expect(await run(rows)).toMatchObject([
      { status: 'skipped', reason: expect.stringMatching(/^Already in the room when the request came/) },
    ]);
  });

  it('promise 3: skips users who were deactivated or joined since the plan, and says so', async () => {
    addUser(model, 'creator');
    const room = open('lobby');
    const rows = await plan([anna.name, ben.name], [room.room_id]);
    anna.deactivated = true;
    room.members.set(ben.name, { membership: 'join', since: 0 });
    const ledger = await run(rows);
    expect(ledger.map(({ status, reason }) => `${status}: ${reason}`)).toEqual([
      'skipped: Deactivated since the plan was made.',
      'skipped: Already in the room when Glia looked: they joined, or someone else joined them, after the plan was made.',
    ]);
    expect(model.log.count('POST', /\/v1\/join\//)).toBe(0);
  });

  it.each([
    ['was answered with 429', '429'],
    ['got no answer', 'reset-before'],
  ] as const)('promise 3: looks again where the first look %s', async (_what, answer) => {
    addUser(model, 'creator');
    const room = open('lobby');
    const rows = await plan([anna.name], [room.room_id]);
    anna.deactivated = true;
    model.faults.next({ match: /GET .*\/v2\/users\//, answer });
    expect(await run(rows)).toMatchObject([{ status: 'skipped', reason: 'Deactivated since the plan was made.' }]);
    expect(model.log.count('POST', /\/v1\/join\//)).toBe(0);
  });

  it('where the admin becomes a room’s admin but can’t join it, says both', async () => {
    const owner = addUser(model, 'owner');
    const room = addRoom(model, { creator: owner.name, members: [owner.name] });
    const rows = await plan([anna.name], [room.room_id], [room.room_id]);
    model.faults.next({ match: /POST .*\/v3\/(rooms|join)\//, answer: '403' });
    expect((await run(rows))[0]).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^You were made an admin of the room, but could not join it: .*policy/),
    });
  });

  it('after a lost answer reads who is in the room, and joins nobody twice', async () => {
    addUser(model, 'creator');
    const room = open('lobby');
    const rows = await plan([anna.name], [room.room_id]);
    model.faults.next({ match: /\/v1\/join\//, answer: 'reset-after' });
    expect(await run(rows)).toMatchObject([
      { status: 'skipped', reason: expect.stringMatching(/by this job or by someone else/) },
    ]);
    expect(model.log.count('POST', /\/v1\/join\//)).toBe(1);
  });

  it('has at most one join in flight in a room, and several rooms at once', async () => {
    addUser(model, 'creator');
    model.latencyMs = 5;
    const rooms = ['a', 'b', 'c'].map((alias) => open(alias));
    const users = Array.from({ length: 8 }, (_, index) => addUser(model, `u${index}`).name);
    const rows = await plan(
      users,
      rooms.map(({ room_id }) => room_id),
    );
    const inFlight = new Map<string, number>();
    let peak = 0;
    let roomsAtOnce = 0;
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const room = /\/v1\/join\/([^?]+)/.exec(url)?.[1];
      if (room === undefined) return model.handle(new Request(url, init));
      inFlight.set(room, (inFlight.get(room) ?? 0) + 1);
      peak = Math.max(peak, ...inFlight.values());
      roomsAtOnce = Math.max(roomsAtOnce, [...inFlight.values()].filter(Boolean).length);
      const response = await model.handle(new Request(url, init));
      inFlight.set(room, (inFlight.get(room) ?? 0) - 1);
      return response;
    });
    const ledger = await run(rows);
    expect(ledger.every(({ status }) => status === 'done')).toBe(true);
    expect(peak).toBe(1);
    expect(roomsAtOnce).toBeGreaterThan(1);
  });

  it('never calls a join done that got no answer', async () => {
    addUser(model, 'creator');
    const room = open('lobby');
    const rows = await plan([anna.name], [room.room_id]);
    model.faults.next({ match: /\/v1\/join\//, times: 99, answer: 'reset-before' });
    const ledger = await run(rows);
    expect(ledger).toMatchObject([{ status: 'unknown' }]);
    expect(members(room)).not.toContain(anna.name);
  });

  it('promise 4: without a token nothing counts as sent: a user whom someone else joined in the meantime is not done', async () => {
    addUser(model, 'creator');
    const room = open('lobby');
    const rows = await plan([anna.name], [room.room_id]);
    let asked = 0;
    let time = 0;
    const ledger = await run(rows, {
      homeserver: () => {
        asked += 1;
        if (asked !== 2) return hs();
        // After the look, before the join.
        const [member] = room.members.values();
        if (member) room.members.set(anna.name, { ...member });
        throw new Error('Nobody is signed in.');
      },
      classify: (error) => ({ kind: 'signed-out', reason: String(error) }),
      tick: () => (time += 600_000),
    });
    expect(ledger).toMatchObject([{ status: 'skipped', reason: expect.stringMatching(/someone else joined them/) }]);
    expect(asked).toBeGreaterThan(2);
    expect(model.log.count('POST', /\/v1\/join\//)).toBe(0);
  });
});
