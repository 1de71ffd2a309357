import { afterEach, describe, expect, it, vi } from 'vitest';

import { ask } from './ask';
import { addRoom, addUser } from './build';
import { ConnectionReset, LATE_MS } from './faults';
import { MockHomeserver } from './homeserver';

afterEach(() => {
  vi.useRealTimers();
});

const join = (room: string): string => `/_synapse/admin/v1/join/${encodeURIComponent(room)}`;

function world(localpart = 'bob'): { hs: MockHomeserver; room: string; path: string; user: string } {
  const hs = new MockHomeserver();
  const user = addUser(hs, localpart).name;
  const room = addRoom(hs, { join_rules: 'public', alias: 'lobby', members: [hs.adminId] }).room_id;
  return { hs, room, path: join(room), user };
}

const isIn = ({ hs, room, user }: ReturnType<typeof world>): boolean =>
  hs.state.rooms.get(room)?.members.get(user)?.membership === 'join';

describe('scripted faults', () => {
  it.each([
    ['429', 429, false],
    ['500', 500, false],
    ['502-html', 502, false],
    ['503', 503, false],
    ['403', 403, false],
    ['401', 401, false],
    ['401-html', 401, false],
    ['403-html', 403, false],
    ['404-html', 404, false],
    ['404-traefik', 404, false],
    ['echo', 502, false],
    ['html', 200, false],
    ['portal', 200, false],
    ['500-after', 500, true],
    ['504-after', 504, true],
    ['empty', 200, true],
    ['odd', 200, true],
  ] as const)('%s answers %i, and the work is done: %s', async (answer, status, done) => {
    const w = world();
    w.hs.faults.next({ match: /POST .*join/, answer });
    expect((await ask(w.hs, 'POST', w.path, { user_id: w.user })).status).toBe(status);
    expect(isIn(w)).toBe(done);
    expect(w.hs.log.of('POST')[0]?.fault).toBe(answer);
    expect(w.hs.log.of('POST')[0]?.worked).toBe(done ? 200 : null);
  });

  it.each([
    ['reset-before', false],
    ['reset-after', true],
  ] as const)('%s throws ConnectionReset, and the work is done: %s', async (answer, done) => {
    const w = world();
    w.hs.faults.next({ answer });
    await expect(ask(w.hs, 'POST', w.path, { user_id: w.user })).rejects.toBeInstanceOf(ConnectionReset);
    expect(isIn(w)).toBe(done);
    expect(w.hs.log.of('POST')[0]?.status).toBe(0);
  });

  it('cut-short sends half of the answer and then breaks', async () => {
    const w = world();
    w.hs.faults.next({ answer: 'cut-short' });
    const request = new Request('http://x/_synapse/admin/v1/server_version');
    const response = await w.hs.handle(request);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toBeInstanceOf(ConnectionReset);
  });

  it('says retry_after_ms as told, and leaves it out when told so', async () => {
    const w = world();
    w.hs.faults.next({ answer: '429', retryAfterMs: 3210 });
    w.hs.faults.next({ answer: '429', retryAfterMs: null });
    const first = await ask(w.hs, 'GET', '/_synapse/admin/v2/users');
    expect([first.body['retry_after_ms'], first.headers.get('Retry-After')]).toEqual([3210, '4']);
    expect('retry_after_ms' in (await ask(w.hs, 'GET', '/_synapse/admin/v2/users')).body).toBe(false);
    w.hs.faults.next({ answer: '429', retryAfterMs: 'soon' });
    expect((await ask(w.hs, 'GET', '/_synapse/admin/v2/users')).body['retry_after_ms']).toBe('soon');
  });

  it('plays as often as told, after as many as told, and only where it fits', async () => {
    const w = world();
    w.hs.faults.next({ match: /server_version/, answer: '500', times: 2, after: 1 });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await ask(w.hs, 'GET', '/_synapse/admin/v1/server_version')).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
    expect((await ask(w.hs, 'GET', '/_synapse/admin/v2/users')).status).toBe(200);
  });
});

describe('slow', () => {
  it('waits as long as told, three seconds unless told, and then answers as usual', async () => {
    vi.useFakeTimers();
    const { hs } = world();
    hs.faults.next({ answer: 'slow' });
    hs.faults.next({ answer: 'slow', delayMs: 50 });
    const statuses: number[] = [];
    const go = async (): Promise<void> => {
      statuses.push((await ask(hs, 'GET', '/_synapse/admin/v1/server_version')).status);
    };
    const both = [go(), go()];
    await vi.advanceTimersByTimeAsync(2999);
    expect(statuses).toEqual([200]);
    await vi.advanceTimersByTimeAsync(1);
    expect(statuses).toEqual([200, 200]);
    await Promise.all(both);
  });
});

it('slow until told: does the work only then', async () => {
  const { hs } = world();
  const told = Promise.withResolvers<void>();
  hs.faults.next({ answer: 'slow', until: told.promise });
  const answer = ask(hs, 'GET', '/_synapse/admin/v1/server_version');
  await Promise.resolve();
  expect(hs.log.inFlight).toBe(1);
  told.resolve();
  expect((await answer).status).toBe(200);
});

describe('late', () => {
  it('does the work at once, and answers when whoever asked has given up', async () => {
    vi.useFakeTimers();
    const w = world();
    w.hs.faults.next({ answer: 'late' });
    let status: number | null = null;
    const going = ask(w.hs, 'POST', w.path, { user_id: w.user }).then((said) => (status = said.status));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([isIn(w), status]).toEqual([true, null]);
    await vi.advanceTimersByTimeAsync(LATE_MS - 60_000);
    await going;
    expect(status).toBe(200);
  });
});

describe('faults by name', () => {
  it('fails what is written about fail-500, never what is read', async () => {
    const w = world('fail-500-x');
    expect((await ask(w.hs, 'POST', w.path, { user_id: w.user })).status).toBe(500);
    expect((await ask(w.hs, 'GET', `/_synapse/admin/v2/users/${w.user}`)).status).toBe(200);
  });

  it('fails limit- and flaky- once, then lets them pass', async () => {
    for (const [localpart, status] of [
      ['limit-x', 429],
      ['flaky-x', 502],
    ] as const) {
      const w = world(localpart);
      expect((await ask(w.hs, 'POST', w.path, { user_id: w.user })).status).toBe(status);
      expect((await ask(w.hs, 'POST', w.path, { user_id: w.user })).status).toBe(200);
    }
  });

  it('knows a room by its alias also when its id is used', async () => {
    const hs = new MockHomeserver();
    const room = addRoom(hs, { join_rules: 'public', alias: 'fail-403-board', members: [hs.adminId] });
    const said = await ask(hs, 'POST', join(room.room_id), { user_id: addUser(hs, 'carol').name });
    expect([said.status, said.body['errcode']]).toEqual([403, 'M_FORBIDDEN']);
  });
});

describe('chaos', () => {
  it('spoils about the share it is told, and spares sign-in', async () => {
    const hs = new MockHomeserver();
    hs.faults.chaos(20);
    const target = {
      method: 'POST',
      path: '/_synapse/admin/v1/join/x',
      pieces: [],
      query: new URLSearchParams(),
      body: null,
    };
    let played = 0;
    for (let i = 0; i < 2000; i += 1) if (hs.faults.take(target)) played += 1;
    expect(played).toBeGreaterThan(300);
    expect(played).toBeLessThan(500);
    hs.faults.chaos(100);
    expect((await ask(hs, 'GET', '/_matrix/client/v3/account/whoami')).status).toBe(200);
    expect((await ask(hs, 'GET', `/_synapse/admin/v2/users/${hs.adminId}`)).status).toBe(200);
    expect(hs.faults.take({ ...target, pieces: ['', '@alice:demo.example'] })).not.toBeNull();
  });
});

describe('the request log', () => {
  it('keeps method, decoded path, query, body, status and who asked', async () => {
    const w = world();
    await ask(w.hs, 'POST', `${join('#lobby:demo.example')}?server_name=a&server_name=b`, { user_id: w.user });
    const [entry] = w.hs.log.of('POST', /\/join\/#lobby/);
    expect(entry?.path).toBe('/_synapse/admin/v1/join/#lobby:demo.example');
    expect(entry?.rawPath).toContain('%23lobby');
    expect(entry?.query.getAll('server_name')).toEqual(['a', 'b']);
    expect([entry?.body, entry?.status, entry?.who]).toEqual([{ user_id: w.user }, 200, w.hs.adminId]);
    expect(w.hs.log.count('POST')).toBe(1);
    w.hs.log.clear();
    expect(w.hs.log.entries).toEqual([]);
  });

  it('knows the most requests that were in flight at once, preflights left out', async () => {
    const w = world();
    w.hs.latencyMs = 5;
    const version = '/_synapse/admin/v1/server_version';
    await Promise.all(['GET', 'GET', 'GET', 'OPTIONS'].map((method) => ask(w.hs, method, version)));
    expect(w.hs.log.peak).toBe(3);
    expect(w.hs.log.inFlight).toBe(0);
  });

  it('lets joins to one room wait for each other, and joins to two rooms not', async () => {
    const w = world();
    w.hs.latencyMs = 20;
    const other = addRoom(w.hs, { join_rules: 'public', members: [w.hs.adminId] });
    const ends: string[] = [];
    const run = async (name: string, path: string): Promise<void> => {
      await ask(w.hs, 'POST', path, { user_id: w.user });
      ends.push(name);
    };
    await Promise.all([run('a1', w.path), run('a2', join('#lobby:demo.example')), run('b1', join(other.room_id))]);
    expect(ends.at(-1)).toBe('a2');
  });
});
