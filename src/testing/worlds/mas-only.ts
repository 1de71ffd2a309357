import { emailId, emailOf, linkId, linkOf, personalId, personalOf, sessionId, sessionOf } from '~/actions/mas/ids';
import { POLICY_DATA } from '~/actions/mas/policy-set';
import { nameOfToken, tokenOfName } from '~/lib/token-names';
import { addDevice, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { adopt } from '~/mocks/mas/adopt';
import type { MasRegistrationTokenRow, PersonalSessionRow } from '~/mocks/mas/state';
import type { World } from '~/testing/action-worlds';
import { addAccount, masOf, rowOf } from './mas';

/** Worlds of the actions on what only Matrix Authentication Service has. */

const THEN = 1_700_000_000_000;

/** A session of an app that goes, or is gone. */
const session: World = {
  make(model, localpart = 'anna') {
    const user = addUser(model, { localpart });
    const device = addDevice(model, user);
    adopt(masOf(model), user);
    const found = [...masOf(model).state.compatSessions.values()].find((one) => one.device_id === device.device_id);
    return sessionId('compat', found?.id ?? '', user.name);
  },
  set(model, name, isReached) {
    const found = masOf(model).state.compatSessions.get(sessionOf(name).id);
    if (found) found.finished_at = isReached ? THEN : null;
  },
  isReached: (model, name) => masOf(model).state.compatSessions.get(sessionOf(name).id)?.finished_at !== null,
  remove: (model, name) => void masOf(model).state.compatSessions.delete(sessionOf(name).id),
};

function addPersonal(model: MockHomeserver, localpart: string): string {
  const mas = masOf(model);
  const userId = addAccount(model, { localpart });
  const id = mas.newId();
  mas.state.personalSessions.set(id, {
    id,
    created_at: mas.now(),
    revoked_at: null,
    owner_user_id: rowOf(model, model.adminId).id,
    owner_client_id: null,
    actor_user_id: rowOf(model, userId).id,
    human_name: 'Backup script',
    scopes: ['urn:matrix:client:api:*'],
    last_active_at: null,
    last_active_ip: null,
    expires_at: null,
  });
  return personalId(id, userId);
}

const personalRow = (model: MockHomeserver, name: string): PersonalSessionRow | undefined =>
  masOf(model).state.personalSessions.get(personalOf(name).id);

const removePersonal = (model: MockHomeserver, name: string) =>
  void masOf(model).state.personalSessions.delete(personalOf(name).id);

const revokePersonal: World = {
  make: (model, localpart = 'anna') => addPersonal(model, localpart),
  set(model, name, isReached) {
    const row = personalRow(model, name);
    if (row) row.revoked_at = isReached ? THEN : null;
  },
  isReached: (model, name) => personalRow(model, name)?.revoked_at !== null,
  remove: removePersonal,
};

/** It expires once it was made anew. */
const regeneratePersonal: World = {
  make: (model, localpart = 'anna') => addPersonal(model, localpart),
  set(model, name, isReached) {
    const row = personalRow(model, name);
    if (row) row.expires_at = isReached ? THEN : null;
  },
  isReached: (model, name) => (personalRow(model, name)?.expires_at ?? null) !== null,
  remove: removePersonal,
  refused(model) {
    const name = addPersonal(model, 'closed');
    revokePersonal.set(model, name, true);
    return name;
  },
  input: { days: 30 },
};

const tokensOf = (model: MockHomeserver, userId: string) =>
  [...masOf(model).state.personalSessions.values()].filter((one) => one.actor_user_id === rowOf(model, userId).id);

function removeAccount(model: MockHomeserver, userId: string): void {
  const { state } = masOf(model);
  state.users.delete(rowOf(model, userId).id);
  state.idsByName.delete(userId.slice(1, userId.indexOf(':')));
}

/** Another account has the name by now. */
function madeAnew(model: MockHomeserver, userId: string): void {
  const mas = masOf(model);
  const row = rowOf(model, userId);
  mas.state.users.delete(row.id);
  mas.state.addUser({ ...row, id: mas.newId() });
}

const issuePersonal: World = {
  make: (model, localpart = 'anna') => addAccount(model, { localpart }),
  set(model, userId, isReached) {
    for (const { id } of tokensOf(model, userId)) masOf(model).state.personalSessions.delete(id);
    if (isReached) addPersonal(model, userId.slice(1, userId.indexOf(':')));
  },
  isReached: (model, userId) => tokensOf(model, userId).length > 0,
  drift: madeAnew,
  remove: removeAccount,
  refused: (model) => addAccount(model, { localpart: 'closed', deactivated: true }),
  input: { name: 'Backup script', scopes: ['urn:matrix:client:api:*'], days: 30 },
};

const emailRow = (model: MockHomeserver, name: string) =>
  [...masOf(model).state.emails.values()].find(({ email }) => email === emailOf(name).address);

function dropEmail(model: MockHomeserver, name: string): void {
  const row = emailRow(model, name);
  if (row) masOf(model).state.emails.delete(row.id);
  masOf(model).enqueue('provision', rowOf(model, emailOf(name).userId).id);
}

function putEmail(model: MockHomeserver, name: string, holder = emailOf(name).userId): void {
  const mas = masOf(model);
  const id = mas.newId();
  mas.state.emails.set(id, {
    id,
    created_at: mas.now(),
    user_id: rowOf(model, holder).id,
    email: emailOf(name).address,
  });
  mas.enqueue('provision', rowOf(model, holder).id);
}

/** An address that the account gets (true) or loses. */
const email = (reached: boolean): World => ({
  make(model, localpart = 'anna') {
    const name = emailId(addAccount(model, { localpart }), `${localpart}.new@mail.example`);
    this.set(model, name, false);
    return name;
  },
  set(model, name, isReached) {
    dropEmail(model, name);
    if (isReached === reached) putEmail(model, name);
  },
  isReached: (model, name) => (emailRow(model, name) !== undefined) === reached,
  /** Another account has it. */
  drift(model, name) {
    dropEmail(model, name);
    putEmail(model, name, model.adminId);
  },
  remove: (model, name) => removeAccount(model, emailOf(name).userId),
});

function providerOf(model: MockHomeserver): string {
  const { state } = masOf(model);
  const id = '01HPR0V1DER00000000000000A';
  state.providers.set(id, {
    id,
    issuer: 'https://sso.example/',
    human_name: 'Example SSO',
    brand_name: null,
    created_at: THEN,
    disabled_at: null,
    registration_token_required: false,
  });
  return id;
}

const linkRow = (model: MockHomeserver, name: string) =>
  [...masOf(model).state.links.values()].find(({ subject }) => subject === linkOf(name).subject);

function dropLink(model: MockHomeserver, name: string): void {
  const row = linkRow(model, name);
  if (row) masOf(model).state.links.delete(row.id);
}

function putLink(model: MockHomeserver, name: string, holder = linkOf(name).userId): void {
  const mas = masOf(model);
  const id = mas.newId();
  const { providerId, subject } = linkOf(name);
  mas.state.links.set(id, {
    id,
    created_at: mas.now(),
    provider_id: providerId,
    subject,
    user_id: rowOf(model, holder).id,
    human_account_name: 'Anna at work',
  });
}

/** A link that the account gets (true) or loses; its subject has blanks. */
const link = (reached: boolean): World => ({
  make(model, localpart = 'anna') {
    const name = linkId(addAccount(model, { localpart }), providerOf(model), `uid ${localpart} #?`);
    this.set(model, name, false);
    return name;
  },
  set(model, name, isReached) {
    dropLink(model, name);
    if (isReached === reached) putLink(model, name);
  },
  isReached: (model, name) => (linkRow(model, name) !== undefined) === reached,
  drift(model, name) {
    dropLink(model, name);
    putLink(model, name, model.adminId);
  },
  remove: (model, name) => removeAccount(model, linkOf(name).userId),
});

function addToken(model: MockHomeserver, over: Partial<MasRegistrationTokenRow> = {}): string {
  const mas = masOf(model);
  const id = mas.newId();
  mas.state.registrationTokens.set(id, {
    id,
    token: `welcome-${id}`,
    usage_limit: null,
    times_used: 0,
    created_at: mas.now(),
    last_used_at: null,
    expires_at: null,
    revoked_at: null,
    ...over,
  });
  return id;
}

const tokenRow = (model: MockHomeserver, id: string) => masOf(model).state.registrationTokens.get(id);
const removeToken = (model: MockHomeserver, id: string) => void masOf(model).state.registrationTokens.delete(id);

/** A token that is revoked (true), or usable again. */
const revoking = (reached: boolean): World => ({
  make: (model) => addToken(model, { revoked_at: reached ? null : THEN }),
  set(model, id, isReached) {
    const row = tokenRow(model, id);
    if (row) row.revoked_at = isReached === reached ? THEN : null;
  },
  isReached: (model, id) => (tokenRow(model, id)?.revoked_at !== null) === reached,
  remove: removeToken,
});

const tokenLimits: World = {
  make: (model) => addToken(model),
  set(model, id, isReached) {
    const row = tokenRow(model, id);
    if (row) row.usage_limit = isReached ? 3 : null;
  },
  isReached: (model, id) => tokenRow(model, id)?.usage_limit === 3,
  drift(model, id) {
    const row = tokenRow(model, id);
    if (row) row.usage_limit = 7;
  },
  remove: removeToken,
  input: { uses_allowed: 3, expires: '' },
};

const tokenNamed = (model: MockHomeserver, name: string) =>
  [...masOf(model).state.registrationTokens.values()].find(
    ({ token, revoked_at }) => revoked_at === null && nameOfToken(token) === name,
  );

const newToken: World = {
  make(model, localpart = 'welcome') {
    const name = nameOfToken(`${localpart}-to-the-homeserver`);
    newToken.set(model, name, false);
    return name;
  },
  set(model, name, isReached) {
    for (const [id, { token }] of masOf(model).state.registrationTokens) {
      if (nameOfToken(token) === name) removeToken(model, id);
    }
    if (isReached) addToken(model, { token: tokenOfName(name) ?? '', usage_limit: 3 });
  },
  isReached: (model, name) => tokenNamed(model, name) !== undefined,
  drift(model, name) {
    newToken.set(model, name, false);
    addToken(model, { token: tokenOfName(name) ?? '', usage_limit: 7 });
  },
  // One that is there already stands in the way instead.
  remove(model, name) {
    newToken.set(model, name, false);
    addToken(model, { token: tokenOfName(name) ?? '', usage_limit: 7 });
  },
  whenGone: { status: 'skipped', reason: 'Changed since the plan: now 7 uses' },
  input: { uses_allowed: 3, expires: '' },
};

const WANTED = { admin_users: ['@anna:demo.example'], registration: { banned: [2, 1] } };

function setPolicyTo(model: MockHomeserver, data: unknown): void {
  const mas = masOf(model);
  const id = mas.newId();
  mas.state.policyData.set(id, { id, created_at: mas.now(), data });
}
const policyNow = (model: MockHomeserver) => [...masOf(model).state.policyData.values()].at(-1)?.data;

/** There is one, and it is never gone. */
const policy: World = {
  make(model) {
    setPolicyTo(model, { admin_users: [] });
    return POLICY_DATA;
  },
  // Its keys in another order.
  set: (model, _name, isReached) =>
    setPolicyTo(
      model,
      isReached ? { registration: WANTED.registration, admin_users: WANTED.admin_users } : { admin_users: [] },
    ),
  isReached: (model) => JSON.stringify(policyNow(model)) !== '{"admin_users":[]}',
  drift: (model) => setPolicyTo(model, { admin_users: ['@other:demo.example'] }),
  remove: (model) => setPolicyTo(model, { admin_users: ['@other:demo.example'] }),
  whenGone: { status: 'skipped', reason: 'Changed since the plan' },
  input: { data: WANTED },
};

export const MAS_ONLY_WORLDS: Readonly<Record<string, World>> = {
  'mas-session.finish': session,
  'personal-token.revoke': revokePersonal,
  'personal-token.regenerate': regeneratePersonal,
  'personal-token.issue': issuePersonal,
  'email.add': email(true),
  'email.remove': email(false),
  'upstream-link.add': link(true),
  'upstream-link.remove': link(false),
  'mas-token.revoke': revoking(true),
  'mas-token.unrevoke': revoking(false),
  'mas-token.change': tokenLimits,
  'mas-token.create': newToken,
  'policy-data.set': policy,
};
