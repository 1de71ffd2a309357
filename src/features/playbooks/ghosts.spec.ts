import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bridge, type BridgeNote } from '~/actions/playbook/bridge';
import { playbookJob } from '~/actions/playbook-job';
import type { Session } from '~/data/session';
import { createJob } from '~/jobs/runner';
import { english } from '~/lib/english';
import { addMedia, addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { groundOf } from '~/testing/actions';
import { Hurry, seeItThrough } from '~/testing/engine';
import { modelForEach } from '~/testing/model-for-each';
import { planMade, signInTo } from '~/testing/signed-in';
import { planGhosts, type BridgePlanned, type Ghosts } from './ghosts';
import { roomsOf, targetsOf as portalTargetsOf } from './portals';

let model: MockHomeserver;
let session: Session;
let ghosts: string[];
let bot: string;
let anna: string;
let portal: string;
let shared: string;
modelForEach((made, signedIn) => {
  model = made;
  session = signedIn;
});

const user = (localpart: string, appservice_id: string | null = null) =>
  addUser(model, { localpart, appservice_id }).name;

beforeEach(() => {
  model.taskMs = 0;
  ghosts = [user('_tele_1', 'tele'), user('_tele_2', 'tele')];
  bot = user('_tele_bot', 'tele');
  anna = user('anna');
  const ben = user('ben');
  portal = addRoom(model, { members: [...ghosts, bot, anna], creator: bot }).room_id;
  shared = addRoom(model, { members: [...ghosts, anna, ben], creator: anna }).room_id;
  for (const user_id of ghosts) addMedia(model, { user_id });
});

const planOf = (by: Ghosts) =>
  planMade<BridgePlanned>((making) =>
    planGhosts(by, { media: true, rooms: true, block: false, deactivate: true }, session, making),
  );
const byPrefix = () => planOf({ by: 'prefix', prefix: '@_tele_', bot });
const runsOf = ({ rows }: BridgePlanned) => rows.filter(({ verdict }) => verdict === 'will');
const targetsOf = (planned: BridgePlanned) => portalTargetsOf(planned, runsOf(planned));
/** The rooms that are deleted, and those that stay. */
const roomsIn = (planned: BridgePlanned, runs = runsOf(planned)) =>
  roomsOf(planned, runs).map(({ id, verdict }) => [id, verdict]);

const jobOf = (planned: BridgePlanned) =>
  createJob(playbookJob(bridge, { targets: targetsOf(planned), input: planned.input }, groundOf(model)), new Hurry());

async function run(planned: BridgePlanned, onRequest: (request: Request) => void = () => undefined) {
  const job = jobOf(planned);
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    onRequest(request);
    return model.handle(request);
  });
  job.start();
  await seeItThrough(job, () => void signInTo(model));
  return job.indexes([]).map((index) => job.row(index));
}
const joins = (roomId: string) =>
  model.state.rooms.get(roomId)?.members.set(`@ben:${model.serverName}`, { membership: 'join', since: 0 });
const isIn = (roomId: string, userId: string) =>
  model.state.rooms.get(roomId)?.members.get(userId)?.membership === 'join';

it('plans the ghosts of a bridge with the rooms that only it and one person are in, and keeps the bot', async () => {
  const planned = await byPrefix();
  expect(roomsIn(planned)).toEqual([
    [portal, 'will'],
    [shared, 'cannot'],
  ]);
  expect(targetsOf(planned).map(({ id }) => id)).toEqual(ghosts);
  // A room goes with one ghost only.
  const rooms = targetsOf(planned).flatMap(({ note }) => (note as BridgeNote).rooms);
  expect(rooms).toEqual([{ id: portal, human: anna, members: [...ghosts, bot, anna] }]);
  const excluded = planned.rows.filter(({ verdict }) => verdict === 'cannot');
  expect(excluded.map(({ id, reason }) => `${id} ${english(reason)}`)).toEqual([
    `${bot} The bot of the bridge: it stays.`,
  ]);
});

it('finds the same ghosts by the application service, and leaves out accounts of nobody', async () => {
  const person = user('_tele_fan');
  expect(targetsOf(await planOf({ by: 'appservice', appservice: 'tele', bot })).map(({ id }) => id)).toEqual(ghosts);
  expect(targetsOf(await byPrefix()).map(({ id }) => id)).not.toContain(person);
});

it('leaves no ghost active, no file of theirs and no portal room, and the rest as it was', async () => {
  const rows = await run(await byPrefix());
  expect(rows.map(({ status }) => status)).toEqual(['done', 'done']);
  expect(ghosts.map((id) => model.state.users.get(id)?.deactivated)).toEqual([true, true]);
  expect([...model.state.media.values()].filter(({ user_id }) => ghosts.includes(user_id ?? ''))).toEqual([]);
  expect(model.state.rooms.has(portal)).toBe(false);
  expect([anna, ...ghosts].map((id) => isIn(shared, id))).toEqual([true, false, false]);
  expect(model.state.users.get(bot)?.deactivated).toBe(false);
  // Run again, it changes nothing.
  model.log.clear();
  expect((await run(await byPrefix())).map(({ status }) => status)).toEqual(['skipped', 'skipped']);
  expect(model.log.writes()).toEqual([]);
});

it('leaves a room alone that someone joined since the plan', async () => {
  const planned = await byPrefix();
  joins(portal);
  const rows = await run(planned);
  expect(rows.map(({ status }) => status)).toEqual(['failed', 'done']);
  expect(english(rows[0]?.reason ?? '')).toMatch(/^Check rooms: Someone joined /);
  expect(model.state.rooms.has(portal)).toBe(true);
});

it('counts a person as a person, whatever the user ID looks like', async () => {
  const alike = user('_tele_anna');
  const elsewhere = '@_tele_1:elsewhere.example';
  for (const id of [alike, elsewhere])
    addRoom(model, { members: [...ghosts, anna, id], creator: bot, room_id: `!with-${id.length}:${model.serverName}` });
  for (const planned of [await byPrefix(), await planOf({ by: 'appservice', appservice: 'tele', bot })]) {
    expect(roomsIn(planned).filter(([, verdict]) => verdict === 'will')).toEqual([[portal, 'will']]);
  }
  const rooms = [...model.state.rooms.keys()].filter((id) => id !== portal);
  await run(await byPrefix());
  expect([...model.state.rooms.keys()]).toEqual(rooms);
});

it('counts a ghost that is left out as a person, and names the rooms that go with the others', async () => {
  const planned = await byPrefix();
  const runs = runsOf(planned).slice(1);
  expect(roomsOf(planned, runs)).toMatchObject([
    { id: portal, verdict: 'cannot', people: [ghosts[0], anna], ofBridge: [ghosts[1], bot] },
    { id: shared, verdict: 'cannot' },
  ]);
  expect(portalTargetsOf(planned, runs)).toEqual([{ id: ghosts[1], note: { rooms: [] } }]);
  expect(roomsOf(planned, [])).toEqual([]);
});

describe('a room that someone joins while the job runs', () => {
  it('stays, though the rooms of its ghost were checked before', async () => {
    const later = addRoom(model, { members: [...ghosts, bot], creator: bot }).room_id;
    const planned = await byPrefix();
    expect(roomsIn(planned).filter(([, verdict]) => verdict === 'will')).toHaveLength(2);
    // The first room is deleted: the check of both is over.
    const rows = await run(planned, (request) => {
      if (request.method === 'DELETE' && request.url.includes('/rooms/')) joins(later);
    });
    expect(model.state.rooms.has(portal)).toBe(false);
    expect(model.state.rooms.has(later)).toBe(true);
    expect(english(rows[0]?.reason ?? '')).toMatch(/Delete rooms: .*Someone joined/);
    expect(model.state.users.get(ghosts[0] ?? '')?.deactivated).toBe(false);
  });

  it('stays where the job was paused after the check, and where a failed deletion is retried', async () => {
    const planned = await byPrefix();
    const job = jobOf(planned);
    model.faults.next({ match: /^DELETE .*\/v2\/rooms\//, answer: '413' });
    job.start();
    await seeItThrough(job, () => void signInTo(model));
    expect(english(job.row(0).reason)).toMatch(/^Delete rooms: /);
    joins(portal);
    job.retryFailed();
    await seeItThrough(job, () => void signInTo(model));
    expect(english(job.row(0).reason)).toMatch(/^Delete rooms: Someone joined /);
    expect(model.state.rooms.has(portal)).toBe(true);
  });
});

it('deletes no file of a ghost in whose room someone is since the plan', async () => {
  const planned = await byPrefix();
  joins(portal);
  await run(planned);
  expect([...model.state.media.values()].filter(({ user_id }) => user_id === ghosts[0])).toHaveLength(1);
});
