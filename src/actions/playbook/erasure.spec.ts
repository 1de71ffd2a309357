import { afterEach, expect, it, vi } from 'vitest';
import { signOut } from '~/data/session';
import { addMedia, addUser } from '~/mocks/build';
import { CALM, fetchThrough } from '~/mocks/fault-schedule';
import { MockHomeserver } from '~/mocks/homeserver';
import { groundOf } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { runToTheEnd, signInTo } from '~/testing/signed-in';
import { addWriting } from '~/testing/worlds/access';
import { playbookJob } from '~/actions/playbook-job';
import { stepsOf } from '~/actions/playbook-parts';
import { ERASE_ALL, erasure, whyNoErasure } from './erasure';

afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
});

function world() {
  const model = new MockHomeserver();
  signInTo(model);
  model.taskMs = 0;
  const anna = addUser(model, {
    localpart: 'anna',
    displayname: 'Anna',
    threepids: [{ medium: 'email', address: 'anna@example.org', validated_at: 1, added_at: 1 }],
    external_ids: [{ auth_provider: 'oidc-x', external_id: '1' }],
  });
  addWriting(model, anna.name, '10');
  addMedia(model, { user_id: anna.name });
  const run = () =>
    runToTheEnd(
      model,
      playbookJob(erasure, { targets: [{ id: anna.name }], input: ERASE_ALL }, groundOf(model)),
      (events) => vi.stubGlobal('fetch', fetchThrough(model, CALM, events)),
    );
  return { model, anna, run };
}

it('an erasure leaves no message, file, address or link, and each step says so', async () => {
  const { model, anna, run } = world();
  const [row] = await run();
  expect(row?.status).toBe('done');
  expect(row && stepsOf(row).map(({ key, end }) => `${key} ${end?.status}`)).toEqual([
    'lock done',
    'rooms done',
    'redact done',
    'media done',
    'addresses done',
    'external-ids done',
    'deactivate done',
    'check done',
  ]);
  expect(anna).toMatchObject({ deactivated: true, erased: true, threepids: [], external_ids: [] });
  expect([...model.state.media.values()].filter(({ user_id }) => user_id === anna.name)).toEqual([]);
});

it('a protected file stays, and the erasure says that it is left', async () => {
  const { model, anna, run } = world();
  const kept = addMedia(model, { user_id: anna.name, safe_from_quarantine: true });
  const [row] = await run();
  const check = row && stepsOf(row).find(({ key }) => key === 'check')?.end;
  expect(check?.status).toBe('skipped');
  expect(inWords(check?.reason ?? '')).toContain('1 protected file is left');
  expect(inWords(row?.reason ?? '')).toContain('1 protected file is left');
  expect(model.state.media.has(kept.media_id)).toBe(true);
});

it('run again, it changes nothing', async () => {
  const { run } = world();
  await run();
  const [again] = await run();
  expect(again?.status).toBe('skipped');
});

it('is not offered where a step of it can’t be done', () => {
  const server = { serverName: 'x', version: '1.163.2', mas: false, me: '@me:x' };
  expect(whyNoErasure(server)).toBeNull();
  expect(whyNoErasure({ ...server, mas: true })).not.toBeNull();
  expect(whyNoErasure({ ...server, version: '1.100.0' })).not.toBeNull();
});
