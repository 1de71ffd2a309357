/**
 * What both homeservers are filled with, the real one (fill.ts) and the model (fill-model.ts):
 * plain data, each entry there because a rule of the Admin API or a trap of a bulk job needs it.
 */

export interface ExternalId {
  auth_provider: string;
  external_id: string;
}

export interface AlikeUser {
  localpart: string;
  displayname?: string;
  externalIds?: readonly ExternalId[];
  admin?: boolean;
  /** Without one the account can only be entered through an identity provider. */
  password?: string;
  email?: string;
  userType?: 'bot' | 'support';
  state?: 'deactivated' | 'erased' | 'locked' | 'suspended' | 'shadow-banned';
}

const google = (external_id: string): ExternalId => ({ auth_provider: 'oidc-google', external_id });
const keycloak = (external_id: string): ExternalId => ({ auth_provider: 'oidc-keycloak', external_id });
/** A provider of former years: still in the table, no longer offered by GET /login. */
const saml = (external_id: string): ExternalId => ({ auth_provider: 'saml', external_id });

const password = 'a-long-enough-password';

export const users = {
  roomkeeper: { localpart: 'roomkeeper', displayname: 'Room Keeper', password },
  ada: {
    localpart: 'ada',
    displayname: 'Ada Lovelace',
    externalIds: [keycloak('ada')],
    password,
    email: 'ada@glia.test',
  },
  grace: { localpart: 'grace', displayname: 'Grace Hopper', externalIds: [google('113'), keycloak('grace')], password },
  linus: {
    localpart: 'linus',
    displayname: 'Linus',
    externalIds: [keycloak('linus'), keycloak('linus-old')],
    password,
  },
  many: { localpart: 'many', externalIds: [google('114'), keycloak('many'), saml('many@idp'), saml('many2@idp')] },
  ssoOnly: { localpart: 'sso.only', displayname: 'Only Through Google', externalIds: [google('115')] },
  samlOnly: { localpart: 'saml.only', externalIds: [saml('saml.only@idp')] },
  oddIds: { localpart: 'odd-ids', externalIds: [keycloak('auth0|x/y#1?z=% é')], password },
  slash: {
    localpart: 'team/oncall',
    displayname: 'Slash in the name',
    externalIds: [keycloak('team/oncall')],
    password,
  },
  gone: {
    localpart: 'gone',
    displayname: 'Gone',
    externalIds: [keycloak('gone'), google('116')],
    state: 'deactivated',
  },
  erased: { localpart: 'erased', externalIds: [keycloak('erased')], state: 'erased' },
  locked: { localpart: 'locked', externalIds: [keycloak('locked'), google('117')], password, state: 'locked' },
  lockedPlain: { localpart: 'locked.plain', password, state: 'locked' },
  suspended: { localpart: 'suspended', externalIds: [keycloak('suspended')], password, state: 'suspended' },
  shadow: { localpart: 'shadow', password, state: 'shadow-banned' },
  secondAdmin: { localpart: 'second.admin', displayname: 'Second Admin', password, admin: true },
  bot: { localpart: 'a-bot', displayname: 'Bot', password, userType: 'bot' },
  support: { localpart: 'a-support', password, userType: 'support' },
  markup: { localpart: 'markup', displayname: '<img src=x onerror=alert(1)> & "quotes"', password },
  rtl: { localpart: 'rtl', displayname: '\u202Eנוער עולה', password },
  banned: { localpart: 'banned', displayname: 'Banned From Moderated', password },
} as const satisfies Record<string, AlikeUser>;

export type UserKey = keyof typeof users;

/** Plain people, every third with a Keycloak id. */
export const crowd: readonly AlikeUser[] = Array.from({ length: 20 }, (_, index) => {
  const name = `crowd-${String(index + 1).padStart(2, '0')}`;
  return {
    localpart: name,
    displayname: `Crowd ${index + 1}`,
    externalIds: index % 3 === 0 ? [keycloak(name)] : [],
    password,
  };
});

export type Who = UserKey | 'admin' | number;

export interface AlikeRoom {
  name?: string;
  topic?: string;
  /** The localpart of its alias. */
  alias?: string;
  creator: Who;
  /** Where the homeserver is too old for it, its newest. */
  version: string;
  joinRule: 'public' | 'invite' | 'knock' | 'restricted';
  /** Shown in the public room directory. */
  listed?: boolean;
  space?: boolean;
  /** Of a space. */
  children?: readonly string[];
  /** The space whose members may enter a restricted room. */
  allow?: string;
  encrypted?: boolean;
  members?: readonly Who[];
  banned?: readonly Who[];
  /** The power that inviting takes, where it is more than members have. */
  invitePower?: number;
  blocked?: boolean;
  /** Everybody leaves in the end. */
  deserted?: boolean;
}

const people = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

export const rooms = {
  lobby: {
    name: 'Lobby',
    topic: 'Everybody is welcome',
    alias: 'lobby',
    creator: 'admin',
    version: '11',
    joinRule: 'public',
    listed: true,
    members: ['ada', 'grace', 'slash', ...people(0, 8)],
  },
  private: {
    name: 'Private, admin in',
    alias: 'private',
    creator: 'admin',
    version: '11',
    joinRule: 'invite',
    members: ['ada', 'linus', 0],
  },
  keeper: {
    name: 'Private, admin not in',
    alias: 'keeper',
    creator: 'roomkeeper',
    version: '11',
    joinRule: 'invite',
    members: ['ada', 1],
  },
  keeperPublic: {
    name: 'Public, admin not in',
    alias: 'keeper-public',
    creator: 'roomkeeper',
    version: '10',
    joinRule: 'public',
    listed: true,
    members: [2, 3],
  },
  noInvitePower: {
    name: 'Admin in, without invite power',
    creator: 'roomkeeper',
    version: '11',
    joinRule: 'invite',
    members: ['admin', 4],
    invitePower: 50,
  },
  restricted: {
    name: 'Restricted to the space',
    alias: 'restricted',
    creator: 'admin',
    version: '11',
    joinRule: 'restricted',
    allow: 'space',
    members: ['ada'],
  },
  knock: { name: 'Knock first', creator: 'admin', version: '11', joinRule: 'knock', members: ['ada'] },
  v12: {
    name: 'Version 12, admin in',
    alias: 'v12',
    creator: 'admin',
    version: '12',
    joinRule: 'invite',
    members: ['ada', 5],
  },
  v12Keeper: {
    name: 'Version 12, admin not in',
    creator: 'roomkeeper',
    version: '12',
    joinRule: 'invite',
    members: [6],
  },
  moderated: {
    name: 'Moderated',
    alias: 'moderated',
    creator: 'admin',
    version: '11',
    joinRule: 'public',
    members: ['ada', 7],
    banned: ['banned'],
  },
  encrypted: { name: 'Encrypted', creator: 'ada', version: '11', joinRule: 'invite', encrypted: true, members: [8] },
  blocked: { name: 'Blocked', creator: 'roomkeeper', version: '11', joinRule: 'public', members: [9], blocked: true },
  nameless: { creator: 'roomkeeper', version: '11', joinRule: 'invite' },
  deserted: { name: 'Deserted', creator: 'roomkeeper', version: '11', joinRule: 'public', deserted: true },
  space: {
    name: 'The Space',
    alias: 'space',
    creator: 'admin',
    version: '11',
    joinRule: 'public',
    listed: true,
    space: true,
    members: ['ada'],
    children: ['lobby', 'private', 'restricted'],
  },
} as const satisfies Record<string, AlikeRoom>;

export type RoomKey = keyof typeof rooms;

export const roomKeys = Object.keys(rooms) as RoomKey[];
export const userKeys = Object.keys(users) as UserKey[];
export const alikeRoom = (key: RoomKey): AlikeRoom => rooms[key];
export const alikeUser = (key: UserKey): AlikeUser => users[key];

export interface AlikeMedia {
  key: string;
  owner: Who;
  name: string | null;
  type: string;
  /** Bytes. */
  length: number;
  createdDaysAgo: number;
  /** Null: never opened since it was uploaded. */
  openedDaysAgo: number | null;
  /** Whose picture it is. */
  avatarOf?: UserKey | { room: RoomKey };
  state?: 'protected' | 'quarantined';
  /** The room that it was posted in. */
  postedIn?: RoomKey;
}

const file = (key: string, owner: Who, length: number, created: number, opened: number | null): AlikeMedia => ({
  key,
  owner,
  name: `${key}.png`,
  type: 'image/png',
  length,
  createdDaysAgo: created,
  openedDaysAgo: opened,
});

const KINDS = [
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['application/pdf', 'pdf'],
  ['video/mp4', 'mp4'],
  ['text/plain', 'txt'],
] as const;
const OWNERS: readonly Who[] = ['ada', 'grace', 'linus', 'ssoOnly', 0, 1, 'roomkeeper', 'admin'];

/** Forty-eight ordinary files, 15 to 955 days old; every third never opened, the rest opened later than uploaded. */
const ordinary: readonly AlikeMedia[] = Array.from({ length: 48 }, (_, index) => {
  const [type, extension] = KINDS[index % KINDS.length] ?? KINDS[0];
  const created = 15 + index * 20;
  return {
    key: `file-${index}`,
    owner: OWNERS[index % OWNERS.length] ?? 'ada',
    name: index % 11 === 10 ? null : `file-${index}.${extension}`,
    type,
    length: 100 + ((index * 7919) % 50) * 1000,
    createdDaysAgo: created,
    openedDaysAgo: index % 3 === 0 ? null : Math.floor(created / (1 + (index % 4))),
  };
});

export const media: readonly AlikeMedia[] = [
  { ...file('ada-avatar', 'ada', 3000, 900, 800), avatarOf: 'ada' },
  { ...file('grace-avatar', 'grace', 3500, 700, null), avatarOf: 'grace' },
  { ...file('lobby-avatar', 'admin', 4000, 600, 500), avatarOf: { room: 'lobby' } },
  { ...file('protected-old', 'ada', 5000, 950, 940), state: 'protected' },
  { ...file('protected-new', 'linus', 5000, 20, 2), state: 'protected' },
  { ...file('quarantined-old', 'grace', 6000, 950, null), state: 'quarantined' },
  { ...file('quarantined-new', 'linus', 6000, 20, 3), state: 'quarantined' },
  // Uploaded long ago and opened yesterday: "uploaded before" takes it, "not opened since" does not.
  { ...file('old-but-opened', 'ada', 7000, 1000, 1), postedIn: 'lobby' },
  { ...file('posted', 'ada', 7000, 400, 390), postedIn: 'lobby' },
  { ...file('of-the-gone', 'gone', 8000, 500, 450), name: 'of the gone é.png' },
  { ...file('of-the-locked', 'locked', 8000, 500, null) },
  { ...file('large', 'slash', 400_000, 300, 290), name: 'large.bin', type: 'application/octet-stream' },
  ...ordinary,
];

export interface AlikeRemote {
  origin: string;
  mediaId: string;
  length: number;
  openedDaysAgo: number;
}

/** Files of other servers in the cache; only a count of them can ever be read back. */
export const remoteMedia: readonly AlikeRemote[] = Array.from({ length: 8 }, (_, index) => ({
  origin: 'far.example',
  mediaId: `RemoteMedia${String(index).padStart(13, '0')}`,
  length: 1000 + index,
  openedDaysAgo: 10 + index * 60,
}));
