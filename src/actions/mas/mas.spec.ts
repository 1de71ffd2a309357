import { expect, it } from 'vitest';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { adopt } from '~/mocks/mas/adopt';
import { planned, verdictFor } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { runToTheEnd } from '~/testing/signed-in';
import { MAS_ONLY_WORLDS } from '~/testing/worlds/mas-only';
import { masOf, rowOf, withMas } from '~/testing/worlds/mas';
import { addEmail } from './email';
import { emailId, sessionId } from './ids';
import { issuePersonalToken } from './personal-issue';
import { setPolicy } from './policy-set';
import { finishSession } from './session-finish';

/** What only MAS has, besides what each action promises. */

let model: MockHomeserver;
modelForEach(
  (made) => (model = made),
  false,
  () => withMas(),
);

const oauthOf = (userId: string) =>
  [...masOf(model).state.oauthSessions.values()].filter(({ user_id }) => user_id === rowOf(model, userId).id);

it('the session that Glia uses is not ended', async () => {
  const [own] = oauthOf(model.adminId);
  const found = await verdictFor(model, finishSession, sessionId('oauth2', own?.id ?? '', model.adminId));
  expect(inWords(found)).toMatchObject({ verdict: 'cannot', reason: expect.stringContaining('Sign out of Glia') });
});

it('another app of the same admin is', async () => {
  const { session } = masOf(model).issueToken(rowOf(model, model.adminId).id, ['urn:matrix:client:api:*']);
  const found = await verdictFor(model, finishSession, sessionId('oauth2', session.id, model.adminId));
  expect(found.verdict).toBe('will');
});

it('a device that Synapse still lists is named where MAS is late', async () => {
  const name = MAS_ONLY_WORLDS['mas-session.finish']?.make(model) ?? '';
  const spec = await planned(model, finishSession, [name]);
  masOf(model).cranksAfterMs = null;
  const [row] = await runToTheEnd(model, spec, () => undefined);
  expect(inWords(row)).toMatchObject({ status: 'done', reason: expect.stringContaining('Synapse still lists') });
});

it('an address that another account has is refused in the plan', async () => {
  const [anna, bert] = ['anna', 'bert'].map((localpart) => {
    const user = addUser(model, {
      localpart,
      threepids: [{ medium: 'email', address: `${localpart}@x.example`, validated_at: 1, added_at: 1 }],
    });
    adopt(masOf(model), user);
    return user.name;
  });
  const found = await verdictFor(model, addEmail, emailId(anna ?? '', 'Bert@x.example'));
  expect(inWords(found)).toMatchObject({ verdict: 'cannot', reason: expect.stringContaining('Another account') });
  expect(await verdictFor(model, addEmail, emailId(bert ?? '', 'BERT@x.example'))).toMatchObject({
    verdict: 'nothing',
  });
});

const issue = (values: Record<string, string | number | boolean>) =>
  issuePersonalToken.form?.read({ ...issuePersonalToken.form.initial, name: 'Backup', ...values });

it('a token expires unless it is asked not to, and Synapse’s admin rights need the client API', () => {
  expect(issue({})).toMatchObject({ input: { days: 30, scopes: ['urn:matrix:client:api:*'] } });
  expect(issue({ days: '' })).toHaveProperty('problems.days');
  expect(issue({ forEver: true })).toMatchObject({ input: { days: 0 } });
  expect(issue({ synapse: true, client: false })).toHaveProperty('problems.synapse');
  expect(issue({ client: false })).toHaveProperty('problems.client');
  expect(issue({ more: 'bad"scope' })).toHaveProperty('problems.more');
});

it('policy data that is no JSON is refused with its line, and so is what is no object', () => {
  const read = (json: string) => inWords(setPolicy.form?.read({ json }));
  expect(read('{\n  "a": 1,\n}')).toMatchObject({ problems: { json: expect.stringContaining('line 3') } });
  expect(read('[]')).toMatchObject({ problems: { json: expect.stringContaining('object') } });
  expect(read('{"admin_users": []}')).toMatchObject({ input: { data: { admin_users: [] } } });
});
