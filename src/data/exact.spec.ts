import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addRoom, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { findRoom, findUser, soughtIn, wordOf } from './exact';

let model: MockHomeserver;
beforeEach(() => {
  model = new MockHomeserver();
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => model.handle(new Request(url, init)));
});
afterEach(() => vi.unstubAllGlobals());

const hs = () => ({ baseUrl: 'https://demo.example', token: model.adminToken });

async function user(text: string) {
  const sought = soughtIn(text, model.serverName, 'users');
  if (sought === null) return 'a word';
  const found = await findUser(hs(), sought, model.serverName);
  return found.kind === 'hit' ? found.hit.name : found;
}

async function room(text: string) {
  const sought = soughtIn(text, model.serverName);
  if (sought === null) return 'a word';
  const found = await findRoom(hs(), sought);
  return found.kind === 'hit' ? found.hit.room_id : found;
}

describe('a user who was pasted whole', () => {
  it('is found as Glia copies it, without its server, as an address and as a link', async () => {
    const { name } = addUser(model, {
      localpart: 'anna',
      threepids: [{ medium: 'email', address: 'anna@mail.example', added_at: 1, validated_at: 1 }],
    });
    for (const text of [
      '@anna:demo.example',
      '@anna',
      'Anna@Mail.example',
      'mailto:anna@mail.example',
      'https://matrix.to/#/@anna:demo.example',
      'https://matrix.to/#/%40anna%3Ademo.example',
      'https://app.element.io/#/user/@anna:demo.example',
      ' "@anna:demo.example", ',
      '@an\u200Bna:demo.example',
    ]) {
      expect([text, await user(text)]).toEqual([text, name]);
    }
  });

  it('is found though lists leave it out: deactivated, locked', async () => {
    const gone = addUser(model, { localpart: 'gone', deactivated: true }).name;
    const locked = addUser(model, { localpart: 'locked', locked: true }).name;
    expect(await user('@gone')).toBe(gone);
    expect(await user('@locked')).toBe(locked);
  });

  it('is said to be none where there is none, and elsewhere where it is another server’s', async () => {
    expect(await user('@nobody')).toEqual({ kind: 'none', sought: '@nobody:demo.example', why: 'unknown' });
    expect(await user('no@mail.example')).toEqual({ kind: 'none', sought: 'no@mail.example', why: 'unknown-address' });
    expect(await user('@anna:far.example')).toEqual({
      kind: 'elsewhere',
      id: '@anna:far.example',
      server: 'far.example',
    });
    expect(await user('#lobby:demo.example')).toEqual({ kind: 'other', id: '#lobby:demo.example' });
    expect(await user('anna')).toBe('a word');
  });

  it('is found by phone number and by external ID, and said to be none where nobody has them', async () => {
    const { name } = addUser(model, {
      localpart: 'anna',
      threepids: [{ medium: 'msisdn', address: '491701234567', added_at: 1, validated_at: 1 }],
      external_ids: [{ auth_provider: 'oidc-google', external_id: 'a/1001' }],
    });
    for (const text of ['+49 170 1234567', '491701234567', 'oidc-google:a/1001', 'anna:demo.example']) {
      expect([text, await user(text)]).toEqual([text, name]);
    }
    expect(await user('+49 170 7654321')).toEqual({ kind: 'none', sought: '+491707654321', why: 'unknown-phone' });
    expect(await user('oidc-google:1002')).toEqual({
      kind: 'none',
      sought: 'oidc-google:1002',
      why: 'unknown-external-id',
    });
  });

  it('is not found by an external ID that the homeserver only remembers from its cache', async () => {
    const anna = addUser(model, {
      localpart: 'anna',
      external_ids: [{ auth_provider: 'oidc-google', external_id: '1001' }],
    });
    expect(await user('oidc-google:1001')).toBe(anna.name);
    anna.external_ids = [];
    expect(await user('oidc-google:1001')).toMatchObject({ kind: 'none', why: 'removed-external-id' });
  });

  it('is never “none” because something else went wrong', async () => {
    model.faults.next({ match: /v2\/users/, answer: '500' });
    await expect(user('@anna')).rejects.toThrow('500');
  });
});

describe('a room that was pasted whole', () => {
  it('is found by alias, with and without its server, by ID and by link', async () => {
    const creator = addUser(model, 'creator').name;
    const { room_id } = addRoom(model, { name: 'Lobby', alias: 'lobby', creator, members: [creator] });
    for (const text of [
      '#lobby:demo.example',
      '#lobby',
      room_id,
      `https://matrix.to/#/${room_id}?via=demo.example`,
      'https://matrix.to/#/%23lobby%3Ademo.example',
      'https://app.element.io/#/room/#lobby:demo.example',
    ]) {
      expect([text, await room(text)]).toEqual([text, room_id]);
    }
  });

  it('is said to be none where there is none', async () => {
    expect(await room('#none')).toEqual({ kind: 'none', sought: '#none:demo.example', why: 'unknown' });
    expect(await room('!none:demo.example')).toEqual({ kind: 'none', sought: '!none:demo.example', why: 'unknown' });
    expect(await room('@anna')).toEqual({ kind: 'other', id: '@anna:demo.example' });
  });
});

const word = (text: string) => wordOf(soughtIn(text, 'demo.example'), text);

it('what has no exact hit is searched for by the part that a list can find', () => {
  expect(word('@anna:demo.example')).toBe('anna');
  expect(word('#lobby')).toBe('lobby');
  expect(word('anna@mail.example')).toBe('anna@mail.example');
  expect(word(' anna ')).toBe('anna');
});
