import { describe, expect, it } from 'vitest';
import { ask } from '../ask';
import { addMedia, addRemoteMedia, addRoom, addUser } from '../build';
import { MockHomeserver } from '../homeserver';

const V1 = '/_synapse/admin/v1';
const CONTENT = '/_matrix/client/v1/media';
const DAY = 86_400_000;

describe('the sweep (§3.1)', () => {
  const now = Date.UTC(2026, 0, 1);
  const before = now - 100 * DAY;
  const [older, newer] = [before - 1, before];

  async function swept(query = ''): Promise<string[]> {
    const hs = new MockHomeserver({ now });
    const add = (media_id: string, fields: Parameters<typeof addMedia>[1]) =>
      addMedia(hs, { media_id, created_ts: older, last_access_ts: older, media_length: 100, ...fields });
    add('old', {});
    add('never-opened', { last_access_ts: null });
    add('opened-since', { last_access_ts: newer });
    add('new-never-opened', { created_ts: newer, last_access_ts: null });
    add('protected', { safe_from_quarantine: true });
    add('quarantined', { quarantined_by: hs.adminId });
    add('avatar', {});
    add('room-avatar', {});
    add('empty', { media_length: 0 });
    add('unfinished', { media_length: null, last_access_ts: null });
    add('preview', { user_id: null, url_cache: 'https://example.org' });
    add('large', { media_length: 101 });
    addUser(hs, { localpart: 'a', avatar_url: 'mxc://demo.example/avatar' });
    addRoom(hs, { avatar: 'mxc://demo.example/room-avatar' });
    const { body } = await ask(hs, 'POST', `${V1}/media/delete?before_ts=${before}${query}`);
    const gone = body['deleted_media'] as string[];
    expect(gone.some((id) => hs.state.media.has(id))).toBe(false);
    expect(hs.state.media.size + gone.length).toBe(12);
    return gone.toSorted();
  }

  it('goes by last access, by creation where there was none, and spares what the rule spares', async () => {
    expect(await swept()).toEqual(['large', 'never-opened', 'old', 'preview']);
  });

  it('deletes avatars only when asked to, and only what is strictly larger', async () => {
    expect(await swept('&keep_profiles=false')).toEqual([
      'avatar',
      'large',
      'never-opened',
      'old',
      'preview',
      'room-avatar',
    ]);
    expect(await swept('&size_gt=100')).toEqual(['large']);
  });

  it.each([
    ['', 'M_MISSING_PARAM'],
    ['?before_ts=x', 'M_INVALID_PARAM'],
    ['?before_ts=-1', 'M_INVALID_PARAM'],
    ['?before_ts=1767225600', 'M_INVALID_PARAM'],
  ])('refuses %s', async (query, errcode) => {
    const hs = new MockHomeserver();
    expect((await ask(hs, 'POST', `${V1}/media/delete${query}`)).body['errcode']).toBe(errcode);
    expect((await ask(hs, 'POST', `${V1}/purge_media_cache${query}`)).body['errcode']).toBe(errcode);
  });

  it('knows no future: everything goes', async () => {
    const hs = new MockHomeserver();
    addMedia(hs, {});
    expect((await ask(hs, 'POST', `${V1}/media/delete?before_ts=9999999999999`)).body['total']).toBe(1);
  });
});

describe('the remote cache (§3.2)', () => {
  it('goes by last access, spares quarantined files, and answers a count only', async () => {
    const hs = new MockHomeserver();
    const [old, fresh] = [hs.startedAt - 10 * DAY, hs.startedAt - DAY];
    addRemoteMedia(hs, { media_id: 'old', last_access_ts: old });
    addRemoteMedia(hs, { media_id: 'bad', last_access_ts: old, quarantined_by: hs.adminId });
    addRemoteMedia(hs, { media_id: 'fresh', last_access_ts: fresh });
    expect((await ask(hs, 'POST', `${V1}/purge_media_cache?before_ts=${fresh}`)).body).toEqual({ deleted: 1 });
    expect([...hs.state.remoteMedia.keys()]).toEqual(['remote.example/bad', 'remote.example/fresh']);
  });
});

function shelf(count: number): { hs: MockHomeserver; path: string } {
  const hs = new MockHomeserver();
  const user = addUser(hs, 'a').name;
  for (let i = 0; i < count; i += 1) {
    addMedia(hs, {
      user_id: user,
      media_id: `m${String(i).padStart(3, '0')}`,
      created_ts: 1000 + i,
      media_length: 500 - i,
    });
  }
  return { hs, path: `${V1}/users/${user}/media` };
}

const first = async (hs: MockHomeserver, path: string): Promise<unknown> => {
  const { body } = await ask(hs, 'GET', path);
  return (body['media'] as { media_id: string }[])[0]?.media_id;
};

describe('the media of a user (§3)', () => {
  it('comes newest first only when neither order nor direction is given', async () => {
    const { hs, path } = shelf(3);
    expect(await first(hs, path)).toBe('m002');
    expect(await first(hs, `${path}?order_by=created_ts`)).toBe('m000');
    expect(await first(hs, `${path}?dir=f`)).toBe('m000');
    expect(await first(hs, `${path}?order_by=media_length&dir=b`)).toBe('m000');
  });

  it('breaks ties by ascending id, whatever the direction', async () => {
    const hs = new MockHomeserver();
    for (const media_id of ['b', 'a', 'c']) addMedia(hs, { media_id, user_id: hs.adminId, media_length: 7 });
    for (const dir of ['f', 'b']) {
      const { body } = await ask(hs, 'GET', `${V1}/users/${hs.adminId}/media?order_by=media_length&dir=${dir}`);
      expect((body['media'] as { media_id: string }[]).map(({ media_id }) => media_id)).toEqual(['a', 'b', 'c']);
    }
  });

  it('pages by a number', async () => {
    const { hs, path } = shelf(3);
    expect((await ask(hs, 'GET', `${path}?limit=2`)).body).toMatchObject({ total: 3, next_token: 2 });
  });

  it('is deleted 100 a call, whatever protects a file', async () => {
    const { hs, path } = shelf(150);
    for (const media of hs.state.media.values()) media.safe_from_quarantine = true;
    expect((await ask(hs, 'DELETE', path)).body['total']).toBe(100);
    expect(hs.state.media.has('m149')).toBe(false);
    expect((await ask(hs, 'DELETE', path)).body['total']).toBe(50);
    expect((await ask(hs, 'DELETE', path)).body['total']).toBe(0);
  });
});

describe('one file', () => {
  it('is deleted though protected; remote and unknown ones are refused', async () => {
    const hs = new MockHomeserver();
    addMedia(hs, { media_id: 'x', safe_from_quarantine: true });
    expect((await ask(hs, 'DELETE', `${V1}/media/demo.example/x`)).body).toEqual({ deleted_media: ['x'], total: 1 });
    expect((await ask(hs, 'DELETE', `${V1}/media/demo.example/x`)).status).toBe(404);
    expect((await ask(hs, 'DELETE', `${V1}/media/elsewhere.example/x`)).body['errcode']).toBe('M_UNKNOWN');
  });

  it('counts as opened when its thumbnail is looked at, not when its facts are read', async () => {
    const hs = new MockHomeserver();
    const media = addMedia(hs, { media_id: 'x' });
    await ask(hs, 'GET', `${V1}/media/demo.example/x`);
    await ask(hs, 'GET', `${V1}/users/${hs.adminId}/media`);
    expect(media.last_access_ts).toBeNull();
    const said = await ask(hs, 'GET', `${CONTENT}/thumbnail/demo.example/x?width=32&height=32`);
    expect(said.headers.get('Content-Type')).toBe('image/svg+xml');
    expect(media.last_access_ts).toBeGreaterThanOrEqual(hs.startedAt);
    expect((await ask(hs, 'GET', `${CONTENT}/thumbnail/demo.example/x?width=32`)).body['errcode']).toBe(
      'M_MISSING_PARAM',
    );
  });

  it('takes files of the same hash along into quarantine, protected ones excepted', async () => {
    const hs = new MockHomeserver();
    addMedia(hs, { media_id: 'a', sha256: 'same' });
    addMedia(hs, { media_id: 'b', sha256: 'same' });
    addMedia(hs, { media_id: 'c', sha256: 'same', safe_from_quarantine: true });
    addRemoteMedia(hs, { media_id: 'd', sha256: 'same' });
    await ask(hs, 'POST', `${V1}/media/quarantine/demo.example/a`);
    const local = [...hs.state.media.values()].filter((media) => media.quarantined_by !== null);
    expect(local.map(({ media_id }) => media_id)).toEqual(['a', 'b']);
    expect(hs.state.remoteMedia.get('remote.example/d')?.quarantined_by).toBe(hs.adminId);
    expect((await ask(hs, 'GET', `${V1}/media/quarantine_changes`)).body).toMatchObject({ next_batch: 3 });
    expect((await ask(hs, 'GET', `${CONTENT}/download/demo.example/a`)).status).toBe(404);
    const unsafe = `${CONTENT}/download/demo.example/a?admin_unsafely_bypass_quarantine=true`;
    expect((await ask(hs, 'GET', unsafe)).status).toBe(200);
    expect((await ask(hs, 'POST', `${V1}/media/quarantine/demo.example/unknown`)).status).toBe(200);
  });

  it('is counted again when a room’s or a user’s files are quarantined twice', async () => {
    const hs = new MockHomeserver();
    addMedia(hs, { media_id: 'a', user_id: hs.adminId });
    addMedia(hs, { media_id: 'b', user_id: hs.adminId, safe_from_quarantine: true });
    const quarantine = () => ask(hs, 'POST', `${V1}/user/${hs.adminId}/media/quarantine`);
    expect((await quarantine()).body).toEqual({ num_quarantined: 1 });
    expect((await quarantine()).body).toEqual({ num_quarantined: 1 });
  });

  it.each([
    [true, 1, 0],
    [false, true, false],
  ])('tells flags as the database has them (SQLite: %s)', async (sqlite, yes, no) => {
    const hs = new MockHomeserver();
    hs.state.config.sqlite = sqlite;
    addMedia(hs, { media_id: 'x', user_id: hs.adminId, authenticated: true });
    const info = async () => (await ask(hs, 'GET', `${V1}/media/demo.example/x`)).body['media_info'];
    expect(await info()).toMatchObject({ authenticated: yes, safe_from_quarantine: no });
    await ask(hs, 'POST', `${V1}/media/quarantine/demo.example/x`);
    await ask(hs, 'POST', `${V1}/media/protect/x`);
    expect(await info()).toMatchObject({ safe_from_quarantine: yes });
    expect((await ask(hs, 'GET', `${V1}/media/quarantine_changes`)).body['changes']).toEqual([
      { origin: 'demo.example', media_id: 'x', quarantined: yes },
    ]);
    // Of a list only one of the two columns is made a boolean on its way.
    expect((await ask(hs, 'GET', `${V1}/users/${hs.adminId}/media`)).body['media']).toMatchObject([
      { authenticated: yes, safe_from_quarantine: true },
    ]);
  });

  it('answers 404 M_UNKNOWN when an unknown file is to be protected', async () => {
    const said = await ask(new MockHomeserver(), 'POST', `${V1}/media/protect/unknown`);
    expect([said.status, said.body['errcode'], said.body['error']]).toEqual([
      404,
      'M_UNKNOWN',
      'No row found (local_media_repository)',
    ]);
  });

  it('is uploaded raw and found again', async () => {
    const hs = new MockHomeserver();
    const headers = { 'Content-Type': 'text/plain' };
    const said = await ask(hs, 'POST', '/_matrix/media/v3/upload?filename=a.txt', 'hello', { headers });
    expect(String(said.body['content_uri'])).toMatch(/^mxc:\/\/demo\.example\//);
    expect([...hs.state.media.values()]).toMatchObject([
      { media_length: 5, media_type: 'text/plain', upload_name: 'a.txt' },
    ]);
  });
});
