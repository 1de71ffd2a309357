import { expect, it } from 'vitest';
import { asKept, describedBy } from '~/testing/engine';
import { groundOf } from './revive';
import { revive } from './undo-revive';
import { undoJoinsSpec } from './undo-run';
import type { UndoItem } from './undo-plan';

const OWNER = { baseUrl: 'https://hs.example', userId: '@admin:hs.example' };
const ROOM = { roomId: '!one', room: 'One' };
const ITEMS: readonly UndoItem[] = [
  { kind: 'lift-limit', was: { messages_per_second: 3, burst_count: 10 } },
  { kind: 'make-admin', ...ROOM, adminIn: false },
  { kind: 'remove', ...ROOM, userId: '@a:hs.example', seen: { id: '$join', ts: 1 }, late: true },
  { kind: 'put-limit-back', was: null },
];

const spec = () => undoJoinsSpec(groundOf(OWNER), { undoes: 'job-1', reason: 'Sorry', unlimited: false }, ITEMS);

it('promise 12: an undo of joins that comes back from disk is the same undo, its limits included', async () => {
  const back = await revive(asKept(spec()));
  expect(describedBy(back)).toEqual(describedBy(spec() as never));
  expect(back.items).toEqual(ITEMS);
  expect(back.policy).toEqual(spec().policy);
});
