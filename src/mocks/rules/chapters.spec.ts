import { describe, expect, it } from 'vitest';
import { ask } from '../ask';
import { addMedia, addRoom, addUser } from '../build';
import { MockHomeserver } from '../homeserver';

const V1 = '/_synapse/admin/v1';

describe('statistics (§4)', () => {
  it('counts by creation, both ends included, and only those who own media', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, { localpart: 'a', displayname: 'Anna' }).name;
    addUser(hs, 'nothing');
    for (const created_ts of [1000, 2000, 3000]) addMedia(hs, { user_id: user, created_ts, media_length: 10 });
    const path = `${V1}/statistics/users/media`;
    const row = { user_id: user, displayname: 'Anna' };
    expect((await ask(hs, 'GET', path)).body).toEqual({
      users: [{ ...row, media_count: 3, media_length: 30 }],
      total: 1,
    });
    expect((await ask(hs, 'GET', `${path}?from_ts=2000&until_ts=3000`)).body['users']).toEqual([
      { ...row, media_count: 2, media_length: 20 },
    ]);
    expect((await ask(hs, 'GET', `${path}?from_ts=5&until_ts=5`)).body['errcode']).toBe('M_INVALID_PARAM');
    expect((await ask(hs, 'GET', `${path}?search_term=%C3%A4`)).body['errcode']).toBe('M_UNKNOWN');
  });
});

describe('registration tokens (§4)', () => {
  it.each([
    [{ token: '' }],
    [{ token: 'with space' }],
    [{ token: 5 }],
    [{ length: 65 }],
    [{ uses_allowed: -1 }],
    [{ expiry_time: 1 }],
    [{ token: 'taken' }],
  ])('refuses %j with M_INVALID_PARAM', async (body) => {
    const hs = new MockHomeserver();
    await ask(hs, 'POST', `${V1}/registration_tokens/new`, { token: 'taken' });
    expect((await ask(hs, 'POST', `${V1}/registration_tokens/new`, body)).body['errcode']).toBe('M_INVALID_PARAM');
  });

  it('makes, changes only what is given, lists by validity and deletes', async () => {
    const hs = new MockHomeserver();
    const made = await ask(hs, 'POST', `${V1}/registration_tokens/new`, { length: 8, uses_allowed: 0 });
    const token = String(made.body['token']);
    expect([made.status, token.length]).toEqual([200, 8]);
    expect((await ask(hs, 'GET', `${V1}/registration_tokens?valid=true`)).body).toEqual({ registration_tokens: [] });
    const changed = await ask(hs, 'PUT', `${V1}/registration_tokens/${token}`, { uses_allowed: null });
    expect(changed.body).toEqual({ token, uses_allowed: null, pending: 0, completed: 0, expiry_time: null });
    expect((await ask(hs, 'DELETE', `${V1}/registration_tokens/${token}`)).status).toBe(200);
    expect((await ask(hs, 'DELETE', `${V1}/registration_tokens/${token}`)).body['errcode']).toBe('M_NOT_FOUND');
  });
});

describe('reports (§4)', () => {
  it('come newest first, and hide with their room', async () => {
    const hs = new MockHomeserver();
    const room = addRoom(hs, { name: 'R' });
    for (const [id, received_ts] of [
      [1, 10],
      [2, 20],
    ] as const) {
      const event = {
        event_id: `$${id}`,
        type: 'm.room.message',
        sender: '@x:demo.example',
        origin_server_ts: 1,
        content: {},
      };
      const base = {
        room_id: room.room_id,
        event_id: event.event_id,
        user_id: hs.adminId,
        score: null,
        reason: 'spam',
      };
      hs.state.eventReports.set(id, { ...base, id, received_ts, sender: event.sender, event: id === 1 ? event : null });
    }
    expect((await ask(hs, 'GET', `${V1}/event_reports?limit=1`)).body).toMatchObject({
      event_reports: [{ id: 2, name: 'R' }],
      total: 2,
      next_token: 1,
    });
    expect((await ask(hs, 'GET', `${V1}/event_reports/1`)).body).toMatchObject({
      id: 1,
      event_id: '$1',
      event_json: { type: 'm.room.message' },
    });
    expect((await ask(hs, 'GET', `${V1}/event_reports/2`)).status).toBe(404);
    expect((await ask(hs, 'GET', `${V1}/event_reports/x`)).body['errcode']).toBe('M_INVALID_PARAM');
    room.in_stats = false;
    expect((await ask(hs, 'GET', `${V1}/event_reports`)).body).toEqual({ event_reports: [], total: 0 });
  });
});

describe('federation (§4)', () => {
  it('resets a connection once; the second time there is nothing to reset', async () => {
    const hs = new MockHomeserver();
    hs.state.destinations.set('far.example', {
      destination: 'far.example',
      retry_last_ts: 5,
      retry_interval: 5,
      failure_ts: 5,
      last_successful_stream_ordering: null,
      rooms: [{ room_id: '!r:demo.example', stream_ordering: 1 }],
    });
    const path = `${V1}/federation/destinations`;
    expect((await ask(hs, 'GET', `${path}?destination=FAR`)).body).toMatchObject({ total: 1 });
    expect((await ask(hs, 'POST', `${path}/far.example/reset_connection`, {})).status).toBe(200);
    expect((await ask(hs, 'POST', `${path}/far.example/reset_connection`, {})).status).toBe(400);
    expect((await ask(hs, 'GET', `${path}/none.example`)).body['error']).toBe('Unknown destination');
    expect((await ask(hs, 'GET', `${path}/far.example/rooms`)).body['total']).toBe(1);
  });
});

describe('background updates and redactions', () => {
  it('refuses a job that is in the queue already, and mends the statistics when it is through', async () => {
    const hs = new MockHomeserver();
    hs.taskMs = 10_000;
    const room = addRoom(hs, { in_stats: false });
    const job = { job_name: 'populate_stats_process_rooms' };
    expect((await ask(hs, 'POST', `${V1}/background_updates/start_job`, job)).status).toBe(200);
    expect((await ask(hs, 'POST', `${V1}/background_updates/start_job`, job)).status).toBe(400);
    expect((await ask(hs, 'POST', `${V1}/background_updates/start_job`, { job_name: 'other' })).status).toBe(400);
    hs.advance(60_000);
    expect((await ask(hs, 'GET', `${V1}/background_updates/status`)).body).toEqual({
      enabled: true,
      current_updates: {},
    });
    expect(room.in_stats).toBe(true);
  });

  it('redacts messages and joins of a user, and fails as a whole over an unknown room', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, 'spammer').name;
    const event = {
      event_id: '$1',
      type: 'm.room.message',
      sender: user,
      origin_server_ts: 1,
      content: { body: 'buy' },
    };
    addRoom(hs, { members: [user], events: [event] });
    const redact = async (body: unknown): Promise<unknown> => {
      const { body: said } = await ask(hs, 'POST', `${V1}/user/${user}/redact`, body);
      hs.advance(10_000);
      return (await ask(hs, 'GET', `${V1}/user/redact_status/${String(said['redact_id'])}`)).body;
    };
    expect(await redact({ rooms: ['!unknown:demo.example'] })).toMatchObject({ status: 'failed' });
    expect(event.content).toEqual({ body: 'buy' });
    const negative = await ask(hs, 'POST', `${V1}/user/${user}/redact`, { rooms: [], limit: -1 });
    expect([negative.status, negative.body['errcode']]).toEqual([400, 'M_UNKNOWN']);
    expect(await redact({ rooms: [], limit: 0 })).toEqual({ status: 'complete', failed_redactions: {} });
    expect(event.content).toEqual({});
  });
});

describe('server notices (§4)', () => {
  it('send once per transaction id', async () => {
    const hs = new MockHomeserver();
    const body = { user_id: addUser(hs, 'a').name, content: { msgtype: 'm.text', body: 'hello' } };
    const [first, again] = [
      await ask(hs, 'PUT', `${V1}/send_server_notice/t1`, body),
      await ask(hs, 'PUT', `${V1}/send_server_notice/t1`, body),
    ];
    expect(again.body).toEqual(first.body);
    expect(hs.state.notices).toHaveLength(1);
    hs.state.config.server_notices = false;
    expect((await ask(hs, 'POST', `${V1}/send_server_notice`, body)).body['errcode']).toBe('M_UNKNOWN');
  });
});

const login = (password: string) => ({
  type: 'm.login.password',
  identifier: { type: 'm.id.user', user: 'root' },
  password,
});

describe('sign-in (§6)', () => {
  it('says which providers there are, and opens a session for a password', async () => {
    const hs = new MockHomeserver();
    hs.state.config.identity_providers = [{ id: 'oidc-google', name: 'Google' }];
    const { body } = await ask(hs, 'GET', '/_matrix/client/v3/login', undefined, { token: null });
    expect(body['flows']).toContainEqual({
      type: 'm.login.sso',
      identity_providers: [{ id: 'oidc-google', name: 'Google' }],
    });
    addUser(hs, { localpart: 'root', admin: true, password: 'secret' });
    expect((await ask(hs, 'POST', '/_matrix/client/v3/login', login('wrong'))).status).toBe(403);
    const token = String((await ask(hs, 'POST', '/_matrix/client/v3/login', login('secret'))).body['access_token']);
    expect((await ask(hs, 'GET', '/_synapse/admin/v2/users', undefined, { token })).status).toBe(200);
  });

  it('resolves aliases without a token, and lists those of any room for an admin', async () => {
    const hs = new MockHomeserver();
    const room = addRoom(hs, { alias: 'one', aliases: ['two'] });
    const directory = '/_matrix/client/v3/directory/room/';
    expect((await ask(hs, 'GET', `${directory}%23one%3Ademo.example`, undefined, { token: null })).body).toEqual({
      room_id: room.room_id,
      servers: ['demo.example'],
    });
    expect((await ask(hs, 'GET', `${directory}nonsense`)).body['errcode']).toBe('M_INVALID_PARAM');
    expect((await ask(hs, 'GET', `/_matrix/client/v3/rooms/${room.room_id}/aliases`)).body).toEqual({
      aliases: ['#one:demo.example', '#two:demo.example'],
    });
  });
});
