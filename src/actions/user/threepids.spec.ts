import { expect, it, vi } from 'vitest';
import type { AnyAction } from '~/actions/action';
import { changedBy } from '~/actions/undo';
import { planAction } from '~/job-store/action-plans';
import type { Json } from '~/jobs/job';
import { addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import type { Threepid, User } from '~/mocks/state';
import { planned, undoing } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { modelForEach, reaching } from '~/testing/model-for-each';
import { planMade, runToTheEnd, signInTo } from '~/testing/signed-in';
import { addThreepid, removeThreepids, setThreepids } from './threepids';

/** What changes of addresses promise besides what every action does (`promises.spec.ts`). */

let model: MockHomeserver;
modelForEach((made) => (model = made));

const at = (medium: Threepid['medium'], address: string) => ({ medium, address, validated_at: 1, added_at: 1 });
const addressesOf = ({ threepids }: User) => threepids.map(({ address }) => address).toSorted();
const shared = { medium: 'email', address: 'shared@x.example' };

async function verdicts(action: AnyAction, input: Json, ...users: User[]) {
  const session = signInTo(model);
  const ids = users.map(({ name }) => name);
  const plan = await planMade<{ verdicts: readonly unknown[] }>((making) =>
    planAction(action, { ids }, input, session, making),
  );
  return inWords(plan.verdicts);
}

it('an address of another account is refused in the plan, and says whose it is', async () => {
  addUser(model, { localpart: 'ben', threepids: [at('email', 'shared@x.example')] });
  const anna = addUser(model, 'anna');
  expect(await verdicts(addThreepid, shared, anna)).toEqual([
    expect.objectContaining({
      verdict: 'cannot',
      reason: expect.stringMatching(/^In use by another account: .*shared@x\.example.* belongs to .*@ben:/),
    }),
  ]);
});

it('what someone else got since the plan is not taken away from them', async () => {
  const [anna, ben] = [addUser(model, 'anna'), addUser(model, 'ben')];
  const spec = await planned(model, addThreepid, [anna.name], shared);
  ben.threepids = [at('email', 'shared@x.example')];
  const [row] = await runToTheEnd(model, spec, () => undefined);
  expect(inWords(row)).toMatchObject({ status: 'skipped', reason: expect.stringContaining('@ben:') });
  expect(model.log.writes()).toEqual([]);
  expect([addressesOf(anna), addressesOf(ben)]).toEqual([[], ['shared@x.example']]);
});

it('an address is asked for in the form in which Synapse would keep it, which an old one may not have', async () => {
  const anna = addUser(model, { localpart: 'anna', threepids: [at('email', 'Bea@Old.example')] });
  const spec = await planned(model, removeThreepids, [anna.name], { what: 'old.example' });
  const rows = await runToTheEnd(model, spec, () => undefined);
  const undo = await undoing(model, removeThreepids, rows);
  const bea = addUser(model, {
    localpart: 'bea',
    threepids: ['bea@old.example', 'strasse@x.example'].map((one) => at('email', one)),
  });
  expect(await runToTheEnd(model, undo, () => undefined)).toMatchObject([{ status: 'skipped' }]);
  const input = addThreepid.form?.read({ medium: 'email', address: 'Straße@X.example' });
  expect(input).toEqual({ input: { medium: 'email', address: 'strasse@x.example' } });
  expect(await verdicts(addThreepid, { medium: 'email', address: 'Straße@X.example' }, anna)).toMatchObject([
    { verdict: 'cannot' },
  ]);
  expect(addressesOf(bea)).toHaveLength(2);
});

it('nor does an undo of a removal take it away', async () => {
  const anna = addUser(model, { localpart: 'anna', threepids: [at('email', 'anna@old.example')] });
  const spec = await planned(model, removeThreepids, [anna.name], { what: 'old.example' });
  const rows = await runToTheEnd(model, spec, () => undefined);
  expect(changedBy(rows[0] as never)).not.toBeNull();
  const undo = await undoing(model, removeThreepids, rows);
  const ben = addUser(model, { localpart: 'ben', threepids: [at('email', 'anna@old.example')] });
  const [row] = await runToTheEnd(model, undo, () => undefined);
  expect(inWords(row)).toMatchObject({ status: 'skipped', reason: expect.stringContaining('@ben:') });
  expect(addressesOf(ben)).toEqual(['anna@old.example']);
});

it('where nobody can be asked who has an address, none is added; removing works', async () => {
  const old = new MockHomeserver({ version: '1.71.0' });
  vi.stubGlobal('fetch', reaching(old));
  const anna = addUser(old, { localpart: 'anna', threepids: [at('email', 'anna@old.example')] });
  expect(inWords(addThreepid.guard?.(old))).toContain('1.72');
  const spec = await planned(old, removeThreepids, [anna.name], { what: 'anna@old.example' });
  expect(await runToTheEnd(old, spec, () => undefined)).toMatchObject([{ status: 'done' }]);
});

it('of a domain all email addresses are removed, and nothing else', async () => {
  const anna = addUser(model, {
    localpart: 'anna',
    threepids: [
      at('email', 'anna@old.example'),
      at('email', 'a@old.example'),
      at('email', 'anna@sub.old.example'),
      at('email', 'old.example@x.example'),
      at('msisdn', '447700900123'),
    ],
  });
  const spec = await planned(model, removeThreepids, [anna.name], { what: 'old.example' });
  await runToTheEnd(model, spec, () => undefined);
  expect(addressesOf(anna)).toEqual(['447700900123', 'anna@sub.old.example', 'old.example@x.example']);
});

it('what the homeserver keeps besides emails and numbers stays', () => {
  const seen = { threepids: [{ medium: 'fax', address: '1' }, at('email', 'a@x.example')] };
  expect(setThreepids.goal({ threepids: [] }, seen)).toEqual({ threepids: [{ medium: 'fax', address: '1' }] });
});

const read = (action: AnyAction, values: Record<string, string>): unknown => {
  const found: unknown = action.form?.read({ ...action.form.initial, ...values });
  return inWords(found);
};

it('addresses are entered as people write them, and sent as Synapse keeps them', () => {
  expect(read(addThreepid, { address: ' Anna@X.example ' })).toEqual({
    input: { medium: 'email', address: 'anna@x.example' },
  });
  expect(read(addThreepid, { medium: 'msisdn', address: '+44 (7700) 900-123' })).toEqual({
    input: { medium: 'msisdn', address: '447700900123' },
  });
  for (const address of ['anna', 'a@b@c', 'a b@c.example', '@x.example', 'a@']) {
    expect(read(addThreepid, { address })).toHaveProperty('problems.address');
  }
  expect(read(addThreepid, { medium: 'msisdn', address: '07700' })).toHaveProperty('problems.address');
  expect(read(setThreepids, { emails: 'a@x.example\n\n A@x.example', phones: '0049 170 1234567' })).toEqual({
    input: {
      threepids: [
        { medium: 'email', address: 'a@x.example' },
        { medium: 'msisdn', address: '491701234567' },
      ],
    },
  });
  expect(read(setThreepids, { emails: 'a@x.example\nnobody' })).toMatchObject({
    problems: { emails: expect.stringContaining('nobody') },
  });
  expect(read(removeThreepids, { what: '@Old.Example' })).toEqual({ input: { what: 'old.example' } });
  expect(read(removeThreepids, { what: 'old' })).toHaveProperty('problems.what');
});
