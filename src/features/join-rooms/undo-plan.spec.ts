import { describe, expect, it } from 'vitest';
import type { Json, LedgerRow } from '~/jobs/job';
import { adminBefore, canBeUndone, joinBefore } from './before';
import { madeBy, planUndo, type Looked, type UndoChoices, type UndoRoom } from './undo-plan';

const ME = '@admin:example.org';
const ANNA = '@anna:example.org';
const BEN = '@ben:example.org';
const ROOM = { roomId: '!a:example.org', label: 'Lobby' };

const row = (before: Json | undefined, facts: Partial<LedgerRow> = {}): LedgerRow => ({
  index: 0,
  id: `${ANNA} ${ROOM.roomId}`,
  columns: { User: ANNA, Room: 'Lobby', 'Room id': ROOM.roomId },
  status: 'done',
  reason: '',
  before,
  attempts: 1,
  endedAt: 1,
  ...facts,
});
const joined = (userId = ANNA, before: boolean | null = false) => row(joinBefore(ROOM, userId, before));

const room = (facts: Partial<UndoRoom> = {}): UndoRoom => ({
  roomId: ROOM.roomId,
  members: new Set([ME, ANNA, BEN]),
  adminIn: true,
  own: 100,
  needed: 50,
  offered: 100,
  powers: new Map([[ME, 100]]),
  everybody: 0,
  ...facts,
});

const NONE: UndoChoices = { makeAdmin: new Set(), liftLimit: false };
const CHOSEN: UndoChoices = { makeAdmin: new Set([ROOM.roomId]), liftLimit: false };

interface Given {
  rows?: readonly LedgerRow[];
  looked?: Looked;
  choices?: UndoChoices;
  limit?: { messages_per_second: number; burst_count: number } | null | undefined;
}

function plan({ rows = [joined()], looked = room(), choices = NONE, ...rest }: Given = {}) {
  const found = rows.flatMap((one) => madeBy(one) ?? []);
  const limit = 'limit' in rest ? rest.limit : null;
  return planUndo({ found, rooms: new Map([[ROOM.roomId, looked]]), me: ME, limit }, choices);
}

const verdict = (given: Given) => {
  const [first] = plan(given).rows;
  return `${first?.verdict}: ${first?.reason}`;
};

describe('what a ledger says was joined', () => {
  it('is exactly the joins that the job made', () => {
    expect(madeBy(joined())).toEqual({ kind: 'join', userId: ANNA, roomId: ROOM.roomId, room: 'Lobby' });
    expect(canBeUndone(joined())).toBe(true);
    const again = JSON.parse(JSON.stringify(joined())) as LedgerRow;
    expect(madeBy(again)).toEqual(madeBy(joined()));
  });

  it.each([
    ['in already', joined(ANNA, true), 'nothing: was in the room already, not by this job'],
    ['found in later', joined(ANNA, null), 'cannot: found in the room afterwards, not known by whose doing'],
    ['unknown', { ...joined(), status: 'unknown' }, 'cannot: not known whether the job did it'],
    ['failed', { ...joined(), status: 'failed', reason: 'No' }, 'nothing: failed in the job: No'],
    ['being made admin', row(adminBefore(ROOM, false)), 'cannot: you were made admin of the room: step down'],
    ['nothing kept', row(undefined), 'cannot: can’t be undone: what was there before was not kept'],
    ['kept by an older version', row({ joined: false, room_id: 'x' }), 'cannot: can’t be undone'],
    ['an unknown form', row({ kept: 'join/9' }), 'cannot: can’t be undone'],
    ['no object', row(7), 'cannot: can’t be undone'],
  ] as const)('is not: %s', (_, one, expected) => {
    expect(verdict({ rows: [one] })).toContain(expected);
    expect(canBeUndone(one)).toBe(false);
    expect(plan({ rows: [one] }).items).toEqual([]);
  });

  it.each(['waiting', 'skipped'] as const)('is nothing where a row is %s', (status) => {
    expect(madeBy({ ...joined(), status })).toBeNull();
  });
});

describe('who can be removed', () => {
  it.each<[string, Given, string]>([
    ['enough power', {}, 'will: '],
    ['who left', { looked: room({ members: new Set([ME]) }) }, 'nothing: not in the room any more'],
    ['a room that is gone', { looked: { roomId: ROOM.roomId, problem: 'gone', gone: true } }, 'nothing: gone'],
    ['a room that could not be read', { looked: { roomId: ROOM.roomId, problem: '500', gone: false } }, 'cannot: 500'],
    [
      'the admin is not in',
      { looked: room({ adminIn: false, own: 0, members: new Set([ANNA]) }) },
      'cannot: you are not in the room, so you can’t remove anybody',
    ],
    ['too little power', { looked: room({ own: 49 }) }, 'cannot: you may not remove this user from the room'],
    [
      'as much power as the admin has, or would get',
      { looked: room({ powers: new Map([[ANNA, 100]]) }) },
      'cannot: has as much power in the room as you would have',
    ],
    [
      'nobody here has the power',
      { looked: room({ own: 0, offered: null }) },
      'cannot: nobody of this homeserver has the power there',
    ],
    ['the chosen way to the power', { looked: room({ own: 0 }), choices: CHOSEN }, 'will: after you are made admin'],
    [
      'a power that would not do',
      { looked: room({ own: 0, offered: 40 }), choices: CHOSEN },
      'cannot: nobody of this homeserver',
    ],
    ['oneself', { rows: [joined(ME)] }, 'will: you leave, after the others'],
  ])('%s', (_, given, expected) => {
    expect(verdict(given)).toContain(expected);
  });
});

describe('what runs', () => {
  it('first what gives the power, then the others, oneself last; all of it JSON', () => {
    const rows = [joined(ME), joined(ANNA), joined(BEN)];
    const { items, roomsInNeed } = plan({ rows, looked: room({ own: 0 }), choices: CHOSEN });
    expect(items.map((item) => ('userId' in item ? item.userId : item.kind))).toEqual(['make-admin', ANNA, BEN, ME]);
    expect(JSON.parse(JSON.stringify(items))).toEqual(items);
    expect(roomsInNeed).toEqual([{ roomId: ROOM.roomId, room: 'Lobby', adminIn: true }]);
  });

  it('makes nobody an admin where that is not needed, chosen or not', () => {
    expect(plan({ choices: CHOSEN }).items.map(({ kind }) => kind)).toEqual(['remove']);
  });

  it('lifts the admin’s limit first and puts back what was, last', () => {
    const was = { messages_per_second: 5, burst_count: 20 };
    const choices = { ...NONE, liftLimit: true };
    expect(plan({ choices, limit: was }).items).toEqual([
      { kind: 'lift-limit', was },
      { kind: 'remove', roomId: ROOM.roomId, room: 'Lobby', userId: ANNA },
      { kind: 'put-limit-back', was },
    ]);
    expect(plan({ choices, limit: null }).items.at(-1)).toEqual({ kind: 'put-limit-back', was: null });
  });

  it.each([
    ['lifted already', { messages_per_second: 0, burst_count: 0 }],
    ['that could not be read', undefined],
  ])('never touches a limit %s', (_, limit) => {
    const { items } = plan({ choices: { ...NONE, liftLimit: true }, limit });
    expect(items.map(({ kind }) => kind)).toEqual(['remove']);
  });

  it('lifts nothing where there is nothing to do', () => {
    expect(plan({ rows: [joined(ANNA, true)], choices: { ...NONE, liftLimit: true } }).items).toEqual([]);
  });
});
