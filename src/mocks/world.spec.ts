import { describe, expect, it } from 'vitest';
import { MockHomeserver } from './homeserver';
import type { State, User } from './state';
import { fillDemoWorld } from './world';

async function filled(size: 'demo' | 'small', seed = 1): Promise<MockHomeserver> {
  const hs = new MockHomeserver({ seed });
  await fillDemoWorld(hs, size);
  return hs;
}

function plain(state: State): string {
  return JSON.stringify(state, (_, value: unknown) => (value instanceof Map ? [...value] : value));
}

const count = (hs: MockHomeserver, fits: (user: User) => boolean): number =>
  [...hs.state.users.values()].filter(fits).length;

describe('the demo world', () => {
  it('has the numbers that the issue asks for', async () => {
    const { state } = await filled('demo');
    expect([state.users.size, state.rooms.size, state.media.size]).toEqual([10_000, 500, 20_000]);
    expect(state.remoteMedia.size).toBeGreaterThan(1000);
  });

  it.each(['demo', 'small'] as const)('holds every kind of account (%s)', async (size) => {
    const hs = await filled(size);
    const kinds: Record<string, (user: User) => boolean> = {
      deactivated: (user) => user.deactivated,
      'deactivated with ids': (user) => user.deactivated && user.external_ids.length > 0,
      locked: (user) => user.locked,
      'locked with ids': (user) => user.locked && user.external_ids.length > 0,
      suspended: (user) => user.suspended,
      guest: (user) => user.is_guest,
      ghost: (user) => user.appservice_id !== null,
      bot: (user) => user.user_type === 'bot',
      admin: (user) => user.admin,
      'two ids of one provider': (user) =>
        new Set(user.external_ids.map((id) => id.auth_provider)).size < user.external_ids.length,
      'no password, one id': (user) =>
        user.password_hash === null && user.external_ids.length === 1 && !user.deactivated,
      'ten thousand characters': (user) => (user.displayname?.length ?? 0) >= 10_000,
      markup: (user) => user.displayname === '<b>Bob</b>',
    };
    const missing = Object.entries(kinds).filter(([, fits]) => count(hs, fits) === 0);
    expect(missing).toEqual([]);
  });

  it.each(['demo', 'small'] as const)('holds a provider that sign-in no longer offers (%s)', async (size) => {
    const { state } = await filled(size);
    const offered = new Set(state.config.identity_providers.map(({ id }) => id));
    const used = new Set([...state.users.values()].flatMap((user) => user.external_ids.map((id) => id.auth_provider)));
    expect([...used].filter((provider) => !offered.has(provider))).toEqual(['oidc-gitlab-old']);
  });

  it.each(['demo', 'small'] as const)('gives each external id to one account only (%s)', async (size) => {
    const { state } = await filled(size);
    const ids = [...state.users.values()].flatMap((user) =>
      user.external_ids.map((id) => `${id.auth_provider} ${id.external_id}`),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(['demo', 'small'] as const)('holds every kind of room and file (%s)', async (size) => {
    const { state, adminId } = await filled(size);
    const rooms = [...state.rooms.values()];
    const kinds = [
      rooms.filter((room) => room.join_rules === 'public'),
      rooms.filter((room) => room.room_type === 'm.space' && room.children.length > 0),
      rooms.filter((room) => /^![^:]{43}$/.test(room.room_id)),
      rooms.filter((room) => room.join_rules === 'invite' && room.members.get(adminId)?.membership !== 'join'),
      rooms.filter((room) => state.blockedRooms.has(room.room_id)),
      [...state.media.values()].filter((media) => media.safe_from_quarantine),
      [...state.media.values()].filter((media) => media.quarantined_by !== null),
      [...state.media.values()].filter((media) => media.last_access_ts === null),
      [...state.media.values()].filter((media) => media.url_cache !== null),
      [...state.users.values()].filter(
        (user) => user.avatar_url !== null && state.media.has(user.avatar_url.slice(19)),
      ),
    ];
    expect(kinds.findIndex((found) => found.length === 0)).toBe(-1);
  });

  it.each(['demo', 'small'] as const)('holds what the spam accounts wrote (%s)', async (size) => {
    const hs = await filled(size);
    const written = [...hs.state.rooms.values()].flatMap(({ events }) => events);
    const spammer = `@suspended.spammer:${hs.serverName}`;
    expect(written.filter(({ sender }) => sender === spammer).length).toBeGreaterThan(2);
  });

  it('has no file from the future, and none opened before it was uploaded', async () => {
    const { state, startedAt } = await filled('demo');
    const wrong = [...state.media.values()].filter(
      (media) =>
        media.created_ts > startedAt ||
        (media.last_access_ts !== null &&
          (media.last_access_ts > startedAt || media.last_access_ts < media.created_ts)),
    );
    expect(wrong).toEqual([]);
  });

  it('is the same for the same seed, and another for another', async () => {
    const [a, b, c] = [await filled('small'), await filled('small'), await filled('small', 2)];
    expect(plain(a.state)).toBe(plain(b.state));
    expect(plain(c.state)).not.toBe(plain(a.state));
  });

  it('lets a page yieldToPage while it is made', async () => {
    let yields = 0;
    const timer = setInterval(() => (yields += 1), 1);
    await filled('demo');
    clearInterval(timer);
    expect(yields).toBeGreaterThan(3);
  });
});
