import { beforeEach, expect, it } from 'vitest';
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
import { commonPrefix, planGhosts, type BridgePlanned, type Ghosts } from './ghosts';

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
const targetsOf = ({ rows }: BridgePlanned) => rows.flatMap(({ target }) => target ?? []);

async function run(planned: BridgePlanned) {
  const job = createJob(
    playbookJob(bridge, { targets: targetsOf(planned), input: planned.input }, groundOf(model)),
    new Hurry(),
  );
  job.start();
  await seeItThrough(job, () => void signInTo(model));
  return job.indexes([]).map((index) => job.row(index));
}
const isIn = (roomId: string, userId: string) =>
  model.state.rooms.get(roomId)?.members.get(userId)?.membership === 'join';

it('plans the ghosts of a bridge with the rooms that only it and one person are in, and keeps the bot', async () => {
  const planned = await byPrefix();
  expect(planned).toMatchObject({ portals: 1, shared: 1 });
  expect(targetsOf(planned).map(({ id }) => id)).toEqual(ghosts);
  // A room goes with one ghost only.
  const rooms = targetsOf(planned).flatMap(({ note }) => (note as BridgeNote).rooms);
  expect(rooms).toEqual([{ id: portal, human: anna }]);
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
  model.state.rooms.get(portal)?.members.set(`@ben:${model.serverName}`, { membership: 'join', since: 0 });
  const rows = await run(planned);
  expect(rows.map(({ status }) => status)).toEqual(['failed', 'done']);
  expect(english(rows[0]?.reason ?? '')).toMatch(/^Check rooms: Someone joined /);
  expect(model.state.rooms.has(portal)).toBe(true);
});

it('tells a bridge by its beginning only where that is long enough', () => {
  expect(commonPrefix(['@telegram_1:a', '@telegram_22:a'])).toBe('@telegram_');
  expect(commonPrefix(['@telegram_1:a', '@irc_2:a'])).toBe('');
  expect(commonPrefix([])).toBe('');
});
