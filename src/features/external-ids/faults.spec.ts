import * as fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { signOut } from '~/data/session';
import { BASE, runToTheEnd } from '~/testing/signed-in';
import type { JobSpec } from '~/jobs/job';
import { addUser } from '~/mocks/build';
import { CALM, fetchThrough, isTold, needlessRepeats, schedule, type Schedule } from '~/mocks/fault-schedule';
import { MockHomeserver } from '~/mocks/homeserver';
import { planRemoval } from './plan';
import { removalSpec } from './run';

afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
});

const run = <Item>(model: MockHomeserver, spec: JobSpec<Item>, drawn: Schedule) =>
  runToTheEnd(model, spec, (events) => vi.stubGlobal('fetch', fetchThrough(model, drawn, events)));

/** What every other user holds besides. */
const keptOf = (index: number) => (index % 2 === 0 ? [{ auth_provider: 'kept', external_id: `${index}` }] : []);

function plan(model: MockHomeserver) {
  const users = Array.from({ length: 10 }, (_, index) => {
    const external_ids = [{ auth_provider: 'gone', external_id: `${index}` }, ...keptOf(index)];
    return addUser(model, { localpart: `u${index}`, external_ids });
  }).map(({ name, displayname, external_ids }) => ({
    userId: name,
    displayname,
    externalIds: external_ids.map((id) => ({ ...id })),
    admin: false,
    deactivated: false,
    locked: false,
  }));
  return planRemoval({ scanned: { users, missing: [] }, provider: 'gone', only: null, me: model.adminId });
}

it('promise 4: whatever requests meet, in whatever order, the ledger of removals is the homeserver’s state', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (drawn) => {
      const model = new MockHomeserver();
      const removal = plan(model);
      const rows = await run(model, removalSpec(removal, { baseUrl: BASE, userId: model.adminId }), drawn);
      const idsOf = (id: string) => model.state.users.get(id)?.external_ids ?? [];
      const lies = rows.filter(
        ({ id, status }) => !isTold(status, !idsOf(id).some(({ auth_provider }) => auth_provider === 'gone'), drawn),
      );
      expect(lies).toEqual([]);
      // What was to be kept is there, and what was there is in the ledger.
      for (const { userId, removes } of removal.items) {
        const { before } = rows.find(({ id }) => id === userId) ?? {};
        const others = keptOf(Number.parseInt(userId.slice(2), 10));
        expect(idsOf(userId).filter(({ auth_provider }) => auth_provider === 'kept')).toEqual(others);
        const had = { external_ids: [...removes, ...others], removes };
        expect(before ?? had).toMatchObject(had);
      }
      expect(needlessRepeats(model)).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 30_000);

it('promise 8: the same removals a second time change nothing', async () => {
  const model = new MockHomeserver();
  const removal = plan(model);
  const spec = () => removalSpec(removal, { baseUrl: BASE, userId: model.adminId });
  expect((await run(model, spec(), CALM)).every(({ status }) => status === 'done')).toBe(true);
  expect((await run(model, spec(), CALM)).every(({ status }) => status === 'skipped')).toBe(true);
  expect(model.log.writes()).toEqual([]);
});
