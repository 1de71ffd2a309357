import { describe, expect, it } from 'vitest';
import { addRoom, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { planned, verdictFor } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { modelForEach, reaching } from '~/testing/model-for-each';
import { runToTheEnd, signInTo } from '~/testing/signed-in';
import { addWriting } from '~/testing/worlds/access';
import { vi } from 'vitest';
import { redact } from './redact';

/** Which rooms are named, and whom Synapse can't redact for. */

let model: MockHomeserver;
modelForEach((made) => (model = made));

const INPUT = { rooms: [], after: null, before: null, limit: 1000, reason: '', use_admin: false };
const made = (input: object = {}) => ({ ...INPUT, ...input });

function anna(over: object = {}) {
  return addUser(model, { localpart: 'anna', ...over }).name;
}

async function sent(userId: string, input: object = {}): Promise<unknown> {
  await runToTheEnd(model, await planned(model, redact, [userId], made(input)), () => undefined);
  return model.log.writes()[0]?.body;
}

const read = (after: string, before: string) => {
  const entered = redact.form?.read({ ...redact.form.initial, after, before });
  return entered && 'input' in entered ? entered.input : null;
};

it('says in the plan, in the report and before the last click that only some days are meant', async () => {
  const userId = anna();
  addWriting(model, userId);
  const both = read('2026-11-01', '2026-11-02');
  const rows = await runToTheEnd(model, await planned(model, redact, [userId], both), () => undefined);
  expect(inWords(rows)).toMatchObject([
    {
      columns: { after: expect.stringMatching(/redacted in .*: only those sent from 2026-11-01 to 2026-11-02$/) },
      reason: expect.stringMatching(/redacted in 1 room: only those sent from 2026-11-01 to 2026-11-02\.$/),
    },
  ]);
  const where = { server: { serverName: 'a', version: '1.163.2', mas: false }, isMyself: false };
  const said = (after: string, before: string) => inWords(redact.consequences(read(after, before), true, where));
  expect(said('2026-11-01', '2026-11-02')).toContain('Only messages sent from 2026-11-01 to 2026-11-02.');
  expect(said('2026-11-01', '')).toContain('Only messages sent on 2026-11-01 or later.');
  expect(said('', '2026-11-02')).toContain('Only messages sent on 2026-11-02 or earlier.');
  expect(String(said('', ''))).not.toContain('Only messages');
});

describe('the rooms are always named', () => {
  it('as those that the user is in or is banned from, not those that the user has left', async () => {
    const userId = anna();
    const joined = addWriting(model, userId).room_id;
    const banned = addRoom(model, { members: { [userId]: 'ban' } }).room_id;
    addRoom(model, { members: { [userId]: 'leave' } });
    addRoom(model, { members: { [userId]: 'invite' } });
    expect(await sent(userId)).toEqual({ rooms: [joined, banned], limit: 1000 });
  });

  it('as they were entered', async () => {
    const userId = anna();
    addWriting(model, userId);
    const { room_id } = addWriting(model, userId);
    const input = { rooms: [room_id], reason: 'Spam', use_admin: true, after: 5, before: 7 };
    const body = { rooms: [room_id], limit: 1000, reason: 'Spam', use_admin: true, after_ts: 5, before_ts: 7 };
    expect(await sent(userId, input)).toEqual(body);
  });

  it('so a user who is in none is refused, rather than redacted nowhere', async () => {
    const found = await verdictFor(model, redact, anna(), made());
    expect(inWords(found)).toMatchObject({
      verdict: 'cannot',
      reason: expect.stringMatching(/^The user is in no room\./),
    });
  });

  it('before Synapse 1.145 as those that the user is in', async () => {
    const older = new MockHomeserver({ version: '1.140.0' });
    vi.stubGlobal('fetch', reaching(older));
    signInTo(older);
    model = older;
    const userId = anna();
    const { room_id } = addWriting(older, userId);
    addRoom(older, { members: { [userId]: 'ban' } });
    expect(await sent(userId)).toEqual({ rooms: [room_id], limit: 1000 });
  });
});

describe('a suspended user', () => {
  it('is refused where a room has version 10 or older, with the room and what to do instead', async () => {
    const userId = anna({ suspended: true });
    addWriting(model, userId, '11');
    const { room_id } = addWriting(model, userId, '10');
    const found = await verdictFor(model, redact, userId, made());
    expect(inWords(found)).toMatchObject({
      verdict: 'cannot',
      reason: expect.stringContaining(`${room_id} has room version 10`),
    });
    expect(inWords(found)).toMatchObject({ reason: expect.stringContaining('Lock the user instead') });
  });

  it('is redacted where all rooms are newer, or in the name of the admin', async () => {
    const userId = anna({ suspended: true });
    addWriting(model, userId, '11');
    expect(await verdictFor(model, redact, userId, made())).toMatchObject({ verdict: 'will' });
    addWriting(model, userId, '10');
    expect(await verdictFor(model, redact, userId, made({ use_admin: true }))).toMatchObject({ verdict: 'will' });
  });

  it('who was suspended since the plan is skipped', async () => {
    const userId = anna();
    addWriting(model, userId, '10');
    const spec = await planned(model, redact, [userId], made());
    const user = model.state.users.get(userId);
    if (user) user.suspended = true;
    const [row] = await runToTheEnd(model, spec, () => undefined);
    expect(row?.status).toBe('skipped');
    expect(model.log.writes()).toEqual([]);
  });
});

it.each<[string, object, string[]]>([
  ['a room ID', { rooms: '#alias:demo.example' }, ['rooms']],
  ['a limit', { limit: 0 }, ['limit']],
  ['days in their order', { after: '2026-02-02', before: '2026-02-01' }, ['before']],
])('asks for %s', (_, entered, fields) => {
  const { form } = redact;
  const read = form?.read({ ...form.initial, ...entered });
  expect(Object.keys((read && 'problems' in read && read.problems) || {})).toEqual(fields);
});

it('takes whole days, the last one included', () => {
  const { form } = redact;
  const read = form?.read({ ...form.initial, after: '2026-02-01', before: '2026-02-01' });
  expect(read).toMatchObject({
    input: {
      after: new Date(2026, 1, 1).getTime(),
      before: new Date(2026, 1, 2).getTime() - 1,
    },
  });
});
