import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { verdictOf } from '~/actions/plan';
import { lock } from '~/actions/user/lock';
import { send } from '~/api/ask';
import { watchRequests } from '~/api/seen';
import { setReadOnly, type Session } from '~/data/session';
import { restrictActions } from '~/actions/restrictions';
import { whenOver } from '~/jobs/phase';
import { english } from '~/lib/english';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { SLOWLY } from '~/testing/quick-jobs';
import { asServer, startAction, whyNotBegin } from './action-jobs';

let model: MockHomeserver;
let session: Session;
modelForEach((made, signedIn) => {
  model = made;
  session = signedIn;
});

it('pauses a job that runs when read-only mode is turned on, sends nothing more, and resumes without doing anything twice', async () => {
  const people = Array.from({ length: 40 }, (_, index) => addUser(model, `user${index}`));
  const planned = await Promise.all(
    people.map(async ({ name }) => {
      const seen = await send(session.homeserver, lock.look(name, asServer(session)));
      return verdictOf(lock, name, seen, null, session.userId);
    }),
  );
  const items = planned.flatMap((one) => (one.verdict === 'will' ? [one.item] : []));
  model.log.clear();
  let atMost = 0;
  watchRequests(({ method }) => {
    if (method !== 'PUT' || atMost > 0 || model.log.writes().length < 5) return;
    void setReadOnly(true);
    atMost = model.log.writes().length;
  });
  const job = startAction(lock, { items, input: null }, session, 40);
  await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('paused'), SLOWLY);
  const { state } = job.getSnapshot();
  expect('reason' in state && english(state.reason)).toContain('Read-only mode is on');
  expect(model.log.writes()).toHaveLength(atMost);
  expect(atMost).toBeLessThan(40);

  await setReadOnly(false);
  job.resume();
  await whenOver(job);
  expect(people.filter(({ locked }) => !locked)).toEqual([]);
  expect(model.log.writes()).toHaveLength(40);
});

it('says why a job can’t be begun before anything is read for its plan', () => {
  const [action, wizard] = [lock.kind, 'join-rooms'];
  const reasons = (as: Session) => [action, wizard].map((kind) => english(whyNotBegin(kind, as) ?? ''));
  expect(reasons(session)).toEqual(['', '']);
  expect(reasons({ ...session, readOnly: true })).toEqual([
    expect.stringMatching(/^Read-only mode is on/),
    expect.stringMatching(/^Read-only mode is on/),
  ]);
  restrictActions({ allowed: ['user.unlock'], managed: [] });
  expect(reasons(session)).toEqual([expect.stringContaining(action), expect.stringContaining(wizard)]);
  restrictActions();
});
