import { addDevice, addUser } from '../build';
import { PROVIDERS } from '../world/users';
import type { User } from '../state';
import { addCompatSession, adopt, deviceScope, giveAdminToken } from './adopt';
import type { MockMas } from './mas';
import type { MasClientRow, MasUserRow } from './state';
import { DAY_MS } from '../world/plan';
import { CLIENT_SCOPE, ADMIN_SCOPE } from '../authenticate';

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * MAS in front of the demo world: its accounts joined to those of Synapse, and some on one side alone; sessions of four kinds, clients,
 * providers and links, registration tokens, policy data. Never holds the thread for long.
 */
export async function fillMasWorld(mas: MockMas): Promise<void> {
  const { state, homeserver } = mas;
  const admin = homeserver.state.users.get(homeserver.adminId);
  if (admin) adopt(mas, admin, false);
  const clients = makeClients(mas);
  const providers = makeProviders(mas);
  giveAdminToken(mas, clients[0]?.id);
  const creation_ts = Math.floor(ago(mas, 200) / 1000);
  addUser(homeserver, { localpart: 'made.by.put', displayname: 'Made On Synapse Alone', creation_ts });
  let since = performance.now();
  for (const user of byAge([...homeserver.state.users.values()])) {
    if (user.name.startsWith('@made.by.put:')) continue;
    const row = user === admin ? state.userNamed('admin') : adopt(mas, user, false);
    if (row) fillAccount(mas, user, row, clients, providers);
    if (performance.now() - since < 10) continue;
    // oxlint-disable-next-line no-await-in-loop -- the page shall breathe in between
    await pause();
    since = performance.now();
  }
  makeOnlyInMas(mas);
  makePersonalSessions(mas);
  makeRegistrationTokens(mas);
  makePolicyData(mas);
  mas.isFilled = true;
}

const byAge = (users: User[]): User[] => users.toSorted((one, other) => one.creation_ts - other.creation_ts);

function makeClients(mas: MockMas): readonly MasClientRow[] {
  const make = (name: string, uri: string, fields: Partial<MasClientRow> = {}): MasClientRow => {
    const row: MasClientRow = {
      id: mas.newId(),
      client_name: name,
      client_uri: uri,
      logo_uri: null,
      redirect_uris: [uri],
      grant_types: ['authorization_code', 'refresh_token'],
      is_static: false,
      application_type: 'web',
      token_endpoint_auth_method: 'none',
      digest: null,
      ...fields,
    };
    mas.state.clients.set(row.id, row);
    return row;
  };
  return [
    make('Glia', 'https://glia.example/', { is_static: true }),
    make('Element Web', 'https://app.element.io/'),
    make('Element X', 'https://element.io/', { application_type: 'native', redirect_uris: ['io.element.android:/'] }),
    make('FluffyChat', 'https://fluffychat.im/', { redirect_uris: ['https://fluffychat.im/auth.html'] }),
    make('Backups', 'https://backup.demo.example/', {
      is_static: true,
      redirect_uris: [],
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_basic',
    }),
    make('Cinny, not used any more', 'https://app.cinny.in/'),
  ];
}

/** By the name that Synapse had for it. */
function makeProviders(mas: MockMas): ReadonlyMap<string, string> {
  const { state, homeserver } = mas;
  const made = new Map<string, string>();
  const all = [...PROVIDERS, { id: 'oidc-gitlab-old', name: 'GitLab', brand: 'gitlab' }];
  for (const { id: name, name: human_name, brand = null } of all) {
    const isOld = name === 'oidc-gitlab-old';
    const id = mas.newId();
    made.set(name, id);
    state.providers.set(id, {
      id,
      issuer: name === 'saml' ? null : `https://${name.replace('oidc-', '')}.example/`,
      human_name,
      brand_name: brand,
      created_at: homeserver.startedAt - 700 * DAY_MS,
      disabled_at: isOld ? homeserver.startedAt - 365 * DAY_MS : null,
      registration_token_required: false,
    });
  }
  return made;
}

function fillAccount(
  mas: MockMas,
  user: User,
  row: MasUserRow,
  clients: readonly MasClientRow[],
  providers: ReadonlyMap<string, string>,
): void {
  const { state, random, homeserver } = mas;
  for (const { auth_provider: name, external_id: subject } of user.external_ids) {
    const provider = providers.get(name);
    if (provider === undefined) continue;
    const id = mas.newId();
    const isKnown = random.chance(0.7);
    state.links.set(id, {
      id,
      created_at: row.created_at,
      provider_id: provider,
      subject,
      user_id: row.id,
      human_account_name: isKnown ? `${row.username}@${name.replace('oidc-', '')}.example` : null,
    });
  }
  if (user.deactivated || user.name === homeserver.adminId) return;
  for (const device of user.devices) {
    // Half of them came before MAS, or sign in as before.
    if (random.chance(0.4)) addCompatSession(mas, row, device);
    else addOAuthSession(mas, row, device, clients);
  }
  if (user.devices.length > 0 && random.chance(0.1)) {
    addCompatSession(mas, row, { device_id: random.text(10, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') }, ago(mas, 12));
  }
}

const ago = (mas: MockMas, days: number): number => mas.homeserver.startedAt - days * DAY_MS;

function addOAuthSession(
  mas: MockMas,
  row: MasUserRow,
  device: User['devices'][number],
  clients: readonly MasClientRow[],
): void {
  const { state, random } = mas;
  const last_active_at = device.last_seen_ts;
  const seen = { last_active_at, last_active_ip: device.last_seen_ip, user_agent: 'Mozilla/5.0 (X11; Linux x86_64)' };
  const created_at = Math.max(row.created_at, (last_active_at ?? row.created_at) - random.between(0, 200) * DAY_MS);
  const browser = random.chance(0.6) ? mas.newId() : null;
  if (browser !== null) {
    const finished_at = random.chance(0.2) ? last_active_at : null;
    state.browserSessions.set(browser, { id: browser, created_at, finished_at, user_id: row.id, ...seen });
  }
  const client = clients[random.between(1, 3)];
  const id = mas.newId();
  state.oauthSessions.set(id, {
    id,
    created_at,
    finished_at: null,
    ...seen,
    user_id: row.id,
    user_session_id: browser,
    client_id: client?.id ?? '',
    scopes: [CLIENT_SCOPE, deviceScope(device.device_id), 'openid'].toSorted(),
    human_name: device.display_name,
  });
}

/** What Synapse does not know, or knows otherwise. */
function makeOnlyInMas(mas: MockMas): void {
  const { state } = mas;
  const make = (username: string, days: number, fields: Partial<MasUserRow> = {}) =>
    state.addUser({
      id: mas.newId(),
      username,
      created_at: ago(mas, days),
      locked_at: null,
      deactivated_at: null,
      admin: false,
      legacy_guest: false,
      password: null,
      ...fields,
    });
  make('not.provisioned', 2);
  make('never.on.synapse', 90, { locked_at: ago(mas, 30) });
  const gone = make('gone.from.synapse', 400);
  addCompatSession(mas, gone, { device_id: 'LOSTDEVICE' });
  // May ask for admin rights at MAS, whatever the column of Synapse says.
  const desk = state.userNamed('support.desk');
  if (desk) desk.admin = true;
  const links = [...state.providers.keys()].slice(0, 2);
  for (const provider_id of links) {
    const id = mas.newId();
    const subject = `unclaimed-${id.slice(-4)}`;
    const free = { user_id: null, human_account_name: 'nobody.yet@mail.example' };
    state.links.set(id, { id, created_at: ago(mas, 5), provider_id, subject, ...free });
  }
}

function makePersonalSessions(mas: MockMas): void {
  const { state, homeserver } = mas;
  const owner = state.userNamed('admin')?.id ?? null;
  const other = state.userNamed('second.admin')?.id ?? null;
  const bot = state.userNamed('bot.welcome')?.id ?? owner;
  const make = (
    name: string,
    actor: string | null,
    scopes: readonly string[],
    how: { owner?: string | null; expires?: number | null; revoked?: number | null; active?: number | null },
  ) => {
    if (actor === null) return;
    const id = mas.newId();
    state.personalSessions.set(id, {
      id,
      created_at: ago(mas, 60),
      revoked_at: how.revoked ?? null,
      owner_user_id: how.owner === undefined ? owner : how.owner,
      owner_client_id: null,
      actor_user_id: actor,
      human_name: name,
      scopes: scopes.toSorted(),
      last_active_at: how.active ?? null,
      last_active_ip: how.active == null ? null : '203.0.113.7',
      expires_at: how.expires ?? null,
    });
  };
  const botUser = homeserver.state.users.get(`@bot.welcome:${homeserver.serverName}`);
  if (botUser) addDevice(homeserver, botUser, { device_id: 'WELCOMEBOT', display_name: 'Welcome bot' });
  make('Welcome bot', bot, [CLIENT_SCOPE, deviceScope('WELCOMEBOT')], { active: ago(mas, 0.1) });
  make('Nightly report', owner, [CLIENT_SCOPE, ADMIN_SCOPE], { expires: ago(mas, -30), active: ago(mas, 1) });
  make('Migration', owner, ['urn:mas:admin'], { expires: ago(mas, 20), active: ago(mas, 21) });
  make('Lost laptop', other, [CLIENT_SCOPE, ADMIN_SCOPE, 'urn:mas:admin'], { owner: other, revoked: ago(mas, 3) });
}

function makeRegistrationTokens(mas: MockMas): void {
  const make = (
    token: string,
    usage_limit: number | null,
    times_used: number,
    how: { expires?: number; revoked?: number },
  ) => {
    const id = mas.newId();
    mas.state.registrationTokens.set(id, {
      id,
      token,
      usage_limit,
      times_used,
      created_at: ago(mas, 100),
      last_used_at: times_used > 0 ? ago(mas, 4) : null,
      expires_at: how.expires ?? null,
      revoked_at: how.revoked ?? null,
    });
  };
  make('summer-school', 50, 12, { expires: ago(mas, -30) });
  make('welcome2024', 10, 10, {});
  make('friends', null, 231, {});
  make('trainees', 5, 1, { expires: ago(mas, 20) });
  make('leaked-on-the-web', null, 78, { revoked: ago(mas, 8) });
}

function makePolicyData(mas: MockMas): void {
  const make = (days: number, data: unknown) => {
    const id = mas.newId();
    mas.state.policyData.set(id, { id, created_at: ago(mas, days), data });
  };
  make(120, { admin_users: ['second.admin'] });
  make(40, {
    admin_users: ['second.admin'],
    registration: { banned_usernames: { literals: ['abuse', 'root'], substrings: ['admin'] } },
    emails: { banned_addresses: { suffixes: ['@throwaway.example'] } },
  });
}
