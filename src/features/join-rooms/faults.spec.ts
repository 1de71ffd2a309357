import * as fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { signOut } from '~/data/session';
import { foundRoom, joinGround } from '~/testing/joins';
import { runToTheEnd } from '~/testing/signed-in';
import type { JobSpec, LedgerRow } from '~/jobs/job';
import { addRoom, addUser } from '~/mocks/build';
import { CALM, fetchThrough, isTold, needlessRepeats, schedule, type Schedule } from '~/mocks/fault-schedule';
import { MockHomeserver } from '~/mocks/homeserver';
import { canBeUndone } from './before';
import type { RunItem } from './plan';
import { joinJob } from './run';
import { isUndoable } from './undo-plan';

afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
});

const run = <Item>(model: MockHomeserver, spec: JobSpec<Item>, drawn: Schedule) =>
  runToTheEnd(model, spec, (events) => vi.stubGlobal('fetch', fetchThrough(model, drawn, events)));

/** A public room and a private one, six users: who is in afterwards, and who was joined. */
function fill(model: MockHomeserver) {
  const users = Array.from({ length: 6 }, (_, index) => addUser(model, `u${index}`).name);
  const rooms = ['public', 'invite'].map((join_rules) =>
    addRoom(model, { join_rules, creator: model.adminId, members: [model.adminId] }),
  );
  const items = rooms.flatMap((room) => {
    const found = foundRoom(room.room_id, {
      joinRule: room.join_rules,
      members: new Set([model.adminId]),
      adminIn: true,
      adminCanInvite: true,
    });
    return users.map((userId): RunItem => ({ kind: 'join', room: found, userId }));
  });
  const isIn = (id: string) =>
    rooms.some((room) =>
      users.some((user) => id === `${user} ${room.room_id}` && room.members.get(user)?.membership === 'join'),
    );
  return { items, isIn };
}

/** The ledger says who is in the room, and where nobody can tell who joined them. */
const isOpen = (row: LedgerRow) => row.status === 'skipped' && isUndoable(row) && !canBeUndone(row);

it('promise 4: whatever requests meet, in whatever order, the ledger of joins is the homeserver’s state', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (drawn) => {
      const model = new MockHomeserver();
      const { items, isIn } = fill(model);
      const rows = await run(model, joinJob(joinGround(model), items), drawn);
      const lies = rows.filter((row) => !isTold(isOpen(row) ? 'done' : row.status, isIn(row.id), drawn));
      expect(lies).toEqual([]);
      expect(needlessRepeats(model)).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 30_000);

it('promise 8: the same joins a second time change nothing', async () => {
  const model = new MockHomeserver();
  const { items } = fill(model);
  const spec = () => joinJob(joinGround(model), items);
  expect((await run(model, spec(), CALM)).every(({ status }) => status === 'done')).toBe(true);
  expect((await run(model, spec(), CALM)).every(({ status }) => status === 'skipped')).toBe(true);
  expect(model.log.writes()).toEqual([]);
});
