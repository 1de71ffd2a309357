import * as fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { signOut } from '~/data/session';
import type { ExternalId } from '~/api/users';
import { addUser } from '~/mocks/build';
import { CALM, fetchThrough, isTold, needlessRepeats, schedule, type Schedule } from '~/mocks/fault-schedule';
import { MockHomeserver } from '~/mocks/homeserver';
import { groundOf, planned } from '~/testing/actions';
import { runToTheEnd, signInTo } from '~/testing/signed-in';
import type { JobSpec } from '~/jobs/job';
import { actionJob } from './job';
import { removeExternalIds } from './user/external-ids';

/** Jobs of actions through whatever requests meet, in whatever order; tried out on removals of external ids. */

afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
});

const run = <Item>(model: MockHomeserver, spec: JobSpec<Item>, drawn: Schedule) =>
  runToTheEnd(model, spec, (events) => vi.stubGlobal('fetch', fetchThrough(model, drawn, events)));

/** What every other user holds besides. */
const keptOf = (index: number): ExternalId[] =>
  index % 2 === 0 ? [{ auth_provider: 'kept', external_id: `${index}` }] : [];

async function removals(model: MockHomeserver) {
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  signInTo(model);
  const ids = Array.from({ length: 10 }, (_, index) => {
    const external_ids = [{ auth_provider: 'gone', external_id: `${index}` }, ...keptOf(index)];
    return addUser(model, { localpart: `u${index}`, external_ids }).name;
  });
  return planned(model, removeExternalIds, ids, { provider: 'gone' });
}

it('promise 4: whatever requests meet, in whatever order, the ledger is the homeserver’s state', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (drawn) => {
      const model = new MockHomeserver();
      const rows = await run(model, await removals(model), drawn);
      const idsOf = (id: string) => model.state.users.get(id)?.external_ids ?? [];
      const lies = rows.filter(
        ({ id, status }) => !isTold(status, !idsOf(id).some(({ auth_provider }) => auth_provider === 'gone'), drawn),
      );
      expect(lies).toEqual([]);
      // What was to be kept is there, and what was there is in the ledger.
      for (const [index, { id, before }] of rows.entries()) {
        expect(idsOf(id).filter(({ auth_provider }) => auth_provider === 'kept')).toEqual(keptOf(index));
        const had = {
          before: { external_ids: [{ auth_provider: 'gone', external_id: `${index}` }, ...keptOf(index)] },
        };
        expect(before ?? had).toMatchObject(had);
      }
      expect(needlessRepeats(model)).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 30_000);

it('promise 8: the same job a second time changes nothing', async () => {
  const model = new MockHomeserver();
  const { items } = await removals(model);
  const spec = () => actionJob(removeExternalIds, { items, input: { provider: 'gone' } }, groundOf(model));
  expect((await run(model, spec(), CALM)).every(({ status }) => status === 'done')).toBe(true);
  expect((await run(model, spec(), CALM)).every(({ status }) => status === 'skipped')).toBe(true);
  expect(model.log.writes()).toEqual([]);
});
