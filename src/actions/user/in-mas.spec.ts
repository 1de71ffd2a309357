import { expect, it, vi } from 'vitest';
import type { AnyAction } from '~/actions/action';
import { actionOf, allActions } from '~/actions/all';
import { accountsJob } from '~/actions/account-job';
import { AccountSecrets, passwordsOf } from '~/actions/account-passwords';
import { endDevice } from '~/actions/device/end';
import { actionJob } from '~/actions/job';
import { readKept } from '~/actions/kept';
import { playbookJob } from '~/actions/playbook-job';
import { erasure, ERASE_ALL, whyNoErasure } from '~/actions/playbook/erasure';
import { spamWave, type SpamInput } from '~/actions/playbook/spam-wave';
import { actionScript } from '~/actions/script';
import { Secrets } from '~/actions/secrets';
import { actionFor } from '~/actions/under-mas';
import type { Json, LedgerRow } from '~/jobs/job';
import { addDevice, addUser } from '~/mocks/build';
import { ADMIN_SCOPE, CLIENT_SCOPE } from '~/mocks/authenticate';
import type { MockHomeserver } from '~/mocks/homeserver';
import { adopt } from '~/mocks/mas/adopt';
import { groundOf, planned, serverOf, undoing, verdictFor } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { runToTheEnd, signInTo } from '~/testing/signed-in';
import { addAccount, MAS_WORLDS, masOf, rowOf, withMas } from '~/testing/worlds/mas';
import { deactivate, reactivate } from './deactivate';
import { endSignInAs } from './end-login-as';
import { lock } from './lock';
import { signInAs } from './login-as';
import { makeAdmin, revokeAdmin } from './admin';
import { resetUserPassword } from './reset-password';

/** Where Matrix Authentication Service keeps the accounts: each change goes to the right server, and none erases unasked. */

let model: MockHomeserver;
modelForEach(
  (made) => (model = made),
  false,
  () => withMas(),
);

const run = (spec: Parameters<typeof runToTheEnd>[1]): Promise<LedgerRow[]> =>
  runToTheEnd(model, spec, () => undefined);
const reasonOf = async (action: AnyAction, id: string, input: Json = null) =>
  inWords(await verdictFor(model, action, id, input));
const userOf = (id: string) => model.state.users.get(id);
const sent = () => model.log.writes().map(({ method, path }) => `${method} ${path}`);
const KEEP = { erase: false };

it('each change of an account is sent to MAS, and to nobody else; phone numbers are Synapse’s', async () => {
  for (const [kind, world] of Object.entries(MAS_WORLDS)) {
    model = withMas();
    const action = actionOf(kind);
    if (!action) throw new Error(kind);
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
    signInTo(model);
    const { items } = await planned(model, action, [world.make(model)], world.input ?? null);
    const typed = world.secret && { id: items[0]?.id ?? '', value: world.secret(model, '') };
    const secrets = action.secret || action.hands ? new Secrets(action.secret, typed) : null;
    await run(actionJob(action, { items, input: world.input ?? null }, groundOf(model), secrets));
    const place = kind.startsWith('user.threepids')
      ? /^PUT \/_synapse\/admin\/v2\/users\//
      : /^POST \/api\/admin\/v1\//;
    expect([kind, sent()]).toEqual([kind, [expect.stringMatching(place)]]);
  }
});

it('an action without a variant is one that both worlds share, or that says why it is not there', () => {
  const shared = allActions.filter(({ entity, underMas }) => entity === 'user' && !underMas);
  const server = { ...serverOf(model), version: '1.163.2' };
  const absent = shared.filter(({ guard }) => guard?.(server) != null).map(({ kind }) => kind);
  expect(absent.toSorted()).toEqual(['user.lift-shadow-ban', 'user.shadow-ban', 'user.validity']);
});

const wants = (kind: string, masVersion: string) =>
  inWords(actionOf(kind)?.guard?.({ ...serverOf(model), masVersion }) ?? 'can be done');

it.each([
  ['0.20', '0.19.0', ['user.reactivate']],
  ['0.17', '0.16.0', ['mas-token.create', 'mas-token.change', 'mas-token.revoke']],
  ['1.4', '1.3.0', ['mas-session.finish']],
  ['1.5', '1.4.2', ['personal-token.issue', 'personal-token.regenerate', 'personal-token.revoke']],
  ['1.5', '1.4.2', ['user.login-as', 'user.end-sessions', 'device.end']],
])('says before anything is sent that it takes MAS %s, where this one is known to be %s: %j', (from, below, kinds) => {
  expect(kinds.map((kind) => wants(kind, from))).toEqual(kinds.map(() => 'can be done'));
  const words = `This needs MAS ${from} or newer. This is MAS ${below}.`;
  expect(kinds.map((kind) => wants(kind, below))).toEqual(kinds.map(() => words));
});

it('without the Admin API of MAS each of them says how to get it', () => {
  const { masApi: _, ...without } = serverOf(model);
  for (const action of allActions.filter(({ underMas }) => underMas)) {
    expect(inWords(action.guard?.(without) ?? '')).toContain('urn:mas:admin');
    expect(action.guard?.(serverOf(model)) ?? null).toBeNull();
  }
});

it('deactivates without erasing: one, and many', async () => {
  const ids = ['anna', 'ben', 'cleo'].map((localpart) => addAccount(model, { localpart }));
  const rows = await run(await planned(model, deactivate, ids, KEEP));
  expect(rows.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  expect(model.log.writes().map(({ body }) => body)).toEqual(ids.map(() => ({ skip_erase: true })));
  expect(ids.map((id) => [userOf(id)?.deactivated, userOf(id)?.erased])).toEqual(ids.map(() => [true, false]));
  expect(inWords(rows[0]?.reason ?? '')).toContain('has not erased it');
});

it('erases where that was chosen, and says so', async () => {
  const id = addAccount(model, { localpart: 'anna' });
  const [row] = await run(await planned(model, deactivate, [id], { erase: true }));
  expect(model.log.writes().map(({ body }) => body)).toEqual([{ skip_erase: false }]);
  expect(userOf(id)).toMatchObject({ deactivated: true, erased: true });
  expect(inWords(row?.reason ?? '')).toContain('deactivated and erased');
});

it('an account that Synapse had deactivated before is called erased only once Synapse says so', async () => {
  masOf(model).cranksAfterMs = null;
  const id = addAccount(model, { localpart: 'anna' });
  Object.assign(userOf(id) ?? {}, { deactivated: true });
  const [row] = await run(await planned(model, deactivate, [id], { erase: true }));
  expect(inWords(row?.reason ?? '')).toContain('Synapse does not show it yet');
});

it('a script and a copied request deactivate without erasing, at MAS', async () => {
  const id = addAccount(model, { localpart: 'anna' });
  const { items } = await planned(model, deactivate, [id], KEEP);
  const plan = { items, input: KEEP, title: 'x', owner: groundOf(model).owner, server: serverOf(model), isUndo: false };
  for (const language of ['bash', 'python'] as const) {
    const text = [...actionScript(deactivate, plan, language)].join('');
    expect(text).toContain(`mas:/api/admin/v1/users/${rowOf(model, id).id}/deactivate`);
    expect(text).toMatch(/\{"skip_erase":true\}/);
    expect(text).not.toMatch(/"skip_erase":false/);
    expect(text).toContain(masOf(model).baseUrl);
  }
});

it('a clean-up after spam deactivates without erasing, unless that was chosen', async () => {
  for (const erase of [false, true]) {
    const id = addAccount(model, { localpart: erase ? 'ben' : 'anna' });
    const input: SpamInput = { lock: true, redact: false, reason: '', media: 'keep', deactivate: true, erase };
    const [row] = await run(playbookJob(spamWave, { targets: [{ id }], input }, groundOf(model)));
    expect(row?.status).toBe('done');
    expect(rowOf(model, id)).toMatchObject({ deactivated_at: expect.any(Number), locked_at: expect.any(Number) });
    expect([userOf(id)?.deactivated, userOf(id)?.erased]).toEqual([true, erase]);
    expect(sent().every((one) => one.startsWith('POST /api/admin/v1/'))).toBe(true);
  }
});

it('an erasure is possible, and is one', async () => {
  expect(whyNoErasure(serverOf(model))).toBeNull();
  model.taskMs = 0;
  const id = addAccount(model, { localpart: 'anna' });
  const [row] = await run(playbookJob(erasure, { targets: [{ id }], input: ERASE_ALL }, groundOf(model)));
  expect(row?.status).toBe('done');
  expect(userOf(id)).toMatchObject({ deactivated: true, erased: true });
});

it('an old MAS, which always erases, is not asked to deactivate: in the plan, and again just before', async () => {
  const id = addAccount(model, { localpart: 'anna' });
  const spec = await planned(model, deactivate, [id], KEEP);
  masOf(model).version = '0.19.0';
  expect(await reasonOf(deactivate, id, KEEP)).toMatchObject({
    verdict: 'cannot',
    reason: expect.stringContaining('it erases every account'),
  });
  const [row] = await run(spec);
  expect([row?.status, sent()]).toEqual(['skipped', []]);
  expect(userOf(id)).toMatchObject({ deactivated: false, erased: false });
  // Who chose it gets it.
  expect(await reasonOf(deactivate, id, { erase: true })).toMatchObject({ verdict: 'will' });
});

it('an undo reactivates only when MAS is through: before, MAS would deactivate again', async () => {
  masOf(model).cranksAfterMs = null;
  const id = addAccount(model, { localpart: 'anna' });
  const rows = await run(await planned(model, deactivate, [id], KEEP));
  expect(inWords(rows[0]?.reason ?? '')).toContain('Synapse does not show it yet');
  expect(await reasonOf(reactivate, id)).toMatchObject({
    verdict: 'cannot',
    reason: expect.stringContaining('has not finished deactivating'),
  });
  const early = await run(await undoing(model, deactivate, rows));
  expect(inWords([early[0]?.status, early[0]?.reason])).toEqual([
    'failed',
    expect.stringContaining('has not finished'),
  ]);
  masOf(model).crank();
  const undone = await run(await undoing(model, deactivate, rows));
  expect([undone[0]?.status, rowOf(model, id).deactivated_at, userOf(id)?.deactivated]).toEqual(['done', null, false]);
});

it('says when Synapse is late, and nothing where it follows in time', async () => {
  const id = addAccount(model, { localpart: 'anna' });
  masOf(model).cranksAfterMs = null;
  const [late] = await run(await planned(model, lock, [id]));
  expect(inWords([late?.status, late?.reason])).toEqual([
    'done',
    expect.stringContaining('Synapse does not show it yet'),
  ]);
  masOf(model).cranksAfterMs = 0;
  const other = addAccount(model, { localpart: 'ben' });
  const [row] = await run(await planned(model, lock, [other]));
  expect([inWords(row?.reason ?? ''), userOf(other)?.locked]).toEqual(['Now locked.', true]);
});

it('what MAS does not know can’t be changed there, and the reason is said; a device of it is Synapse’s', async () => {
  const ghost = addUser(model, { localpart: '_irc_ghost', appservice_id: 'irc' });
  const { device_id } = addDevice(model, ghost);
  for (const action of [lock, deactivate]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(planned(model, action, [ghost.name], KEEP)).rejects.toThrow('not found');
    expect(inWords(actionFor(action, model).gone ?? '')).toContain('Bridges make such users');
  }
  const [row] = await run(await planned(model, endDevice, [`${ghost.name} ${device_id}`]));
  expect([row?.status, sent()]).toEqual(['done', [expect.stringContaining('/_synapse/admin/v2/users/')]]);
  expect(ghost.devices).toEqual([]);
});

it('ending a session ends the one of MAS that holds it, so that it does not come back', async () => {
  const user = addUser(model, { localpart: 'anna' });
  const { device_id } = addDevice(model, user);
  adopt(masOf(model), user);
  const [row] = await run(await planned(model, endDevice, [`${user.name} ${device_id}`]));
  expect(row?.status).toBe('done');
  masOf(model).enqueue('sync-devices', rowOf(model, user.name).id);
  masOf(model).crank();
  expect(user.devices).toEqual([]);
});

it('one’s own account is neither locked nor deactivated, and keeps its admin rights: MAS would let one do it', async () => {
  for (const action of [lock, deactivate, revokeAdmin]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect(await reasonOf(action, model.adminId, KEEP)).toMatchObject({ verdict: 'cannot' });
  }
});

it('revoking admin rights ends the sessions that have them, and no others; so does undoing a promotion', async () => {
  const id = addAccount(model, { localpart: 'anna' });
  const row = rowOf(model, id);
  const rows = await run(await planned(model, makeAdmin, [id]));
  const session = (...scopes: string[]) => masOf(model).issueToken(row.id, scopes).session;
  const admin = [session(CLIENT_SCOPE, ADMIN_SCOPE), session('urn:mas:admin')];
  const plain = session(CLIENT_SCOPE);
  const [undone] = await run(await undoing(model, makeAdmin, rows));
  expect(inWords([undone?.status, undone?.reason])).toEqual(['done', expect.stringContaining('2 sessions')]);
  expect([row.admin, ...admin.map(({ finished_at }) => finished_at !== null), plain.finished_at]).toEqual([
    false,
    true,
    true,
    null,
  ]);
});

it('a new password ends all sessions where that is asked for, and those of one’s own account never', async () => {
  const id = addAccount(model, { localpart: 'anna' });
  const mine = masOf(model).issueToken(rowOf(model, id).id, [CLIENT_SCOPE]).session;
  const reset = async (userId: string, logout_devices: boolean) => {
    const input = { logout_devices };
    const { items } = await planned(model, resetUserPassword, [userId], input);
    const secrets = new Secrets(resetUserPassword.secret);
    const [row] = await run(actionJob(resetUserPassword, { items, input }, groundOf(model), secrets));
    return inWords([row?.status, row?.reason]);
  };
  expect(await reset(id, false)).toEqual(['done', 'The account has a new password.']);
  expect(mine.finished_at).toBeNull();
  expect(await reset(id, true)).toEqual(['done', expect.stringContaining('1 session has ended')]);
  expect(mine.finished_at).not.toBeNull();
  expect(await reset(model.adminId, true)).toEqual(['done', expect.stringContaining('own account stay')]);
});

it('what was planned for Synapse is not sent once MAS is there, nor the other way round', async () => {
  const id = addAccount(model, { localpart: 'anna' });
  const { items } = await planned(model, lock, [id]);
  const spec = actionJob(lock, { items, input: null, mas: false }, groundOf(model));
  const [row] = await run(spec);
  expect([row?.status, sent(), rowOf(model, id).locked_at]).toEqual(['skipped', [], null]);
});

it('a new account is made by MAS, and each step says how it ended', async () => {
  // Synapse has not heard of it yet.
  const ben = rowOf(model, addAccount(model, { localpart: 'ben' }));
  masOf(model).state.emails.set('1', { id: '1', created_at: 1, user_id: ben.id, email: 'b@x.example' });
  const id = `@anna:${model.serverName}`;
  const threepids = ['a@x.example', 'b@x.example'].map((address) => ({ medium: 'email', address }));
  const goal = { displayname: 'Anna', admin: true, threepids };
  const secrets = new AccountSecrets();
  const spec = accountsJob(
    { kind: 'create-user', items: [{ op: 'create', id, goal, planned: null, identity: null, password: 'made' }] },
    groundOf(model),
    passwordsOf(groundOf(model), secrets, () => undefined),
  );
  const [row] = await run(spec);
  const words = inWords(row?.reason ?? '');
  expect(rowOf(model, id)).toMatchObject({ admin: true, password: expect.stringMatching(/.{12}/) });
  expect(userOf(id)?.displayname).toBe('Anna');
  expect(words).toContain('MAS and Synapse have the account. The password is set.');
  expect(words).toMatch(/a@x\.example.* is added/);
  expect([row?.status, words]).toEqual(['failed', expect.stringMatching(/ATTENTION: .*b@x\.example.* was not added/)]);
  expect(JSON.stringify(row)).not.toContain(rowOf(model, id).password);
});

it('ending a sign-in as a user ends that one, and no other that the same admin made', async () => {
  const id = addAccount(model, 'anna');
  const input = { minutes: 15 };
  const signedIn = async () => {
    const { items } = await planned(model, signInAs, [id], input);
    const [row] = await run(actionJob(signInAs, { items, input }, groundOf(model), new Secrets(undefined)));
    return readKept(row?.before)?.goal ?? null;
  };
  await signedIn();
  const second = await signedIn();
  const open = () =>
    [...masOf(model).state.personalSessions.values()].filter(({ revoked_at }) => revoked_at === null).length;
  const before = open();
  const { items } = await planned(model, endSignInAs, [id]);
  const secrets = new Secrets(endSignInAs.secret, { id, value: 'mpt_shown-once' });
  const [row] = await run(actionJob(endSignInAs, { items, input: second }, groundOf(model), secrets));
  expect(inWords(row)).toMatchObject({ status: 'done', reason: '1 session has ended.' });
  expect(open()).toBe(before - 1);
});
