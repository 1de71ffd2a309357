import { beforeEach, describe, expect, it } from 'vitest';
import { HomeserverError } from '~/api/errors';
import { addMedia, addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { PlanDraft } from '~/job-store/plan-draft';
import { whenOver } from '~/jobs/phase';
import { modelForEach } from '~/testing/model-for-each';
import { BASE, leavePage, planMade, signInTo } from '~/testing/signed-in';
import { day } from '~/lib/dates';
import { firstChoice, type Choice } from './choice';
import { readingRequests } from './estimate';
import { beginPlanning, scopeOf, withOnly, type LocalPlanned, type Planned } from './planning';
import { emptyFound, firstItems } from './scan';
import { mediaScript } from './script';
import { packsInRoom } from './sticker-packs';

/** A whole plan, as the wizard makes it: what is chosen, what is read, and what becomes of each file. */

const DAY = 86_400_000;
let model: MockHomeserver;
modelForEach((made) => (model = made));
beforeEach(() => leavePage());

async function planOf(over: Partial<Choice>): Promise<LocalPlanned> {
  const session = signInTo(model);
  const choice = { ...firstChoice(Date.now()), date: day(Date.now()), ...over };
  const planned = await planMade<Planned>((making) => beginPlanning(session, choice, making));
  if (planned.kind !== 'local') throw new Error('no plan of files');
  return planned;
}

const deleted = ({ plan }: LocalPlanned) => new Set(plan.byVerdict.delete.map((index) => plan.files[index]?.id));

/** Uploaded so many days ago and never opened. */
const upload = (owner: string, daysAgo: number) =>
  addMedia(model, { user_id: owner, created_ts: Date.now() - daysAgo * DAY, last_access_ts: null }).media_id;

it('is about all users that match a filter, locked and deactivated ones among them', async () => {
  const anna = addUser(model, { localpart: 'anna', locked: true });
  const annabel = addUser(model, { localpart: 'annabel', deactivated: true });
  const goes = [upload(anna.name, 9), upload(annabel.name, 9)];
  upload(addUser(model, 'ben').name, 9);
  const planned = await planOf({ whose: 'filter', filter: { name: 'ann', onlyAdmins: false } });
  expect(deleted(planned)).toEqual(new Set(goes));
});

it('keeps the newest files of each user, and leaving out others doesn’t change which these are', async () => {
  const { name } = addUser(model, 'anna');
  const [oldest, older] = [upload(name, 9), upload(name, 8), upload(name, 7), upload(name, 6)];
  const planned = await planOf({ newest: '2' });
  expect(deleted(planned)).toEqual(new Set([oldest, older]));
  const files = planned.plan.files.filter(({ id }) => id === oldest);
  expect(deleted(withOnly(planned, files))).toEqual(new Set([oldest]));
  const { serverName, version, adminId: userId } = model;
  const ground = { owner: { baseUrl: 'https://demo.example', userId }, serverName, version };
  for (const language of ['bash', 'python'] as const) {
    const script = [...mediaScript(planned, ground, language)].join('');
    expect(script).toContain('2 newest files');
    expect(script).toContain(oldest);
    expect(script).not.toContain(planned.plan.files.find(({ id }) => id !== oldest && id !== older)?.id);
  }
});

const message = (roomId: string, ...mxcs: string[]) =>
  mxcs.map((url, index) => ({
    event_id: `$${index}:${roomId}`,
    type: 'm.room.message',
    sender: model.adminId,
    origin_server_ts: 1,
    content: { msgtype: 'm.image', body: 'x', url },
  }));

describe('of one room', () => {
  it('has the files of this homeserver that its messages name, each once, and says how many are copies', async () => {
    const { name } = addUser(model, 'anna');
    const [one, two, elsewhere] = [upload(name, 9), upload(name, 8), upload(name, 7)];
    const room = addRoom(model, { alias: 'lobby' });
    const mxc = (id: string) => `mxc://${model.serverName}/${id}`;
    room.events.push(...message('a', mxc(one), mxc(one), mxc(two), mxc('deletedBefore'), 'mxc://other.example/x'));
    const planned = await planOf({ where: 'room', room: `#lobby:${model.serverName}` });
    expect(deleted(planned)).toEqual(new Set([one, two]));
    expect(planned.plan.files.some(({ id }) => id === elsewhere)).toBe(false);
    expect(planned.copies).toBe(1);
    expect(planned.notes).toEqual([]);
    // Not one list of a user, and no file was opened.
    expect(model.log.count('GET', /users\/.*\/media|statistics|download|thumbnail/)).toBe(0);
  });

  it('keeps what any plan keeps: avatars, protected files and each user’s newest there', async () => {
    const anna = addUser(model, 'anna');
    const [oldest, picture, newest] = [upload(anna.name, 9), upload(anna.name, 8), upload(anna.name, 7)];
    anna.avatar_url = `mxc://${model.serverName}/${picture}`;
    const safe = addMedia(model, { user_id: anna.name, created_ts: 1_600_000_000_000, safe_from_quarantine: true });
    const room = addRoom(model);
    const ids = [oldest, picture, newest, safe.media_id];
    room.events.push(...message('b', ...ids.map((id) => `mxc://${model.serverName}/${id}`)));
    const planned = await planOf({ where: 'room', room: room.room_id, newest: '1' });
    expect(deleted(planned)).toEqual(new Set([oldest]));
  });
});

it('keeps the files of a pasted list', async () => {
  const { name } = addUser(model, 'anna');
  const [goes, stays] = [upload(name, 9), upload(name, 8)];
  const planned = await planOf({ listed: `{"url":"mxc://${model.serverName}/${stays}"}` });
  expect(deleted(planned)).toEqual(new Set([goes]));
  expect(planned.plan.totals.listed.files).toBe(1);
});

describe('sticker packs of rooms', () => {
  it.each(['im.ponies.room_emotes', 'm.image_pack', 'm.room.image_pack'])(
    'in %s are kept and counted',
    async (type) => {
      const { name } = addUser(model, 'anna');
      const [goes, sticker, cover] = [upload(name, 9), upload(name, 8), upload(name, 7)];
      const mxc = (id: string) => `mxc://${model.serverName}/${id}`;
      const content = { pack: { avatar_url: mxc(cover) }, images: { wave: { url: mxc(sticker), info: {} } } };
      const more_state = [
        { type, state_key: 'waves', content },
        // Removed again, which leaves it empty.
        { type, state_key: 'gone', content: {} },
        { type: 'm.widget', state_key: '', content: { url: mxc(goes) } },
      ];
      const { room_id: room } = addRoom(model, { more_state });
      const planned = await planOf({ stickerRooms: room });
      expect(deleted(planned)).toEqual(new Set([goes]));
      expect(planned.plan.totals.sticker.files).toBe(2);
      expect(planned.packs).toMatchObject([{ room, packs: 1, pictures: 2 }]);
    },
  );

  it('of a room that can’t be read are no reason to delete them: there is no plan', async () => {
    upload(addUser(model, 'anna').name, 9);
    const room = `!gone:${model.serverName}`;
    const found = emptyFound();
    const ground = { hs: { baseUrl: BASE, token: model.adminToken }, serverName: model.serverName };
    await expect(packsInRoom(ground, room, found)).rejects.toThrow(HomeserverError);
    // It is among the lists, without which no plan is made.
    const choice = { ...firstChoice(Date.now()), stickerRooms: room };
    expect(firstItems(scopeOf(choice, { serverName: model.serverName, mas: false }))).toContainEqual({
      kind: 'sticker-room',
      room,
    });
  });
});

it('takes about as many requests as the estimate says, for what everyone has', async () => {
  for (const name of ['anna', 'ben', 'carl']) upload(addUser(model, name).name, 9);
  await planOf({ keepAvatars: false });
  expect(model.log.count('GET', /statistics|\/media$/)).toBe(readingRequests(3));
});

it('says that it is partial where a user’s files could not be read', async () => {
  const [{ name }, other] = [addUser(model, 'anna'), addUser(model, 'ben')];
  upload(name, 9);
  upload(other.name, 9);
  expect((await planOf({ keepAvatars: false })).isPartial).toBeUndefined();
  model.faults.next({ match: /users\/.*anna.*\/media/, answer: '413' });
  const session = signInTo(model);
  const choice = { ...firstChoice(Date.now()), date: day(Date.now()), keepAvatars: false };
  const draft = new PlanDraft<object, Planned>({});
  const planned = await new Promise<LocalPlanned>((resolve) => {
    draft.subscribe(() => {
      const { planned: made, reading } = draft.get();
      if (made?.kind === 'local') resolve(made);
      else if (reading?.stage === 'files') void whenOver(reading.job).then(() => draft.get().reading?.goOnWithout());
    });
    draft.make((making) => beginPlanning(session, choice, making));
  });
  expect([planned.isPartial, planned.plan.files.length]).toEqual([true, 1]);
});
