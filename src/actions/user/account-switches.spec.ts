import { expect, it } from 'vitest';
import { planAction } from '~/job-store/action-plans';
import type { Json } from '~/jobs/job';
import { addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { planned, undoing } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { planMade, runToTheEnd, signInTo } from '~/testing/signed-in';
import type { AnyAction } from '../action';
import { switchFeature } from './features';
import { allowCrossSigningReset, setAccountValidity } from './validity';

/** What rare switches of accounts promise besides what every action does (`promises.spec.ts`). */

let model: MockHomeserver;
modelForEach((made) => (model = made));

const verdicts = async (action: AnyAction, input: Json, ...ids: string[]): Promise<unknown> => {
  const session = signInTo(model);
  const plan = await planMade<{ verdicts: readonly unknown[] }>((making) =>
    planAction(action, { ids }, input, session, making),
  );
  return inWords(plan.verdicts);
};

it('only the one feature is sent, and an undo sends only that', async () => {
  const anna = addUser(model, { localpart: 'anna', experimental_features: { msc4222: true } });
  const spec = await planned(model, switchFeature, [anna.name], { feature: 'msc3881', isOn: true });
  const rows = await runToTheEnd(model, spec, () => undefined);
  expect(anna.experimental_features).toEqual({ msc4222: true, msc3881: true });
  expect(await runToTheEnd(model, await undoing(model, switchFeature, rows), () => undefined)).toMatchObject([
    { status: 'done' },
  ]);
  expect(anna.experimental_features).toEqual({ msc4222: true, msc3881: false });
});

it('what the homeserver does not have is refused, and a user who does not exist too, though it answers for one', async () => {
  const anna = addUser(model, 'anna');
  const nobody = '@nobody:demo.example';
  expect(await verdicts(switchFeature, { feature: 'msc3026', isOn: true }, anna.name)).toMatchObject([
    { verdict: 'cannot', reason: expect.stringContaining('does not have this experimental feature') },
  ]);
  expect(await verdicts(switchFeature, { feature: 'msc3881', isOn: true }, nobody)).toMatchObject([
    { verdict: 'cannot', reason: expect.stringContaining('does not exist') },
  ]);
});

it('a dialog offers the features that the homeserver answers, by their names where they have one', () => {
  const fields = switchFeature.form?.fieldsFor?.({ features: { msc3881: false, msc9999: true } });
  const [feature] = fields ?? [];
  expect(inWords(feature?.kind === 'choice' && feature.options)).toEqual([
    { value: 'msc3881', label: expect.stringMatching(/^msc3881: /) },
    { value: 'msc9999', label: 'msc9999' },
  ]);
  expect(switchFeature.form?.from?.({ features: { msc9999: true } })).toEqual({ feature: 'msc9999', isOn: false });
});

it('until when keys can be replaced is in the report; who has none is named as that', async () => {
  const anna = addUser(model, { localpart: 'anna', has_master_key: true });
  const ben = addUser(model, 'ben');
  const spec = await planned(model, allowCrossSigningReset, [anna.name, ben.name]);
  const rows = inWords(await runToTheEnd(model, spec, () => undefined));
  const until = new Date(anna.keys_updatable_ts ?? 0).toISOString().slice(0, 16).replace('T', ' ');
  expect(rows).toMatchObject([
    { status: 'done', reason: expect.stringContaining(until) },
    { status: 'skipped', reason: expect.stringContaining('no cross-signing keys') },
  ]);
});

it('account validity is a date that was entered, and not offered where Matrix Authentication Service has the accounts', () => {
  const values = { until: '', emails: false };
  expect(inWords(setAccountValidity.form?.read(values) as unknown)).toHaveProperty('problems.until');
  expect(setAccountValidity.form?.read({ ...values, until: '2031-02-03' })).toEqual({
    input: { expiration_ts: new Date(2031, 1, 3).getTime(), enable_renewal_emails: false },
  });
  expect(setAccountValidity.guard?.(new MockHomeserver({ mas: true }))).not.toBeNull();
});

const until = (expiration_ts: number) => ({ expiration_ts, enable_renewal_emails: false });

it('one’s own account does not expire at once, though those of others may', async () => {
  const { name } = addUser(model, 'anna');
  expect(await verdicts(setAccountValidity, until(Date.now() - 1), model.adminId, name)).toMatchObject([
    { verdict: 'cannot', id: model.adminId, reason: expect.stringContaining('you would lose access') },
    { verdict: 'will' },
  ]);
  expect(await verdicts(setAccountValidity, until(Date.now() + 86_400_000), model.adminId)).toMatchObject([
    { verdict: 'will' },
  ]);
});
