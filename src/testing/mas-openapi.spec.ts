import { beforeEach, describe, expect, it } from 'vitest';
import { send, type Ask } from '~/api/ask';
import * as clients from '~/api/mas/clients';
import * as emails from '~/api/mas/emails';
import * as finds from '~/api/mas/find-asks';
import * as personal from '~/api/mas/personal-sessions';
import * as policy from '~/api/mas/policy-data';
import * as tokens from '~/api/mas/registration-tokens';
import * as sessions from '~/api/mas/sessions';
import * as upstream from '~/api/mas/upstream';
import * as users from '~/api/mas/users';
import * as server from '~/api/mas/version-and-config';
import * as kinds from '~/api/mas-session-asks';
import { answerInPage, type Homeserver } from '~/api/request';
import { addDevice, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { fillMasWorld } from '~/mocks/mas/world';
import { MockMas } from '~/mocks/mas/mas';
import { OPERATIONS } from './mas-facts';
import { answerProblems, madeThing, operationOf, requestProblems } from './mas-openapi';

/**
 * All that Glia can ask of MAS, and all that the model answers, by MAS's own description of its Admin API. A real MAS can't run here.
 * What is known to differ:
 * - The description names no 401, 500, 415 or 422 anywhere, and a 400 for a bad query in two lists alone.
 * - It leaves out what else some operations refuse with: see `UNNAMED`.
 * - Bodies of 400, 415 and 422 may be plain text where the request’s own body can’t be read.
 * - By its example a page can have both `next` and `prev`; MAS has each only the way that is paged.
 * - Its words name a filter `can_request_admin`; it is `admin`, and the other is ignored without a word.
 */
const EVERYWHERE = [400, 401, 415, 422, 500];
const UNNAMED: Readonly<Record<string, readonly number[]>> = {
  'POST /user-registration-tokens': [409],
  'POST /personal-sessions': [410],
  'POST /personal-sessions/{id}/regenerate': [403, 422],
};

let hs: Homeserver;
let mas: MockMas;
let model: MockHomeserver;
/** Which operations were asked, and what was wrong. */
let asked: Set<string>;
let problems: string[];
/** Their answers; the model’s own where none is put here. */
let instead: ((name: string) => Response | null) | null;

beforeEach(async () => {
  model = new MockHomeserver({ mas: true });
  for (const localpart of ['bot.welcome', 'second.admin']) addUser(model, { localpart });
  const anna = addUser(model, { localpart: 'anna', external_ids: [{ auth_provider: 'saml', external_id: 'a' }] });
  for (let index = 0; index < 12; index += 1) addDevice(model, anna);
  mas = new MockMas(model);
  await fillMasWorld(mas);
  hs = { baseUrl: 'https://demo.example', token: model.adminToken, mas: { baseUrl: mas.baseUrl } };
  asked = new Set();
  problems = [];
  instead = null;
  answerInPage(mas.baseUrl, async (request) => {
    const name = operationOf(request.method, request.url);
    if (name === null) throw new Error(`No such operation: ${request.method} ${request.url}`);
    asked.add(name);
    problems.push(...(await requestProblems(name, request)).map((problem) => `${name}: sends ${problem}`));
    const response = instead?.(name) ?? (await model.handle(request));
    const known = [...EVERYWHERE, ...(UNNAMED[name] ?? [])];
    problems.push(...(await answerProblems(name, response, known)).map((problem) => `${name}: answers ${problem}`));
    return response;
  });
});

const ids = (rows: ReadonlyMap<string, unknown>): string => [...rows.keys()].at(-1) ?? '';
const userId = () => mas.state.userNamed('anna')?.id ?? '';
const TIME = '2026-01-02T03:04:05Z';
const PAGE = { first: 2, after: '01J00000000000000000000001', before: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ', count: false };
const BACK = { last: 2 };
const dated = () => ({
  user: userId(),
  status: 'active' as const,
  createdBefore: TIME,
  createdAfter: TIME,
  lastActiveBefore: TIME,
  lastActiveAfter: TIME,
});
const act = (one: Ask<unknown>): Promise<unknown> => send(hs, one);

/** Each function that asks MAS, with all that it can send. */
const CALLS: Readonly<Record<string, () => Promise<unknown>>> = {
  lookAtMasVersion: () => act(server.lookAtMasVersion),
  masVersion: () => server.masVersion(hs),
  lookAtMasSiteConfig: () => act(server.lookAtMasSiteConfig),
  masSiteConfig: () => server.masSiteConfig(hs),
  listMasUsers: async () => {
    const filter = { admin: false, legacyGuest: false, search: 'a', status: 'active' as const };
    const activeClients = [...mas.state.clients.keys()];
    const all = { ...filter, activeClients, hasOAuthSession: true, hasCompatSession: false };
    await users.listMasUsers(hs, all, PAGE);
    return users.listMasUsers(hs, {}, BACK);
  },
  countMasUsers: () => users.countMasUsers(hs, { status: 'locked' }),
  lookAtMasUser: () => act(users.lookAtMasUser(userId())),
  lookAtMasUserNamed: () => act(users.lookAtMasUserNamed('anna')),
  masUserNamed: () => users.masUserNamed(hs, 'no/body'),
  createMasUser: () => act(users.createMasUser({ username: 'neu', displayname: 'Neu', avatar_url: 'mxc://x/y' })),
  setMasPassword: () => act(users.setMasPassword(userId(), 'battery staple', true)),
  setMasAdmin: () => act(users.setMasAdmin(userId(), true)),
  lockMasUser: async () => [
    await act(users.lockMasUser(userId(), true)),
    await act(users.lockMasUser(userId(), false)),
  ],
  deactivateMasUser: () => act(users.deactivateMasUser(userId(), { erase: false })),
  reactivateMasUser: () => act(users.reactivateMasUser(userId())),
  listMasEmails: () => emails.listMasEmails(hs, { user: userId(), email: 'a@b' }, PAGE),
  addMasEmail: () => act(emails.addMasEmail(userId(), 'anna@mail.example')),
  lookAtMasEmail: () => act(emails.lookAtMasEmail(ids(mas.state.emails))),
  deleteMasEmail: () => act(emails.deleteMasEmail(ids(mas.state.emails))),
  listBrowserSessions: () => sessions.listBrowserSessions(hs, dated(), PAGE),
  lookAtBrowserSession: () => act(sessions.lookAtBrowserSession(ids(mas.state.browserSessions))),
  finishBrowserSession: () => act(sessions.finishBrowserSession(active(mas.state.browserSessions))),
  listOAuthSessions: async () => {
    const kinds = { clientKind: 'dynamic' as const, userSession: ids(mas.state.browserSessions) };
    const filter = {
      ...dated(),
      ...kinds,
      clients: [...mas.state.clients.keys()],
      scopes: ['openid', 'urn:mas:admin'],
    };
    await sessions.listOAuthSessions(hs, filter, PAGE);
    return sessions.listOAuthSessions(hs, {}, BACK);
  },
  lookAtOAuthSession: () => act(sessions.lookAtOAuthSession(ids(mas.state.oauthSessions))),
  finishOAuthSession: () => act(sessions.finishOAuthSession(active(mas.state.oauthSessions))),
  listCompatSessions: async () => {
    await sessions.listCompatSessions(hs, { ...dated(), userSession: ids(mas.state.browserSessions) }, PAGE);
    return sessions.listCompatSessions(hs);
  },
  lookAtCompatSession: () => act(sessions.lookAtCompatSession(ids(mas.state.compatSessions))),
  finishCompatSession: () => act(sessions.finishCompatSession(active(mas.state.compatSessions))),
  listPersonalSessions: async () => {
    const who = { owner: userId(), ownerClient: ids(mas.state.clients), actor: userId(), scopes: ['openid', 'email'] };
    const when = { status: 'active' as const, expiresBefore: TIME, expiresAfter: TIME, expires: true };
    await personal.listPersonalSessions(hs, { ...who, ...when }, PAGE);
    return personal.listPersonalSessions(hs);
  },
  createPersonalSession: () =>
    act(personal.createPersonalSession({ actor: userId(), name: 'x', scope: 'openid', seconds: 60 })),
  lookAtPersonalSession: () => act(personal.lookAtPersonalSession(ids(mas.state.personalSessions))),
  regeneratePersonalSession: async () => {
    const mine = { actor: userId(), name: 'x', scope: 'openid' };
    const { id } = await send(hs, personal.createPersonalSession(mine));
    await act(personal.regeneratePersonalSession(id));
    return act(personal.regeneratePersonalSession(id, 60));
  },
  revokePersonalSession: () => act(personal.revokePersonalSession([...mas.state.personalSessions.keys()][0] ?? '')),
  listMasClients: () => {
    const filter = {
      kind: 'static' as const,
      name: 'a',
      uri: 'b',
      grantType: 'refresh_token',
      hasActiveSessions: true,
    };
    return clients.listMasClients(hs, filter, PAGE).then(() => clients.listMasClients(hs));
  },
  lookAtMasClient: () => act(clients.lookAtMasClient(ids(mas.state.clients))),
  listMasRegistrationTokens: async () => {
    const filter = { used: true, revoked: false, expired: false, valid: true };
    await tokens.listMasRegistrationTokens(hs, filter, PAGE);
    return tokens.listMasRegistrationTokens(hs);
  },
  lookAtMasRegistrationToken: () => act(tokens.lookAtMasRegistrationToken(ids(mas.state.registrationTokens))),
  createMasRegistrationToken: () =>
    act(tokens.createMasRegistrationToken({ token: 'new one', usage_limit: 3, expires_at: TIME })),
  changeMasRegistrationToken: () =>
    act(tokens.changeMasRegistrationToken(ids(mas.state.registrationTokens), { usage_limit: null, expires_at: null })),
  revokeMasRegistrationToken: async () => {
    const id = [...mas.state.registrationTokens.keys()][0] ?? '';
    await act(tokens.revokeMasRegistrationToken(id, true));
    return act(tokens.revokeMasRegistrationToken(id, false));
  },
  listUpstreamProviders: () => upstream.listUpstreamProviders(hs, { enabled: true }, PAGE),
  lookAtUpstreamProvider: () => act(upstream.lookAtUpstreamProvider(ids(mas.state.providers))),
  listUpstreamLinks: async () => {
    const filter = { user: userId(), provider: ids(mas.state.providers), subject: 'x', accountName: 'y' };
    await upstream.listUpstreamLinks(hs, filter, PAGE);
    return upstream.listUpstreamLinks(hs);
  },
  lookAtUpstreamLink: () => act(upstream.lookAtUpstreamLink(ids(mas.state.links))),
  addUpstreamLink: () =>
    act(
      upstream.addUpstreamLink({
        user_id: userId(),
        provider_id: ids(mas.state.providers),
        subject: 'new',
        human_account_name: null,
      }),
    ),
  deleteUpstreamLink: () => act(upstream.deleteUpstreamLink(ids(mas.state.links))),
  lookAtPolicyData: () => act(policy.lookAtPolicyData(ids(mas.state.policyData))),
  lookAtLatestPolicyData: () => act(policy.lookAtLatestPolicyData),
  latestPolicyData: () => policy.latestPolicyData(hs),
  setPolicyData: () => act(policy.setPolicyData({ admin_users: [] })),
  findMasEmail: () => act(finds.findMasEmail('anna@mail.example')),
  findUpstreamLink: () => act(finds.findUpstreamLink(ids(mas.state.providers), 'new')),
  pageOfMasTokens: () => act(finds.pageOfMasTokens('01J00000000000000000000001')),
  lookAtSessions: () =>
    Promise.all(kinds.SESSION_KINDS.map((kind) => act(kinds.lookAtSessions(kind, userId(), PAGE.after)))),
  lookAtSession: () => act(kinds.lookAtSession({ kind: 'compat', id: ids(mas.state.compatSessions) })),
  endSession: () => act(kinds.endSession({ kind: 'compat', id: active(mas.state.compatSessions) })),
};

function active(rows: ReadonlyMap<string, { id: string; finished_at: number | null }>): string {
  // The last: the first is the admin’s own.
  return [...rows.values()].findLast((one) => one.finished_at === null)?.id ?? '';
}

/** What asks nothing. */
const SILENT = /^(?:masNameOf|deviceInScope|SESSION_KINDS|.*Schema)$/;

describe('what Glia asks of MAS', () => {
  it('is tried out here, each function of it', () => {
    const chapters = [clients, emails, personal, policy, tokens, sessions, upstream, users, server, finds, kinds];
    const names = chapters.flatMap((chapter) => Object.keys(chapter)).filter((name) => !SILENT.test(name));
    expect(names.toSorted()).toEqual(Object.keys(CALLS).toSorted());
  });

  it('is as MAS describes it, and so is what the model answers', async () => {
    for (const call of Object.values(CALLS)) {
      // oxlint-disable-next-line no-await-in-loop -- one makes what the next one changes
      await call();
    }
    expect(problems).toEqual([]);
    expect(model.crashes).toEqual([]);
    expect([...asked].toSorted()).toEqual(Object.keys(OPERATIONS).toSorted());
  });

  it('is read whether MAS says all, nothing, or as little as it may', async () => {
    const unread: string[] = [];
    for (const how of ['all', 'null', 'least'] as const) {
      instead = (name) => answerOf(name, how);
      for (const [name, call] of Object.entries(CALLS)) {
        // Their answers hold a token, and a removal has nothing to say.
        if (/^(?:create|regenerate)Personal|^delete|^setMasPassword/.test(name)) continue;
        // oxlint-disable-next-line no-await-in-loop -- each with its own answer
        const error: unknown = await call().then(
          () => null,
          (thrown: unknown) => thrown,
        );
        // Whom the answer is about is made up: only its form is judged.
        if (error instanceof Error && !error.message.includes('it is about'))
          unread.push(`${name} ${how}: ${error.message}`);
      }
    }
    expect(unread).toEqual([]);
    expect(problems).toEqual([]);
  });
});

/** A success with a made-up thing, where the operation answers with one. */
function answerOf(name: string, how: 'all' | 'null' | 'least'): Response | null {
  const [status, kind] = Object.entries(OPERATIONS[name]?.answers ?? {}).find(([code]) => code < '300') ?? [];
  if (status === undefined || kind === undefined || kind === '') return null;
  if (kind.startsWith('=')) return Response.json(madeThing(kind, how), { status: Number(status) });
  const attributes = madeThing(kind.replace('page ', ''), how);
  const thing = { type: 'x', id: '01J00000000000000000000001', attributes, links: { self: '/x' } };
  const body = kind.startsWith('page ')
    ? { data: [thing], links: { self: '/x' }, meta: { count: 1 } }
    : { data: thing, links: { self: '/x' } };
  return Response.json(body, { status: Number(status) });
}

describe('what the model refuses', () => {
  it('is worded and numbered as MAS does, or is known to be missing from its description', async () => {
    const none = mas.newId();
    const gone = mas.state.userNamed('never.on.synapse');
    if (gone) gone.deactivated_at = 1;
    const other = [...mas.state.personalSessions.values()].find(({ human_name: name }) => name === 'Lost laptop');
    const refused: readonly Ask<unknown>[] = [
      users.lookAtMasUser(none),
      users.lookAtMasUser('anna'),
      users.createMasUser({ username: 'anna' }),
      users.createMasUser({ username: 'Not Valid' }),
      users.setMasPassword(userId(), 'weak'),
      users.lockMasUser(none, true),
      emails.addMasEmail(userId(), 'no address'),
      emails.addMasEmail(none, 'a@b.example'),
      emails.deleteMasEmail(none),
      sessions.finishOAuthSession(none),
      sessions.lookAtCompatSession(none),
      personal.createPersonalSession({ actor: gone?.id ?? '', name: 'x', scope: 'openid' }),
      personal.createPersonalSession({ actor: userId(), name: 'x', scope: 'two  blanks' }),
      personal.regeneratePersonalSession(other?.id ?? ''),
      personal.revokePersonalSession(other?.id ?? ''),
      tokens.createMasRegistrationToken({ token: 'friends' }),
      tokens.revokeMasRegistrationToken(none, true),
      upstream.addUpstreamLink({ user_id: userId(), provider_id: none, subject: 'x' }),
      policy.lookAtPolicyData(none),
      policy.setPolicyData('no object'),
    ];
    for (const one of refused) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(act(one)).rejects.toMatchObject({ kind: 'matrix', api: 'mas' });
    }
    // Some of these requests are wrong on purpose.
    expect(problems.filter((one) => one.includes(': answers '))).toEqual([]);
  });
});
