import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { verdictOf } from '~/actions/plan';
import { resetUserPassword } from '~/actions/user/reset-password';
import { send } from '~/api/ask';
import { currentSession, FORGET_AFTER_DEFAULT_MS, signOut, signOutIfUnused } from '~/data/session';
import { whenOver } from '~/jobs/phase';
import { addUser } from '~/mocks/build';
import { wordsOf } from '~/lib/words';
import { MockHomeserver } from '~/mocks/homeserver';
import { leavePage, signInTo } from '~/testing/signed-in';
import { asServer, startAction } from './action-jobs';
import { deleteJob } from './jobs';
import { countHeld, forgetSecrets, heldOf, heldSecrets, wouldLose } from './secrets';

/** Passwords that were made and not seen yet are in the memory of this page, for as long as somebody may want them. */

let model: MockHomeserver;

beforeEach(() => {
  model = new MockHomeserver();
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
});
afterEach(() => {
  leavePage();
  vi.unstubAllGlobals();
});

async function reset() {
  const session = signInTo(model);
  const { name } = addUser(model, 'anna');
  const input = { logout_devices: true };
  const seen = await send(session.homeserver, resetUserPassword.look(name, asServer(session)));
  const found = verdictOf(resetUserPassword, name, seen, input, session.userId);
  if (found.verdict !== 'will') throw new Error(wordsOf(found.reason));
  const job = startAction(resetUserPassword, { items: [found.item], input }, session, 1);
  // No disk here: it asks.
  await vi.waitFor(() => {
    if (job.getSnapshot().state.phase === 'paused') job.resume();
    expect(job.row(0).status).toBe('done');
  });
  await whenOver(job);
  return { name, job };
}

it('is forgotten once it was handed out', async () => {
  const { name, job } = await reset();
  expect([...heldOf(job)].map(({ id }) => id)).toEqual([name]);
  forgetSecrets(job.id, [name]);
  expect([...heldOf(job)]).toEqual([]);
});

it('is counted until it was handed out, and the session waits for that', async () => {
  const { name, job } = await reset();
  const later = Date.now() + 2 * FORGET_AFTER_DEFAULT_MS;
  expect([wouldLose(), countHeld(), countHeld([job.id]), countHeld(['another'])]).toEqual([true, 1, 1, 0]);
  await signOutIfUnused(() => 'Not used', later);
  expect(currentSession().status).toBe('signed-in');
  forgetSecrets(job.id, [name]);
  expect([wouldLose(), countHeld()]).toEqual([false, 0]);
  await signOutIfUnused(() => 'Not used', later);
  expect(currentSession().status).toBe('signed-out');
});

it('is forgotten when its admin signs out: whoever signs in next does not find it', async () => {
  const { job } = await reset();
  signOut();
  expect([...heldOf(job), ...heldSecrets.get()]).toEqual([]);
});

it('is forgotten with the record of its job', async () => {
  const { job } = await reset();
  await deleteJob(job.id);
  expect([...heldSecrets.get()]).toEqual([]);
});
