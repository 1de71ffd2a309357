import { addDevice, addUser, passwordHash } from '../build';
import type { MockHomeserver } from '../homeserver';
import { HEX } from '../random';
import type { ExternalId, User } from '../state';
import { CLIENTS, ODD_NAMES, SCRIPTS } from './names';
import type { Making, Size } from './plan';
import { DAY_MS, YEAR_MS } from './plan';

/** Sign-in offers the first three today; `oidc-gitlab-old` was taken out of homeserver.yaml a year ago. */
export const PROVIDERS = [
  { id: 'oidc-keycloak', name: 'Company account', brand: 'keycloak' },
  { id: 'oidc-google', name: 'Google', brand: 'google' },
  { id: 'saml', name: 'University login' },
];

const HASHES = Array.from({ length: 32 }, (_, index) => passwordHash(`correct horse ${index}`));

export function* makeUsers(hs: MockHomeserver, size: Size): Making {
  hs.state.config.identity_providers = PROVIDERS;
  makeAdmin(hs);
  makeOdd(hs);
  makeStates(hs);
  makeSentinels(hs);
  const ghosts = Math.round(size.users * 0.1);
  const guests = Math.round(size.users * 0.02);
  for (let i = 0; i < guests; i += 1) makeGuest(hs);
  yield;
  for (let i = 0; i < ghosts; i += 1) {
    makeGhost(hs, i);
    if (i % 50 === 0) yield;
  }
  for (let i = 0; hs.state.users.size < size.users; i += 1) {
    makePerson(hs);
    if (i % 50 === 0) yield;
  }
}

function makeAdmin(hs: MockHomeserver): void {
  const admin = hs.state.users.get(hs.adminId);
  if (!admin) return;
  admin.displayname = 'Demo Admin';
  admin.creation_ts = Math.floor((hs.startedAt - 4 * YEAR_MS) / 1000);
  admin.password_hash = passwordHash('admin');
  admin.external_ids = [{ auth_provider: 'oidc-keycloak', external_id: 'f0000000-admin' }];
  admin.account_data = {
    global: {
      'm.direct': { [`@second.admin:${hs.serverName}`]: [`!direct:${hs.serverName}`] },
      'm.ignored_user_list': { ignored_users: { [`@suspended.spammer:${hs.serverName}`]: {} } },
      'im.vector.setting.breadcrumbs': { recent_rooms: [`!direct:${hs.serverName}`] },
    },
    rooms: { [`!direct:${hs.serverName}`]: { 'm.tag': { tags: { 'm.favourite': { order: 0.5 } } } } },
  };
  admin.connections = [{ ip: '192.0.2.10', last_seen: hs.startedAt - 60_000, user_agent: 'Mozilla/5.0' }];
}

const created = (hs: MockHomeserver, yearsAgo: number): number =>
  Math.floor((hs.startedAt - yearsAgo * YEAR_MS) / 1000);

function makeOdd(hs: MockHomeserver): void {
  for (const [localpart, displayname] of ODD_NAMES) {
    const user = addUser(hs, {
      localpart,
      displayname,
      creation_ts: created(hs, 1.5),
      password_hash: HASHES[0] ?? null,
    });
    if (localpart === 'odd/slash')
      user.external_ids = [{ auth_provider: 'oidc-google', external_id: 'with/slash & more' }];
  }
}

const id = (auth_provider: string, external_id: string): ExternalId => ({ auth_provider, external_id });

/** One of each state by name, so that a person finds them: all with ids of a provider, since those go on blocking (§1.4). */
function makeStates(hs: MockHomeserver): void {
  const base = { creation_ts: created(hs, 2), password_hash: null };
  const make = (localpart: string, fields: Partial<User>): User => addUser(hs, { ...base, localpart, ...fields });
  make('left.company', {
    displayname: 'Left The Company',
    deactivated: true,
    external_ids: [id('oidc-keycloak', 'f1-left'), id('oidc-gitlab-old', '4711')],
  });
  make('left.erased', {
    displayname: null,
    deactivated: true,
    erased: true,
    external_ids: [id('oidc-gitlab-old', '4712')],
  });
  make('locked.out', { displayname: 'Locked Out', locked: true, external_ids: [id('oidc-keycloak', 'f2-locked')] });
  make('locked.old', { displayname: 'Locked Long Ago', locked: true, external_ids: [id('oidc-gitlab-old', '4713')] });
  make('suspended.spammer', { displayname: 'Suspended Spammer', suspended: true, password_hash: HASHES[1] ?? null });
  make('shadow', { displayname: 'Shadow', shadow_banned: true, password_hash: HASHES[2] ?? null });
  make('two.google', {
    displayname: 'Two Google Accounts',
    external_ids: [id('oidc-google', '1001-work'), id('oidc-google', '1001-home'), id('oidc-keycloak', 'f3')],
  });
  make('sso.only', { displayname: 'Only Google', external_ids: [id('oidc-google', '1002')] });
  make('second.admin', { displayname: 'Second Admin', admin: true, password_hash: HASHES[3] ?? null });
  make('sso.admin', { displayname: 'Admin by SSO only', admin: true, external_ids: [id('oidc-gitlab-old', '4714')] });
  make('bot.welcome', { displayname: 'Welcome Bot', user_type: 'bot', password_hash: HASHES[4] ?? null });
  make('support.desk', { displayname: 'Support Desk', user_type: 'support', password_hash: HASHES[5] ?? null });
  make('limited', { displayname: 'With Override', ratelimit: { messages_per_second: 5, burst_count: 50 } });
}

/** See faults.ts. Few enough that a run over everybody stays far below the failure threshold. */
function makeSentinels(hs: MockHomeserver): void {
  for (const localpart of ['fail-500-demo', 'flaky-demo', 'limit-demo', 'slow-demo']) {
    const external_ids = [{ auth_provider: 'oidc-gitlab-old', external_id: `sentinel-${localpart}` }];
    addUser(hs, {
      localpart,
      displayname: `Sentinel ${localpart.replace('-demo', '')}`,
      external_ids,
      password_hash: HASHES[6] ?? null,
      creation_ts: created(hs, 1),
    });
  }
}

function makeGuest(hs: MockHomeserver): void {
  const localpart = String(hs.random.between(10_000, 99_999_999));
  const ts = created(hs, hs.random.next() * 2);
  addUser(hs, { localpart, displayname: `Guest ${localpart}`, is_guest: true, creation_ts: ts });
}

function makeGhost(hs: MockHomeserver, index: number): void {
  const { random } = hs;
  const bridge = random.pick(['whatsapp', 'irc', 'telegram', 'signal']);
  const name = personName(hs).displayname;
  addUser(hs, {
    localpart: `_${bridge}_${index}${random.between(100, 999)}`,
    displayname: `${name} (${bridge})`,
    appservice_id: bridge,
    creation_ts: created(hs, random.next() * 3),
  });
}

function personName({ random }: MockHomeserver): { displayname: string; latin: string } {
  const script = random.pick(SCRIPTS);
  const [given, family] = [random.pick(script.given), random.pick(script.family)];
  const [first, last] = script.familyFirst ? [family, given] : [given, family];
  return { displayname: `${first[0]}${script.glue}${last[0]}`, latin: `${given[1]}.${family[1]}` };
}

function freeId(hs: MockHomeserver, latin: string): string {
  const name = (localpart: string): string => `@${localpart}:${hs.serverName}`;
  if (!hs.state.users.has(name(latin))) return latin;
  for (;;) {
    const next = `${latin}${hs.random.between(2, 9999)}`;
    if (!hs.state.users.has(name(next))) return next;
  }
}

function makePerson(hs: MockHomeserver): void {
  const { random } = hs;
  const { displayname, latin } = personName(hs);
  // More people came lately than long ago.
  const age = 4 * random.next() ** 1.6;
  const state = random.next();
  const deactivated = state < 0.06;
  const erased = deactivated && random.chance(0.25);
  const external_ids = ssoIds(hs, latin);
  const withPassword = !deactivated && (external_ids.length === 0 || random.chance(0.35));
  const user = addUser(hs, {
    localpart: freeId(hs, latin),
    displayname: erased ? null : random.chance(0.03) ? null : displayname,
    creation_ts: created(hs, age),
    deactivated,
    erased,
    locked: state >= 0.06 && state < 0.07,
    suspended: state >= 0.07 && state < 0.075,
    shadow_banned: state >= 0.075 && state < 0.077,
    external_ids,
    password_hash: withPassword ? (HASHES[random.between(0, HASHES.length - 1)] ?? null) : null,
    consent_version: random.chance(0.7) ? '2.1' : null,
    consent_ts: null,
    has_master_key: !deactivated && random.chance(0.6),
    threepids: [],
  });
  if (deactivated) return;
  const since = user.creation_ts * 1000;
  if (random.chance(0.5)) {
    const address = `${latin}${random.between(1, 99)}@mail.example`;
    user.threepids = [{ medium: 'email', address, validated_at: since, added_at: since }];
  }
  if (random.chance(0.92)) makeSessions(hs, user, since);
}

/** About six in ten come through SSO; some through two providers, a few with two accounts of one. */
function ssoIds({ random }: MockHomeserver, latin: string): ExternalId[] {
  const ids: ExternalId[] = [];
  const roll = random.next();
  const keycloak = (): ExternalId => ({
    auth_provider: 'oidc-keycloak',
    external_id: `${random.text(8, HEX)}-${random.text(4, HEX)}-4${random.text(3, HEX)}-${random.text(12, HEX)}`,
  });
  const google = (): ExternalId => ({ auth_provider: 'oidc-google', external_id: random.text(21, '0123456789') });
  if (roll < 0.38) ids.push(keycloak());
  else if (roll < 0.5) ids.push(google());
  else if (roll < 0.56) ids.push({ auth_provider: 'saml', external_id: `${latin}.${random.text(6, HEX)}@uni.example` });
  else if (roll < 0.6) ids.push(keycloak(), google());
  if (random.chance(0.05)) ids.push({ auth_provider: 'oidc-gitlab-old', external_id: random.text(7, '0123456789') });
  if (random.chance(0.008)) ids.push(google(), google());
  return ids;
}

function makeSessions(hs: MockHomeserver, user: User, since: number): void {
  const { random, startedAt } = hs;
  const count = random.chance(0.3) ? random.between(2, 5) : 1;
  for (let i = 0; i < count; i += 1) {
    const idle = Math.min(startedAt - since, random.longTail(3 * DAY_MS, 2, 3 * YEAR_MS));
    const last_seen_ts = Math.floor(startedAt - idle);
    const ip = `198.51.100.${random.between(1, 254)}`;
    addDevice(hs, user, { display_name: random.pick(CLIENTS), last_seen_ts, last_seen_ip: ip });
    // Synapse keeps a connection for 28 days only.
    if (idle < 28 * DAY_MS) user.connections.push({ ip, last_seen: last_seen_ts, user_agent: 'Mozilla/5.0' });
  }
  const device = user.devices[0];
  if (device && random.chance(0.4)) {
    user.pushers.push({
      app_display_name: 'Element X',
      app_id: 'io.element.android',
      data: { format: 'event_id_only', url: 'https://push.example/_matrix/push/v1/notify' },
      device_display_name: 'Phone',
      kind: 'http',
      lang: 'en',
      profile_tag: '',
      pushkey: random.text(24),
      enabled: true,
      device_id: device.device_id,
    });
  }
}
