import { expect } from '@playwright/test';
import { path } from '../client.ts';
import { asAdmin, fileOf, message, newSession, newUser, person, roomOf, upload, type At, type Place } from './place.ts';

/** Accounts. */

interface User {
  readonly admin: boolean;
  readonly deactivated: boolean;
  readonly locked: boolean;
  readonly shadow_banned: boolean;
  readonly suspended?: boolean;
  readonly displayname: string | null;
  readonly avatar_url: string | null;
  readonly user_type: string | null;
  readonly threepids: readonly { readonly medium: string; readonly address: string }[];
  readonly external_ids: readonly { readonly auth_provider: string; readonly external_id: string }[];
}

const userOf = (at: At, userId: string) => asAdmin<User>(at, path`/_synapse/admin/v2/users/${userId}`);

/** What Synapse says of one field. */
const field =
  (key: keyof User): Place['truth'] =>
  async (at, userId) =>
    (await userOf(at, userId))[key];

/** Those of an account, in an order of their own. */
const externalIds: Place['truth'] = async (at, userId) =>
  (await userOf(at, userId)).external_ids.map((one) => `${one.auth_provider} ${one.external_id}`).toSorted();
const addresses: Place['truth'] = async (at, userId) =>
  (await userOf(at, userId)).threepids.map(({ address }) => address).toSorted();

const locked = async (at: At, name: string): Promise<string> => {
  await newUser(at, name);
  // An account that is only made by it is not locked.
  return newUser(at, name, { locked: true });
};
const suspended = async (at: At, name: string): Promise<string> => {
  const userId = await newUser(at, name);
  await asAdmin(at, path`/_synapse/admin/v1/suspend/${userId}`, { method: 'PUT', json: { suspend: true } });
  return userId;
};
const shadowBanned = async (at: At, name: string): Promise<string> => {
  const userId = await newUser(at, name);
  await asAdmin(at, path`/_synapse/admin/v1/users/${userId}/shadow_ban`, { method: 'POST' });
  return userId;
};
const deactivated = async (at: At, name: string): Promise<string> => {
  const userId = await newUser(at, name);
  await asAdmin(at, path`/_synapse/admin/v1/deactivate/${userId}`, { method: 'POST', json: { erase: false } });
  return userId;
};

const limitOf: Place['truth'] = (at, userId) =>
  asAdmin(at, path`/_synapse/admin/v1/users/${userId}/override_ratelimit`);
const LIMIT = { messages_per_second: 5, burst_count: 20 };

const linked = (at: At, name: string): Promise<string> =>
  newUser(at, name, {
    external_ids: [
      { auth_provider: 'oidc-google', external_id: `g-${name}` },
      { auth_provider: 'oidc-keycloak', external_id: `k-${name}` },
    ],
  });

const addressed = (at: At, name: string): Promise<string> =>
  newUser(at, name, {
    threepids: [
      { medium: 'email', address: `${name}@old.example` },
      { medium: 'email', address: `${name}@stays.example` },
    ],
  });

/** Somebody who wrote, and uploaded a file. */
async function writer(at: At, name: string): Promise<string> {
  const one = await person(at, name);
  const roomId = await roomOf(at, one);
  await message(at, one, roomId, 'Spam');
  await upload(at, one, name);
  return one.userId;
}

const bodiesOf: Place['truth'] = async (at, userId) => {
  const route = path`/_synapse/admin/v1/users/${userId}/joined_rooms`;
  const { joined_rooms: rooms } = await asAdmin<{ joined_rooms: string[] }>(at, route);
  const { chunk } = await asAdmin<{ chunk: { type: string; content: object }[] }>(
    at,
    path`/_synapse/admin/v1/rooms/${rooms[0] ?? ''}/messages?dir=b&limit=100`,
  );
  return chunk.filter(({ type }) => type === 'm.room.message').map(({ content }) => Object.keys(content).length > 0);
};

const sessionsOf: Place['truth'] = async (at, userId) =>
  (await asAdmin<{ total: number }>(at, path`/_synapse/admin/v2/users/${userId}/devices`)).total;

export const USER_PLACES: Readonly<Record<string, Place>> = {
  'user.lock': { make: newUser, truth: field('locked'), reached: true },
  'user.unlock': {
    make: locked,
    truth: field('locked'),
    reached: false,
  },
  'user.suspend': { make: newUser, truth: field('suspended'), reached: true },
  'user.unsuspend': { make: suspended, truth: field('suspended'), reached: false },
  'user.shadow-ban': { make: newUser, truth: field('shadow_banned'), reached: true },
  'user.lift-shadow-ban': { make: shadowBanned, truth: field('shadow_banned'), reached: false },
  'user.make-admin': { make: newUser, truth: field('admin'), reached: true },
  'user.revoke-admin': {
    make: (at, name) => newUser(at, name, { admin: true }),
    truth: field('admin'),
    reached: false,
  },
  'user.deactivate': {
    make: newUser,
    input: { erase: false },
    truth: field('deactivated'),
    reached: true,
  },
  'user.reactivate': { make: deactivated, truth: field('deactivated'), reached: false },
  'user.type': {
    make: newUser,
    input: { user_type: 'bot' },
    truth: field('user_type'),
    reached: 'bot',
  },
  'user.display-name': {
    make: newUser,
    input: { displayname: 'Anna "the admin" $(id) Ämil' },
    truth: field('displayname'),
    reached: 'Anna "the admin" $(id) Ämil',
  },
  'user.display-name-remove': { make: newUser, truth: field('displayname'), reached: null },
  'user.avatar': {
    make: newUser,
    input: { avatar_url: 'mxc://glia.test/AbCdEf' },
    truth: field('avatar_url'),
    reached: 'mxc://glia.test/AbCdEf',
  },
  'user.avatar-remove': {
    make: (at, name) => newUser(at, name, { avatar_url: 'mxc://glia.test/AbCdEf' }),
    truth: field('avatar_url'),
    reached: null,
  },
  'user.rate-limit': { make: newUser, input: LIMIT, truth: limitOf, reached: LIMIT },
  'user.rate-limit-remove': {
    async make(at, name) {
      const userId = await newUser(at, name);
      const route = path`/_synapse/admin/v1/users/${userId}/override_ratelimit`;
      await asAdmin(at, route, { method: 'POST', json: LIMIT });
      return userId;
    },
    truth: limitOf,
    reached: {},
  },
  'user.external-ids-rename': {
    make: linked,
    input: { from: 'oidc-google', to: 'oidc-company' },
    truth: externalIds,
    reached: [expect.stringMatching(/^oidc-company g-/), expect.stringMatching(/^oidc-keycloak k-/)],
  },
  'user.external-ids-remove': {
    make: linked,
    input: { provider: 'oidc-google' },
    truth: externalIds,
    reached: [expect.stringMatching(/^oidc-keycloak k-/)],
  },
  'user.threepids-remove': {
    make: addressed,
    input: { what: 'old.example' },
    truth: addresses,
    reached: [expect.stringMatching(/@stays\.example$/)],
  },
  'user.features': {
    make: newUser,
    input: { feature: 'msc3881', isOn: true },
    truth: async (at, userId) =>
      (
        await asAdmin<{ features: Record<string, boolean> }>(
          at,
          path`/_synapse/admin/v1/experimental_features/${userId}`,
        )
      ).features['msc3881'],
    reached: true,
  },
  'user.end-sessions': {
    async make(at, name) {
      const userId = await newUser(at, name);
      await newSession(at, userId, 'OLD');
      await newSession(at, userId, 'NEW');
      return userId;
    },
    input: { days: 0, keep: 1 },
    truth: sessionsOf,
    reached: 1,
  },
  'user.redact': {
    make: writer,
    input: { rooms: [], after: null, before: null, limit: 1000, reason: 'Spam', use_admin: false },
    truth: bodiesOf,
    reached: [false],
  },
  'user.quarantine-media': {
    make: writer,
    async truth(at, userId) {
      const route = path`/_synapse/admin/v1/users/${userId}/media`;
      const { media } = await asAdmin<{ media: { media_id: string }[] }>(at, route);
      return (await fileOf(at, media[0]?.media_id ?? ''))['quarantined_by'] !== null;
    },
    reached: true,
  },
  'user.external-ids-add': {
    make: newUser,
    count: 1,
    input: { auth_provider: 'oidc-google', external_id: '2/ä #?' },
    truth: externalIds,
    reached: ['oidc-google 2/ä #?'],
  },
  'user.threepids-add': {
    make: newUser,
    count: 1,
    input: { medium: 'email', address: 'new@x.example' },
    truth: addresses,
    reached: ['new@x.example'],
  },
};
