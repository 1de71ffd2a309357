import { afterEach, expect, it } from 'vitest';
import type { AnyAction } from '~/actions/action';
import { verdictOf } from '~/actions/plan';
import { removeExternalIds } from '~/actions/user/external-ids';
import { setRateLimit } from '~/actions/user/rate-limit';
import type { Session } from '~/data/session';
import { planActionUndo, type UndoPlanned } from '~/job-store/action-plans';
import type { Job, Json } from '~/jobs/job';
import { paths } from '~/lib/paths';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { lookAt } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { leavePage, planMade } from '~/testing/signed-in';
import { toasts } from '~/ui/toasts';
import { beginOne, undoOne } from './run-one';

/** The Undo of a notice: it finds out first what stands against it. */

let model: MockHomeserver;
let session: Session;
modelForEach((made, signedIn) => {
  model = made;
  session = signedIn;
});
afterEach(leavePage);

async function change(action: AnyAction, id: string, input: Json): Promise<Job> {
  const found = verdictOf(action, id, await lookAt(model, action, id), input, session.userId);
  if (found.verdict !== 'will') throw new Error(`The plan says: ${JSON.stringify(found.reason)}`);
  const { job, ended } = beginOne(action, { item: found.item, input }, session);
  expect(await ended).toMatchObject({ status: 'done' });
  return job;
}

it('is not begun where someone else holds by now what would be put back', async () => {
  const google = { auth_provider: 'oidc-google', external_id: '1' };
  const anna = addUser(model, { localpart: 'anna', external_ids: [google] });
  const job = await change(removeExternalIds, anna.name, { provider: 'oidc-google' });
  addUser(model, { localpart: 'ben', external_ids: [google] });
  model.log.clear();
  await undoOne(job);
  expect(toasts.get().at(-1)).toMatchObject({ body: expect.stringMatching(/^Held by another account now: .*@ben/) });
  expect(model.log.writes()).toEqual([]);
});

const limitOf = (messages_per_second: number) => ({ messages_per_second, burst_count: 10 });

it('names the newer job that is to be undone first', async () => {
  const { name } = addUser(model, 'anna');
  const older = await change(setRateLimit, name, limitOf(5));
  const newer = await change(setRateLimit, name, limitOf(7));
  await undoOne(older);
  expect(toasts.get().at(-1)).toMatchObject({
    body: expect.stringMatching(/^Changed again by a newer job: .*Undo that job first: Set the rate limit of/),
    actions: [{ label: 'Open newer job', to: paths.job(newer.id) }],
  });
  await undoOne(newer);
  await undoOne(older);
  expect(model.state.users.get(name)?.ratelimit).toBeNull();
});

it('names it in the plan of an undo too, and only where it was that job', async () => {
  const { name } = addUser(model, 'anna');
  const older = await change(setRateLimit, name, limitOf(5));
  const newer = await change(setRateLimit, name, limitOf(7));
  const plan = () =>
    planMade<UndoPlanned>((making) => void planActionUndo(setRateLimit, older, false, session, making));
  const { verdicts, newer: jobs } = await plan();
  expect(jobs.map(({ id }) => id)).toEqual([newer.id]);
  expect(inWords(verdicts)).toMatchObject([{ reason: expect.stringContaining('Undo that job first') }]);
  // By someone else since.
  Object.assign(model.state.users.get(name) ?? {}, { ratelimit: limitOf(9) });
  const { verdicts: others, newer: none } = await plan();
  expect(none).toEqual([]);
  expect(inWords(others)).toMatchObject([{ reason: expect.stringMatching(/^Changed since the job/) }]);
});
