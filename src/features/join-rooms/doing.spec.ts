import { describe, expect, it, vi } from 'vitest';
import { pageEnvironment } from '~/jobs/environment';
import type { LedgerRow } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { setMembership } from '~/mocks/rules/membership';
import type { Room } from '~/mocks/state';
import { inWords } from '~/testing/in-words';
import { joinGround, plannedJoins } from '~/testing/joins';
import { quick } from '~/testing/quick-jobs';
import { modelForEach } from '~/testing/model-for-each';
import { canBeUndone, readBefore } from './before';
import { runItems } from './plan';
import { joinJob } from './run';
import { isUndoable } from './undo-plan';

/** Whose doing a join is: done is only what an answer to this job, and an event newer than its request, show. */

let model: MockHomeserver;
let anna: string;
let room: Room;

modelForEach((made) => {
  model = made;
  anna = addUser(model, 'anna').name;
  room = addRoom(model, { creator: model.adminId, members: [model.adminId], join_rules: 'public' });
});

const joinsAsTheyDo = () => setMembership(model, room, anna, { membership: 'join', sender: anna });
const planned = async () => runItems(await plannedJoins(model, [anna], [room.room_id]));

async function run(items?: Awaited<ReturnType<typeof planned>>): Promise<LedgerRow> {
  const job = createJob(joinJob(joinGround(model), items ?? (await planned())), pageEnvironment);
  job.start();
  await job.settled();
  const row = job.row(0);
  return { ...row, reason: inWords(row.reason) };
}

/** `what` happens when a request that fits is on its way; `answered`: when it has its answer. */
function when(fits: RegExp, what: () => void, answered = false): void {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const hit = fits.test(`${init.method} ${url}`);
    if (hit && !answered) what();
    const response = await model.handle(new Request(url, init));
    if (hit && answered) what();
    return response;
  });
}

const event = () => room.members.get(anna)?.event;
const joins = () => room.events.filter(({ type, state_key }) => type === 'm.room.member' && state_key === anna);

describe('whose join it is', () => {
  it('is this job’s where its answer and an event newer than its request show it, and the event is kept', async () => {
    const row = await run();
    expect(row).toMatchObject({ status: 'done', reason: 'Joined by this job.' });
    const { event_id: id, origin_server_ts: ts } = event() ?? {};
    expect(readBefore(row.before)).toMatchObject({ joined_before: false, join_event: { id, ts } });
    expect(canBeUndone(row)).toBe(true);
  });

  it.each([
    ['just after the look at the members', /\/members$/],
    ['just after the last look before the join', /messages\?dir=b/],
  ])('not this job’s where somebody joined them %s: the server says yes, and made no event', async (_, fits) => {
    let first = true;
    // Where the look is the last one, the timeline is read only afterwards.
    when(fits, () => first && (joinsAsTheyDo(), (first = false)), fits.source.includes('members'));
    const row = await run();
    expect(model.log.count('POST', /\/v1\/join\//)).toBe(1);
    expect(joins()).toHaveLength(1);
    expect(row).toMatchObject({ status: 'skipped', before: { joined_before: null } });
    expect(row.reason).toMatch(/^In the room: joined by this job or by someone else\./);
    expect(canBeUndone(row)).toBe(false);
    expect(isUndoable(row)).toBe(true);
  });

  it('is this job’s also where the user’s name is changed right after it', async () => {
    when(/^POST .*\/v1\/join\//, () => setMembership(model, room, anna, { membership: 'join', sender: anna }), true);
    const row = await run();
    expect(joins()).toHaveLength(2);
    expect(row).toMatchObject({ status: 'done', before: { join_event: { id: joins()[0]?.event_id } } });
  });

  it.each([
    ['the timeline can’t be read before', /dir=b/, '403'],
    ['the timeline can’t be read after', /dir=f/, '403'],
    ['the connection breaks after', /dir=f/, 'reset-before'],
  ] as const)('nobody’s for sure where %s, and never unknown', async (_, fits, answer) => {
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      if (fits.test(url) && answer === 'reset-before') throw new TypeError('Failed to fetch');
      if (fits.test(url)) model.faults.next({ match: /\/messages/, answer });
      return model.handle(new Request(url, init));
    });
    const row = await run();
    expect(row).toMatchObject({ status: 'skipped', before: { joined_before: null } });
    expect(row.unanswered).toBeUndefined();
  });

  it('is not certain where a request was held back and the user joined in the meantime', async () => {
    const { now } = performance;
    let ahead = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + ahead);
    when(/^POST .*\/v1\/join\//, () => {
      joinsAsTheyDo();
      // Half a minute until it is delivered, by the homeserver's clock too.
      for (const one of joins()) one.origin_server_ts -= 30_000;
      ahead = 30_000;
    });
    const row = await run();
    vi.restoreAllMocks();
    expect(row).toMatchObject({ status: 'skipped', before: { joined_before: null } });
  });

  it('costs two small requests more than the join itself', async () => {
    await run();
    const asked = model.log.entries.slice(model.log.entries.findIndex(({ path }) => path.endsWith('/members')));
    expect(
      asked.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`).filter((one) => one !== 'GET state'),
    ).toEqual(['GET members', 'GET messages', `POST ${room.room_id}`, 'GET messages']);
  });
});

describe('an answer that is not Synapse’s', () => {
  it.each([
    ['about another room', { room_id: '!other:demo.example' }],
    ['of a portal', { status: 'ok' }],
  ])('is no success: %s', async (_, body) => {
    vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
      init.method === 'POST' ? Promise.resolve(Response.json(body)) : model.handle(new Request(url, init)),
    );
    const job = createJob(joinJob(joinGround(model), await planned()), quick);
    job.start();
    await vi.waitFor(() => expect(job.row(0).status).toBe('unknown'), { timeout: 10_000 });
  });
});

it('nobody is joined to a room that was replaced since the plan, unless the admin chose the old room', async () => {
  const items = await planned();
  room.tombstoned = true;
  expect(await run(items)).toMatchObject({
    status: 'skipped',
    reason: expect.stringMatching(/^The room was replaced/),
  });
  expect(model.log.writes()).toEqual([]);
});
