import { describe, expect, it, vi } from 'vitest';
import type { Session } from '~/data/session';
import { leftLifted, LIFTED, putBackWords } from '~/actions/member/own-limit';
import { withLimitLifted } from '~/actions/member/removal-steps';
import type { ActionItem } from '~/actions/plan';
import { removalJob } from '~/testing/removals';
import { inWords } from '~/testing/in-words';
import { joinGround, plannedJoins } from '~/testing/joins';
import { quick } from '~/testing/quick-jobs';
import { modelForEach } from '~/testing/model-for-each';
import { planMade } from '~/testing/signed-in';
import type { Job, LedgerRow } from '~/jobs/job';
import { Recollection, type Entry } from '~/jobs/journal';
import { createJob } from '~/jobs/runner';
import { lookOnly } from '~/testing/engine';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { setMembership } from '~/mocks/rules/membership';
import type { Room } from '~/mocks/state';
import { runItems } from './plan';
import { joinJob } from './run';
import { undoItems } from './undo-plan';
import { beginUndoScan, withChoices, type UndoPlanned } from './undo-scan';
import { wordsOf } from '~/lib/words';

let model: MockHomeserver;
let session: Session;

modelForEach((made, as) => {
  model = made;
  session = as;
});

const OUT = 'done: Now out of the room: removed by @admin:demo.example.';
const rows = (job: Job): LedgerRow[] => job.indexes([]).map((index) => job.row(index));
const outcomes = (ledger: readonly LedgerRow[]) => ledger.map(({ status, reason }) => `${status}: ${wordsOf(reason)}`);
const members = (room: Room) =>
  [...room.members].filter(([, { membership }]) => membership === 'join').map(([name]) => name);
const joins = (room: Room, name: string) => setMembership(model, room, name, { membership: 'join', sender: name });
const leaves = (room: Room, name: string) => setMembership(model, room, name, { membership: 'leave', sender: name });
const kicks = () => model.log.of('POST', /\/kick$/);
const crowd = (count: number) => Array.from({ length: count }, (_, index) => addUser(model, `u${index}`).name);
const mine = (fields: Parameters<typeof addRoom>[1] = {}) =>
  addRoom(model, { creator: model.adminId, members: [model.adminId], ...fields });

/** Joins as the wizard does. */
async function join(
  users: readonly string[],
  places: readonly Room[],
  makeAdmin: readonly string[] = [],
): Promise<Job> {
  const refs = places.map(({ room_id }) => room_id);
  const planned = await plannedJoins(model, users, refs, makeAdmin);
  const job = createJob(joinJob(joinGround(model), runItems(planned)), quick);
  job.start();
  await job.settled();
  model.log.clear();
  return job;
}

const planOf = (job: Job): Promise<UndoPlanned> => planMade((making) => void beginUndoScan(session, job, making));

const lifting = (planned: UndoPlanned) => withChoices(planned, { ...planned.choices, liftLimit: true });

/** What would run, all of it JSON. */
function itemsOf({ plan, findings, choices }: UndoPlanned): ActionItem[] {
  const items = undoItems(
    plan.rows.filter(({ verdict }) => verdict === 'will'),
    findings,
    choices,
  );
  return JSON.parse(JSON.stringify(items)) as ActionItem[];
}

function begin(planned: UndoPlanned, unlimited = false): Job {
  const spec = removalJob(model, itemsOf(planned), { reason: 'By mistake', unlimited });
  const job = createJob(spec, quick);
  job.start();
  return job;
}

async function run(planned: UndoPlanned, unlimited?: boolean): Promise<LedgerRow[]> {
  const job = begin(planned, unlimited);
  await job.settled();
  return rows(job);
}

const limit = () => model.state.users.get(model.adminId)?.ratelimit;
const setLimit = (value: ReturnType<typeof limit>) => {
  const admin = model.state.users.get(model.adminId);
  if (admin) admin.ratelimit = value ?? null;
};

describe('undoing joins', () => {
  it('removes exactly those whom the job joined, with the reason', async () => {
    const [anna = '', ben = '', cleo = ''] = crowd(3);
    const lobby = mine({ join_rules: 'public', members: [model.adminId, ben] });
    const staff = mine();
    const job = await join([anna, ben], [lobby, staff]);
    joins(lobby, cleo);
    const planned = await planOf(job);
    expect(model.log.writes()).toEqual([]);
    expect(outcomes(await run(planned))).toEqual(Array.from({ length: 3 }, () => OUT));
    expect(members(lobby)).toEqual([model.adminId, ben, cleo]);
    expect(members(staff)).toEqual([model.adminId]);
    expect(lobby.members.get(anna)?.reason).toBe('By mistake');
  });

  it('leaves out a user who was in the room by the homeserver’s answer, though a look just before had not seen them', async () => {
    const [anna = '', ben = ''] = crowd(2);
    const staff = mine();
    // The look sees the room without ben, the join then meets the member: by somebody, or by itself where it was sent twice.
    let looked = 0;
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (url.endsWith('/members')) looked += 1;
      if (looked > 0 && staff.members.get(ben)?.membership !== 'join') joins(staff, ben);
      return response;
    });
    const job = await join([anna, ben], [staff]);
    expect(
      rows(job).map(({ reason, before }) => [inWords(reason), (before as { joined_before: unknown }).joined_before]),
    ).toEqual([
      ['Joined by this job.', false],
      [
        expect.stringMatching(/^Already in the room when the request came: joined by this job or by someone else/),
        null,
      ],
    ]);
    expect(itemsOf(await planOf(job))).toMatchObject([{ id: `${anna} ${staff.room_id}` }]);
  });

  it('leaves out a join whose answer was lost, unless the admin chooses otherwise', async () => {
    const [anna = ''] = crowd(1);
    const staff = mine();
    model.faults.next({ match: /\/v1\/join\//, answer: 'reset-after' });
    const job = await join([anna], [staff]);
    expect(rows(job)[0]).toMatchObject({ status: 'skipped', before: { joined_before: null }, unanswered: true });
    const planned = await planOf(job);
    expect([planned.plan.unsure, itemsOf(planned)]).toEqual([1, []]);
    const chosen = withChoices(planned, { ...planned.choices, unsure: true });
    expect(outcomes(await run(chosen))).toEqual([
      `${OUT} A request of the undone job got no answer and may still change this again.`,
    ]);
    expect(members(staff)).toEqual([model.adminId]);
  });

  it('is not certain of a join that was only found when verified', async () => {
    const [anna = ''] = crowd(1);
    const staff = mine();
    model.faults.next({ match: /\/v1\/join\//, times: 9, answer: 'reset-before' });
    const job = await join([anna], [staff]);
    expect(rows(job)[0]?.status).toBe('unknown');
    joins(staff, anna);
    job.verifyUnknown();
    await vi.waitFor(() => expect(rows(job)[0]?.status).toBe('skipped'), { timeout: 10_000 });
    expect((await planOf(job)).plan).toMatchObject({ rows: [{ verdict: 'cannot' }], unsure: 1 });
  });

  it('has nothing to do for users who left, before the plan or since', async () => {
    const [anna = '', ben = '', cleo = ''] = crowd(3);
    const lobby = mine({ join_rules: 'public' });
    const job = await join([anna, ben, cleo], [lobby]);
    leaves(lobby, anna);
    const planned = await planOf(job);
    expect(planned.plan.rows.find(({ userId }) => userId === anna)).toMatchObject({ verdict: 'nothing' });
    leaves(lobby, ben);
    expect(outcomes(await run(planned))).toEqual(['skipped: Already out of the room: they left.', OUT]);
    expect(kicks()).toHaveLength(1);
  });

  it('makes the admin an admin of the room first, where that was chosen', async () => {
    const [anna = ''] = crowd(1);
    const owner = addUser(model, 'owner').name;
    const lobby = addRoom(model, { creator: owner, members: [owner], join_rules: 'public' });
    const job = await join([anna], [lobby]);
    const planned = await planOf(job);
    expect(planned.plan.rows).toMatchObject([{ verdict: 'cannot' }]);
    expect(planned.plan.roomsInNeed).toHaveLength(1);
    const chosen = withChoices(planned, { ...planned.choices, makeAdmin: new Set([lobby.room_id]) });
    expect((await run(chosen)).map(({ status }) => status)).toEqual(['done', 'done']);
    expect(members(lobby)).toEqual([owner, model.adminId]);
  });

  it('does not take the admin’s power back, and says that this is to be done by hand', async () => {
    const [anna = ''] = crowd(1);
    const owner = addUser(model, 'owner').name;
    const staff = addRoom(model, { creator: owner, members: [owner] });
    const job = await join([anna], [staff], [staff.room_id]);
    const planned = await planOf(job);
    const { rows: plan } = planned.plan;
    expect(plan.map(({ verdict, reason }) => `${verdict}: ${wordsOf(reason)}`)).toEqual([
      'will: ',
      'cannot: you joined, and your power level is 100 (it was 0 before): step down, or leave, in a Matrix client',
    ]);
    expect(itemsOf(planned)).toHaveLength(1);
  });

  it('has nothing to do a second time, and none for a room that is gone', async () => {
    const [anna = ''] = crowd(1);
    const [lobby, other] = [mine({ join_rules: 'public' }), mine()];
    const job = await join([anna], [lobby, other]);
    model.state.rooms.delete(other.room_id);
    await run(await planOf(job));
    const { rows: plan } = (await planOf(job)).plan;
    expect(plan.map(({ verdict }) => verdict)).toEqual(['nothing', 'nothing']);
  });
});

describe('the admin’s own rate limit', () => {
  it.each([
    ['none', null],
    ['one of their own', { messages_per_second: 3, burst_count: 7 }],
  ])('is lifted first and put back exactly as it was, last: %s', async (_, was) => {
    setLimit(was);
    const rooms = [mine({ join_rules: 'public' }), mine({ join_rules: 'public' })];
    const planned = lifting(await planOf(await join(crowd(12), rooms)));
    const ledger = await run(planned);
    expect(ledger.every(({ status }) => status === 'done')).toBe(true);
    expect(ledger).toHaveLength(26);
    expect(limit()).toEqual(was);
    const writes = model.log.writes().map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
    expect(writes[0]).toBe('POST override_ratelimit');
    expect(writes.at(-1)).toBe(`${was ? 'POST' : 'DELETE'} override_ratelimit`);
    expect(writes.filter((one) => one === 'POST kick')).toHaveLength(24);
    expect(kicks().every(({ status }) => status === 200)).toBe(true);
    expect(ledger[0]?.before).toEqual({ kept: 'rate-limit/1', limit: was, tries: 1 });
  });

  it('is left as it is where someone changed it since the plan', async () => {
    const planned = lifting(await planOf(await join(crowd(2), [mine({ join_rules: 'public' })])));
    setLimit(LIFTED);
    const ledger = await run(planned);
    expect(outcomes([ledger[0], ledger.at(-1)].flatMap((row) => row ?? []))).toEqual([
      'skipped: Changed since the plan, so left alone: lifted.',
      'skipped: This job did not lift it.',
    ]);
    expect(limit()).toEqual(LIFTED);
  });

  it('is not put back over what someone else set in the meantime', async () => {
    const planned = lifting(await planOf(await join(crowd(1), [mine()])));
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (url.endsWith('/kick')) setLimit({ messages_per_second: 9, burst_count: 9 });
      return model.handle(new Request(url, init));
    });
    expect(inWords((await run(planned)).at(-1))).toMatchObject({
      status: 'skipped',
      reason: 'Changed by someone else since, so left alone: 9 per second, 9 at once.',
    });
    expect(limit()).toEqual({ messages_per_second: 9, burst_count: 9 });
  });

  it('is put back by a job that is stopped, as its last item, and nobody else is removed', async () => {
    const was = { messages_per_second: 3, burst_count: 7 };
    setLimit(was);
    const planned = lifting(await planOf(await join(crowd(5), [mine({ join_rules: 'public' })])));
    let job: Job | null = null;
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (url.endsWith('/kick')) job?.stop();
      return model.handle(new Request(url, init));
    });
    job = begin(planned);
    expect((await job.settled()).state.phase).toBe('stopped');
    expect(limit()).toEqual(was);
    expect(rows(job).map(({ status }) => status)).toEqual(['done', 'done', ...Array(4).fill('waiting'), 'done']);
    expect(leftLifted(job)).toBeNull();
    expect(putBackWords(job)).toBe('Restored: 3 per second, 7 at once.');
  });

  it('that could not be put back is reported, and stopping again tries that alone', async () => {
    const planned = lifting(await planOf(await join(crowd(2), [mine({ join_rules: 'public' })])));
    model.faults.next({ match: /^DELETE .*override_ratelimit$/, answer: '403' });
    const job = begin(planned);
    expect((await job.settled()).unclosed).toBeDefined();
    expect(leftLifted(job)).toEqual({ was: null });
    job.stop();
    await job.settled();
    expect(leftLifted(job)).toBeNull();
    expect(limit()).toBeNull();
    expect(kicks()).toHaveLength(2);
  });

  it('is known to be put back where the job came to its end', async () => {
    const job = begin(lifting(await planOf(await join(crowd(1), [mine()]))));
    await job.settled();
    expect(leftLifted(job)).toBeNull();
    const plain = begin(await planOf(await join(crowd(1), [mine()])));
    await plain.settled();
    expect(leftLifted(plain)).toBeNull();
  });

  it('that was lifted though the answer was lost is still put back', async () => {
    const planned = lifting(await planOf(await join(crowd(1), [mine()])));
    model.faults.next({ match: /^POST .*override_ratelimit$/, answer: 'reset-after' });
    const ledger = await run(planned);
    expect(ledger.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect(ledger[0]?.before).toEqual({ kept: 'rate-limit/1', limit: null, tries: 1 });
    expect(limit()).toBeNull();
  });

  it('that someone else lifted stays theirs after a reload too', async () => {
    const planned = lifting(await planOf(await join(crowd(4), [mine({ join_rules: 'public' })])));
    const lifted = LIFTED;
    setLimit(lifted);
    const entries: Entry[] = [];
    const journal = { write: (more: readonly Entry[]) => Promise.resolve(void entries.push(...more)) };
    const spec = () => removalJob(model, itemsOf(planned));
    const job = createJob(spec(), quick, { journal });
    const unsubscribe = job.subscribe(() => job.row(0).status === 'skipped' && job.pause());
    job.start();
    await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('paused'));
    unsubscribe();
    const { id, state, startedAt, endedAt } = job.getSnapshot();
    const written = new Recollection(6).read(JSON.parse(JSON.stringify(entries)) as Entry[]);
    const back = createJob(spec(), quick, { restored: { id, state, startedAt, endedAt, rows: written } });
    back.resume();
    await back.settled();
    expect(inWords(back.row(5))).toMatchObject({ status: 'skipped', reason: 'This job did not lift it.' });
    expect(limit()).toEqual(lifted);
  });

  it('that someone else lifted is not put back where the page closed before anything was sent', async () => {
    const lifted = LIFTED;
    setLimit(lifted);
    const spec = removalJob(model, withLimitLifted(null, []));
    const notes: Entry[] = [['sent', 0]];
    const state = { phase: 'paused', why: 'asked', reason: '' } as const;
    const restored = { id: 'x', state, startedAt: 1, endedAt: null, rows: new Recollection(2).read(notes) };
    const job = createJob(spec, quick, { restored });
    expect(job.row(0).status).toBe('unknown');
    job.resume();
    await job.settled();
    expect(outcomes(rows(job))).toEqual([
      'skipped: Lifted, but not by this job: it has sent nothing yet.',
      'skipped: This job did not lift it.',
    ]);
    expect(limit()).toEqual(lifted);
  });

  it('is not lifted by a retry when the job has finished: nothing would put it back', async () => {
    const planned = lifting(await planOf(await join(crowd(1), [mine()])));
    model.faults.next({ match: /^POST .*override_ratelimit$/, answer: '403' });
    const job = begin(planned);
    await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('paused'), { timeout: 10_000 });
    job.resume();
    await job.settled();
    expect(rows(job).map(({ status }) => status)).toEqual(['failed', 'done', 'done']);
    job.retryFailed();
    await vi.waitFor(() => expect(rows(job)[0]?.status).toBe('skipped'), { timeout: 10_000 });
    expect(limit()).toBeNull();
    expect(leftLifted(job)).toBeNull();
  });

  it('is only looked at by verifying: it is put back when its turn comes', async () => {
    setLimit(LIFTED);
    const spec = removalJob(model, withLimitLifted(null, []));
    const context = { ...lookOnly(), row: (index: number) => createJob(spec, quick).row(index) };
    const verdict = async (item = spec.items[1]) => item && (await spec.verify?.(item, context))?.status;
    expect(await verdict()).toBe('not-done');
    expect(model.log.writes()).toEqual([]);
    setLimit(null);
    expect(await verdict()).toBe('done');
  });
});
