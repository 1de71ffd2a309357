import { expect, it, vi } from 'vitest';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { planned } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { runToTheEnd } from '~/testing/signed-in';
import type { AnyAction } from '~/actions/action';
import { changedBy } from '~/actions/undo';
import { setAvatar, setDisplayName } from './profile';
import { setUserType } from './user-type';

/** What changes of a profile promise besides what every action does (`promises.spec.ts`). */

let model: MockHomeserver;
modelForEach((made) => (model = made));

it('a change that spends the last of the user’s own limit reaches the rooms too, and can be undone', async () => {
  const anna = addUser(model, { localpart: 'anna', displayname: 'Anna' });
  const room = addRoom(model, { creator: model.adminId, members: [model.adminId, anna.name] });
  const member = room.members.get(anna.name);
  if (!member) throw new Error('Anna is not in the room.');
  member.displayname = 'Annie';
  const spec = await planned(model, setDisplayName, [anna.name], { displayname: 'Ann' });
  for (let spent = 0; spent < 10; spent += 1) model.spend(`message ${anna.name}`, 0.2, 10, model.adminId);
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const response = await model.handle(new Request(url, init));
    if (response.status === 429) model.advance(60_000);
    return response;
  });

  const [row] = await runToTheEnd(model, spec, () => undefined);

  expect(row?.status).toBe('done');
  expect(model.log.writes().map(({ worked }) => worked)).toEqual([429, 200]);
  expect([anna.displayname, member.displayname]).toEqual(['Ann', undefined]);
  expect(row && changedBy(row)).toMatchObject({ before: { displayname: 'Anna' }, doubtful: false });
});

const problemsOf = (action: AnyAction, values: Record<string, string>): unknown => {
  const read = action.form?.read({ ...action.form.initial, ...values });
  const found: unknown = read && 'problems' in read ? read.problems : read?.input;
  return inWords(found);
};

it('only what Synapse takes can be entered', () => {
  expect(problemsOf(setDisplayName, { displayname: '  Ann ' })).toEqual({ displayname: 'Ann' });
  expect(problemsOf(setDisplayName, { displayname: '😀'.repeat(256) })).toEqual({ displayname: '😀'.repeat(256) });
  expect(problemsOf(setDisplayName, { displayname: 'x'.repeat(257) })).toEqual({
    displayname: 'At most 256 characters.',
  });
  for (const wrong of [
    'https://example.org/a.png',
    'mxc://example.org',
    'mxc://a/b c',
    `mxc://a/${'x'.repeat(1000)}`,
  ]) {
    expect(problemsOf(setAvatar, { avatar_url: wrong })).toEqual({ avatar_url: expect.stringContaining('mxc://') });
  }
  expect(problemsOf(setUserType, { type: 'other', named: ' ' })).toHaveProperty('named');
  expect(problemsOf(setUserType, { type: 'other', named: 'guardian' })).toEqual({ user_type: 'guardian' });
  expect(problemsOf(setUserType, { type: '' })).toEqual({ user_type: null });
});

it('a dialog begins with what is there', () => {
  const from = setUserType.form?.from;
  expect(from?.({ user_type: null })).toEqual({ type: '', named: '' });
  expect(from?.({ user_type: 'guardian' })).toEqual({ type: 'other', named: 'guardian' });
});

it('a type that the homeserver does not know is refused by it, in its own words', async () => {
  const anna = addUser(model, 'anna');
  const spec = await planned(model, setUserType, [anna.name], { user_type: 'robot' });
  vi.spyOn(console, 'error').mockReturnValue(undefined);
  const [row] = await runToTheEnd(model, spec, () => undefined);
  expect(inWords(row)).toMatchObject({ status: 'failed', reason: expect.stringContaining('Invalid user type') });
});
