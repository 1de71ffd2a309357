import { expect, it } from 'vitest';
import { withLimitLifted } from '~/actions/member/removal-steps';
import { Recollection, type Entry } from '~/jobs/journal';
import type { Json } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { setMembership } from '~/mocks/rules/membership';
import type { Room } from '~/mocks/state';
import { describedBy } from '~/testing/engine';
import { removal, removalJob } from '~/testing/removals';
import { modelForEach } from '~/testing/model-for-each';
import { BASE } from '~/testing/signed-in';
import { revive } from './older-undo';
import { inWords } from '~/testing/in-words';

/** An undo of joins as versions of Glia before this one kept it. */

let model: MockHomeserver;
let anna: string;
let room: Room;

modelForEach((made) => {
  model = made;
  anna = addUser(model, 'anna').name;
  room = addRoom(model, { creator: model.adminId, members: [model.adminId, anna] });
});

const kept = (items: Json[]) => ({
  title: 'Undo 1 join',
  owner: { baseUrl: BASE, userId: model.adminId },
  plan: { undoes: 'job-1', reason: 'Sorry', unlimited: false },
  items,
});
const removed = (more: object = {}): Json => ({
  kind: 'remove',
  roomId: room.room_id,
  room: 'Staff',
  userId: anna,
  ...more,
});

it('promise 12: comes back from disk as the same undo, with its rate limit', async () => {
  const was = { messages_per_second: 3, burst_count: 10 };
  const back = await revive(
    kept([
      { kind: 'lift-limit', was },
      { kind: 'make-admin', roomId: room.room_id, room: 'Staff', adminIn: false },
      removed({ seen: { id: '$join', ts: 1 }, late: true }),
      { kind: 'put-limit-back', was },
    ]),
  );
  const today = removalJob(model, withLimitLifted(was, [removal(anna, room.room_id, { id: '$join', ts: 1 })]));
  const { rows } = describedBy(back);
  expect(rows.map(({ id }) => id)).toEqual([
    'lift your rate limit',
    `make admin ${room.room_id}`,
    `${anna} ${room.room_id}`,
    'put your rate limit back',
  ]);
  expect(rows.filter((_, index) => index !== 1)).toEqual(describedBy(today as never).rows);
  expect(back).toMatchObject({ title: 'Undo 1 join', policy: { concurrency: 1 }, closing: today.closing });
  expect(back.items.map((item) => back.mayBeUndone?.(item))).toEqual([false, false, true, false]);
});

it('runs to its end with the reason that was entered then', async () => {
  const job = createJob(await revive(kept([removed()])));
  job.start();
  await job.settled();
  expect(job.row(0)).toMatchObject({ status: 'done' });
  expect(room.members.get(anna)).toMatchObject({ membership: 'leave', reason: 'Sorry' });
});

it('skips a user who came back after a try that is in the journal', async () => {
  const before = { kept: 'join-undo/1', join_event: { id: '$first', ts: 1 } };
  const notes: Entry[] = [
    ['before', 0, before],
    ['sent', 0],
  ];
  const state = { phase: 'paused', why: 'asked', reason: '' } as const;
  const restored = { id: 'x', state, startedAt: 1, endedAt: null, rows: new Recollection(1).read(notes) };
  setMembership(model, room, anna, { membership: 'leave', sender: model.adminId });
  setMembership(model, room, anna, { membership: 'join', sender: anna });
  const job = createJob(await revive(kept([removed()])), undefined, { restored });
  job.resume();
  await job.settled();
  expect(inWords(job.row(0))).toMatchObject({
    status: 'skipped',
    reason: expect.stringMatching(/^Changed since the plan: now in the room\./),
  });
  expect(model.log.writes()).toEqual([]);
});
