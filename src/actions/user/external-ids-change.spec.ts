import { expect, it } from 'vitest';
import type { AnyAction } from '~/actions/action';
import type { ExternalId } from '~/api/users';
import { planAction } from '~/job-store/action-plans';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { planned, undoing } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { planMade, runToTheEnd, signInTo } from '~/testing/signed-in';
import { addExternalId, renameProvider, setExternalIds } from './external-ids-change';

/** What additions and renamings of external IDs promise besides what every action does (`promises.spec.ts`). */

let model: MockHomeserver;
modelForEach((made) => (model = made));

const id = (auth_provider: string, external_id: string): ExternalId => ({ auth_provider, external_id });
const RENAME = { from: 'old', to: 'new' };

it('a provider is renamed for everyone who has one, exactly, and an undo restores it', async () => {
  const anna = addUser(model, { localpart: 'anna', external_ids: [id('old', 'a'), id('old', 'b'), id('saml', 'a')] });
  const ben = addUser(model, { localpart: 'ben', external_ids: [id('oldest', 'b')] });
  const ids = [anna.name, ben.name];
  const plan = await planMade<{ verdicts: readonly { verdict: string }[] }>((making) =>
    planAction(renameProvider, { ids }, RENAME, signInTo(model), making),
  );
  expect(plan.verdicts.map(({ verdict }) => verdict)).toEqual(['will', 'nothing']);
  const spec = await planned(model, renameProvider, [anna.name], RENAME);
  const rows = await runToTheEnd(model, spec, () => undefined);
  expect(rows).toMatchObject([{ status: 'done' }]);
  expect(anna.external_ids).toEqual([id('saml', 'a'), id('new', 'a'), id('new', 'b')]);
  expect(ben.external_ids).toEqual([id('oldest', 'b')]);
  await runToTheEnd(model, await undoing(model, renameProvider, rows), () => undefined);
  expect(anna.external_ids).toEqual([id('old', 'a'), id('old', 'b'), id('saml', 'a')]);
});

it('where another account has the ID already, the plan says who; a late one the homeserver refuses, and nothing changes', async () => {
  const anna = addUser(model, { localpart: 'anna', external_ids: [id('old', 'a')] });
  const late = await planned(model, renameProvider, [anna.name], RENAME);
  addUser(model, { localpart: 'ben', external_ids: [id('new', 'a')] });
  // Had ben got it by a request, the homeserver would not remember that nobody had it a moment ago.
  model.state.externalIdCache.clear();
  const plan = await planMade<{ verdicts: readonly unknown[] }>((making) =>
    planAction(renameProvider, { ids: [anna.name] }, RENAME, signInTo(model), making),
  );
  expect(inWords(plan.verdicts)).toEqual([
    expect.objectContaining({ verdict: 'cannot', reason: expect.stringContaining('@ben:') }),
  ]);
  const [row] = await runToTheEnd(model, late, () => undefined);
  expect(inWords(row)).toMatchObject({ status: 'failed', reason: expect.stringContaining('already in use') });
  expect(anna.external_ids).toEqual([id('old', 'a')]);
});

it('an ID that both providers have is left once, and the plan says so', () => {
  const seen = { external_ids: [id('old', 'a'), id('new', 'a')] };
  const goal = renameProvider.goal(RENAME, seen);
  expect(goal).toEqual({ external_ids: [id('new', 'a')] });
  expect(inWords(renameProvider.remark?.(seen, goal))).toContain('only one is kept');
});

const read = (action: AnyAction, values: Record<string, string>): unknown => {
  const found: unknown = action.form?.read({ ...action.form.initial, ...values });
  return inWords(found);
};

it('external IDs are entered as lines, and what can’t be a line is kept', () => {
  expect(read(setExternalIds, { lines: 'oidc-google: 1: 2\n\nsaml: a b' })).toEqual({
    input: { external_ids: [id('oidc-google', '1: 2'), id('saml', 'a b')] },
  });
  for (const lines of ['oidc-google', 'oidc-google:1', ': 1', 'saml: ']) {
    expect(read(setExternalIds, { lines })).toHaveProperty('problems.lines');
  }
  const odd = [id('a: b', '1'), id('saml', ' x'), id('saml', 'two\nlines')];
  const seen = { external_ids: [...odd, id('saml', '1')] };
  expect(setExternalIds.form?.from?.(seen)).toEqual({ lines: 'saml: 1' });
  expect(setExternalIds.goal({ external_ids: [] }, seen)).toEqual({ external_ids: odd });
});

it('nothing is sent that was left out, or renames a provider to itself', () => {
  expect(read(addExternalId, { auth_provider: ' ', external_id: 'x' })).toHaveProperty('problems.auth_provider');
  expect(read(addExternalId, { auth_provider: 'saml', external_id: '' })).toHaveProperty('problems.external_id');
  expect(read(renameProvider, { from: 'saml', to: ' saml ' })).toHaveProperty('problems.to');
});
