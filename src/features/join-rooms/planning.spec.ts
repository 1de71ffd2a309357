import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlanDraft } from '~/job-store/plan-draft';
import { signOut, type Session } from '~/data/session';
import { signInTo } from '~/testing/signed-in';
import { addRoom, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { MAX_PAIRS } from './choice';
import { NOTHING_CHOSEN, runItems } from './plan';
import { beginPlanning, roomsInNeed, withChoices, type Planned, type Wanted } from './planning';
import { LOOK_EACH_UP_TO } from './scan';
import { wordsOf } from '~/lib/words';
import { inWords } from '~/testing/in-words';

let model: MockHomeserver;
let planning: PlanDraft<object, Planned>;
let session: Session;

const begin = (options: ConstructorParameters<typeof MockHomeserver>[0] = {}) => {
  model = new MockHomeserver(options);
  addUser(model, 'owner');
  session = signInTo(model);
};

beforeEach(() => {
  begin();
  planning = new PlanDraft({});
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
});
afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
  if (model.log.writes().length > 0) throw new Error('Making a plan only reads');
});

const make = (wanted: Wanted) => planning.make((making) => beginPlanning(session, wanted, making));
const named = (localpart: string) => `@${localpart}:${model.serverName}`;
const open = (alias: string) =>
  addRoom(model, { alias, creator: named('owner'), join_rules: 'public', members: [named('owner')] });
const crowd = (count: number) => Array.from({ length: count }, (_, index) => addUser(model, `u${index}`).name);
const every = (refs: readonly string[], users: Wanted['users']): Wanted => ({
  rooms: refs.map((ref) => ({ ref, via: [] })),
  users,
  pairs: null,
});
const names = (ids: readonly string[]): Wanted['users'] => ({ kind: 'named', ids });

/** Until there is a plan, or a reason why there is none. */
async function ended(wanted: Wanted) {
  make(wanted);
  await vi.waitFor(() => expect(planning.get().isMaking).toBe(false), { timeout: 10_000 });
  return planning.get();
}

async function plan(wanted: Wanted) {
  const { planned } = await ended(wanted);
  if (!planned) throw new Error('There is no plan');
  return { ...planned, notes: inWords(planned.notes) };
}

const asked = (path: RegExp) => model.log.of('GET', path);
const USERS_LIST = /\/v[23]\/users$/;
const ONE_USER = /\/v2\/users\/@/;

describe('making a plan of users who are named', () => {
  it('looks up each of a few, and never users of other homeservers', async () => {
    const room = open('lobby');
    const [anna = ''] = crowd(1);
    const { rows } = await plan(every([room.room_id], names([anna, named('nobody'), '@x:other.org'])));
    expect(asked(ONE_USER)).toHaveLength(2);
    expect(asked(USERS_LIST)).toEqual([]);
    expect(rows.map(({ verdict, reason }) => `${verdict}: ${wordsOf(reason)}`)).toEqual([
      'will: ',
      'cannot: there is no user with this ID',
      'cannot: user of another homeserver',
    ]);
  });

  it('reads the list in pages where they are many, and says what a list does not show', async () => {
    const room = open('lobby');
    const ids = crowd(LOOK_EACH_UP_TO + 1);
    addUser(model, { localpart: 'locked', locked: true });
    addUser(model, { localpart: 'gone', deactivated: true });
    const { rows, notes } = await plan(
      every([room.room_id], names([...ids, named('locked'), named('gone'), named('nobody')])),
    );
    expect(asked(ONE_USER)).toEqual([]);
    expect(rows.filter(({ verdict }) => verdict === 'will')).toHaveLength(ids.length);
    expect(rows.slice(-3).map(({ reason }) => wordsOf(reason))).toEqual([
      'locked user',
      'deactivated user',
      'not in the list of users: there is no user with this ID, or it is a guest',
    ]);
    expect(notes.join()).toContain('does not say who is suspended');
    expect(notes.join()).toContain('Deactivated and locked users are left out');
    // Who is in the list but not meant is nobody to speak of.
    const others = await plan(every([room.room_id], names(ids)));
    expect(others.notes.join()).not.toContain('Deactivated');
  });

  it('looks up each of many where that takes fewer requests than the whole list', async () => {
    const room = open('lobby');
    const ids = crowd(LOOK_EACH_UP_TO + 1);
    // As many accounts as would take more pages than there are named users.
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (!url.includes('limit=1&') && !url.endsWith('limit=1')) return response;
      const body = (await response.json()) as object;
      return Response.json({ ...body, total: 1_000_000 });
    });
    const { rows, notes } = await plan(every([room.room_id], names(ids)));
    expect(asked(ONE_USER)).toHaveLength(ids.length);
    expect(rows.every(({ verdict }) => verdict === 'will')).toBe(true);
    expect(notes).toEqual([]);
  });

  it.each([
    ['1.67.0', 1],
    ['1.68.0', 0],
  ])('on Synapse %s says that joins can’t be told apart: %s times', async (version, times) => {
    begin({ version });
    open('lobby');
    const { notes } = await plan(every([`#lobby:${model.serverName}`], names(crowd(1))));
    expect(notes.filter((note) => note.includes('needs Synapse 1.68'))).toHaveLength(times);
  });

  it('never asks a server with MAS for guests, which it would refuse', async () => {
    begin({ mas: true });
    const room = open('lobby');
    const { rows } = await plan(every([room.room_id], names(crowd(LOOK_EACH_UP_TO + 1))));
    expect(asked(USERS_LIST).map(({ query, status }) => [query.get('guests'), status])).toEqual([
      ['false', 200],
      ['false', 200],
    ]);
    expect(rows.filter(({ verdict }) => verdict === 'will')).toHaveLength(LOOK_EACH_UP_TO + 1);
  });
});

describe('making a plan of users who match a filter', () => {
  it('leaves out users who match only by a wildcard, and reports unreadable ones as such, not as a list that changed', async () => {
    const room = open('lobby');
    for (const localpart of ['john_doe', 'johnxdoe']) addUser(model, localpart);
    const filter = { kind: 'filter', query: { name: 'john_doe', guests: false } } as const;
    const { rows, notes } = await plan(every([room.room_id], filter));
    expect(rows.map(({ userId }) => userId)).toEqual([named('john_doe')]);
    expect(notes.join()).not.toContain('changed');
    addUser(model, { localpart: 'x.john_doe', displayname: 42 as unknown as string });
    const odd = await plan(every([room.room_id], filter));
    expect(odd.notes.join()).toContain('1 listed user could not be read, and is not in this plan.');
    expect(odd.notes.join()).not.toContain('changed');
  });

  it('is for the users in the list, and every room', async () => {
    const roomIds = [open('a'), open('b')].map(({ room_id }) => room_id);
    crowd(12);
    const { rows } = await plan(every(roomIds, { kind: 'filter', query: { name: 'u1', guests: false } }));
    const matching = new Set(['u1', 'u10', 'u11'].map(named));
    for (const roomId of roomIds) {
      const users = rows.filter((row) => row.id.endsWith(roomId)).map(({ userId }) => userId);
      expect(users).toHaveLength(matching.size);
      expect(new Set(users)).toEqual(matching);
    }
  });

  it('is refused before anything is read, if it is too large to look through', async () => {
    crowd(3);
    const refs = Array.from({ length: MAX_PAIRS / 2 }, (_, index) => `#r${index}:${model.serverName}`);
    const { planned, problem } = await ended(every(refs, { kind: 'filter', query: { guests: false } }));
    expect(planned).toBeNull();
    expect(problem).toMatch(/One plan holds up to 500,000/);
    expect(asked(/\/directory\//)).toEqual([]);
  });
});

describe('making a plan of pairs', () => {
  it('holds those pairs and no other', async () => {
    const [a, b] = [open('a').room_id, open('b').room_id];
    const [anna = '', ben = ''] = crowd(2);
    const { rows } = await plan({
      ...every([a, b], names([anna, ben])),
      pairs: [
        { userId: anna, ref: a },
        { userId: ben, ref: b },
      ],
    });
    expect(rows.map(({ id }) => id)).toEqual([`${anna} ${a}`, `${ben} ${b}`]);
  });
});

describe('a plan that could not read everything', () => {
  it('asks first, and then names what it goes without', async () => {
    const room = open('lobby');
    const [anna = '', ben = ''] = crowd(2);
    model.faults.next({ match: ({ path }) => path.endsWith(anna), answer: '403' });
    make(every([room.room_id], names([anna, ben])));
    await vi.waitFor(() => expect(planning.get().reading?.job.getSnapshot().state.phase).toBe('finished'), {
      timeout: 10_000,
    });
    expect(planning.get().planned).toBeNull();
    planning.get().reading?.goOnWithout();
    expect(planning.get().planned?.rows.map(({ verdict, reason }) => `${verdict}: ${wordsOf(reason)}`)).toEqual([
      'cannot: the user could not be read',
      'will: ',
    ]);
    expect(inWords(planning.get().planned?.notes ?? []).join()).toContain(anna);
  });

  it('is made by itself once what failed could be read', async () => {
    const room = open('lobby');
    const [anna = ''] = crowd(1);
    model.faults.next({ match: ({ path }) => path.endsWith(anna), answer: '403' });
    make(every([room.room_id], names([anna])));
    await vi.waitFor(() => expect(planning.get().reading?.job.getSnapshot().state.phase).toBe('finished'), {
      timeout: 10_000,
    });
    planning.get().reading?.job.retryFailed();
    await vi.waitFor(() => expect(planning.get().planned?.rows.map(({ verdict }) => verdict)).toEqual(['will']), {
      timeout: 10_000,
    });
    expect(planning.get().planned?.notes).toEqual([]);
  });

  it('is never made once it was given up', async () => {
    const room = open('lobby');
    make(every([room.room_id], names(crowd(3))));
    const job = planning.get().reading?.job;
    planning.drop();
    await job?.settled();
    expect(planning.get().planned).toBeNull();
  });
});

describe('rooms that only let in who is invited', () => {
  it('are offered once, and becoming their admin is then part of the job, before the joins', async () => {
    const owner = named('owner');
    const room = addRoom(model, { alias: 'staff', creator: owner, members: [owner] });
    const [anna = ''] = crowd(1);
    const before = await plan(every([`#staff:${model.serverName}`, room.room_id], names([anna])));
    expect(runItems(before.rows)).toEqual([]);
    expect(roomsInNeed(before).map(({ roomId }) => roomId)).toEqual([room.room_id]);
    const after = withChoices(before, { ...NOTHING_CHOSEN, makeAdmin: new Set([room.room_id]) });
    expect(runItems(after.rows).map(({ kind }) => kind)).toEqual(['make-admin', 'join']);
    expect(runItems(withChoices(after, NOTHING_CHOSEN).rows)).toEqual([]);
    // A ticked room can be unticked.
    expect(roomsInNeed(after)).toHaveLength(1);
  });

  it('are not offered where it would help nobody: power is not taken for nothing', async () => {
    const owner = named('owner');
    const { room_id } = addRoom(model, { creator: owner, members: [owner] });
    addUser(model, { localpart: 'gone', deactivated: true });
    const planned = await plan(every([room_id], names([owner, named('gone'), named('nobody')])));
    expect(roomsInNeed(planned)).toEqual([]);
  });
});
