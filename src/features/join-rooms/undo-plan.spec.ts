import { describe, expect, it } from 'vitest';
import type { MemberEvent } from '~/api/membership';
import type { ActionItem } from '~/actions/plan';
import type { Json, LedgerRow } from '~/jobs/job';
import { LIFTED } from '~/actions/member/own-limit';
import { adminBefore } from '~/actions/member/make-me-admin';
import type { Looked, MemberRoom } from '~/actions/member/room';
import { canBeUndone, joinBefore } from './before';
import { isUndoable, madeBy, planUndo, undoItems, type UndoChoices } from './undo-plan';
import { wordsOf } from '~/lib/words';

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
/** The event by which the job joined them. */
const EVENT = { id: '$join', ts: 1_700_000_000_000 };
const joined = (userId = ANNA, before: boolean | null = false, event: typeof EVENT | undefined = EVENT) =>
  row(joinBefore(ROOM, userId, before, before === false ? event : undefined));
/** As the homeserver tells it. */
const member = (event_id: string, more: Partial<MemberEvent> = {}): MemberEvent => ({
  type: 'm.room.member',
  state_key: ANNA,
  sender: ANNA,
  content: { membership: 'join' },
  origin_server_ts: EVENT.ts,
  event_id,
  ...more,
});

const room = (facts: Partial<MemberRoom> = {}): MemberRoom => ({
  roomId: ROOM.roomId,
  members: new Set([ME, ANNA, BEN]),
  events: null,
  adminIn: true,
  own: 100,
  needed: 50,
  offered: 100,
  powers: new Map([[ME, 100]]),
  everybody: 0,
  ...facts,
});

const NONE: UndoChoices = { makeAdmin: new Set(), liftLimit: false, unsure: false };
const CHOSEN: UndoChoices = { makeAdmin: new Set([ROOM.roomId]), liftLimit: false, unsure: false };

interface Given {
  rows?: readonly LedgerRow[];
  looked?: Looked;
  choices?: UndoChoices;
  limit?: { messages_per_second: number; burst_count: number } | null | undefined;
}

function plan({ rows = [joined()], looked = room(), choices = NONE, ...rest }: Given = {}) {
  const found = rows.flatMap((one) => madeBy(one) ?? []);
  const limit = 'limit' in rest ? rest.limit : null;
  const findings = { found, rooms: new Map([[ROOM.roomId, looked]]), me: ME, limit };
  const made = planUndo(findings, choices);
  const runs = made.rows.filter(({ verdict }) => verdict === 'will');
  const items = undoItems(runs, findings, choices).map(shortly);
  return { ...made, items };
}

/** Of a step its name; of a removal whom, by which join, and whether a late join may undo it. */
const shortly = ({ id, step, planned, late }: ActionItem) =>
  step ?? { userId: id.split(' ')[0], stay: (planned as { stay: unknown }).stay, late: late ?? false };

const verdict = (given: Given) => {
  const [first] = plan(given).rows;
  return `${first?.verdict}: ${wordsOf(first?.reason ?? '')}`;
};

describe('what a ledger says was joined', () => {
  it('is exactly the joins that the job made', () => {
    expect(madeBy(joined())).toEqual({
      kind: 'join',
      userId: ANNA,
      roomId: ROOM.roomId,
      room: 'Lobby',
      event: EVENT,
      late: false,
    });
    expect(canBeUndone(joined())).toBe(true);
    const again = JSON.parse(JSON.stringify(joined())) as LedgerRow;
    expect(madeBy(again)).toEqual(madeBy(joined()));
  });

  it.each([
    ['in already', joined(ANNA, true), 'nothing: was already in the room, not through this job'],
    [
      'found in later',
      joined(ANNA, null),
      'cannot: may have been joined by someone else: left alone unless you choose',
    ],
    ['without an event', row(joinBefore(ROOM, ANNA, false)), 'cannot: may have been joined by someone else'],
    ['unknown', { ...joined(), status: 'unknown' }, 'cannot: may have been joined by someone else'],
    ['failed', { ...joined(), status: 'failed', reason: 'No' }, 'nothing: failed in the job: No'],
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

  it.each(['waiting', 'skipped', 'failed', 'unknown', 'done'] as const)(
    'may be more where a request of a row got no answer, whatever came of it: %s',
    (status) => {
      const late = { ...joined(ANNA, status === 'done' ? null : false), status, unanswered: true as const };
      expect(plan({ rows: [late] })).toMatchObject({ unsure: 1, items: [] });
      expect(plan({ rows: [late], choices: { ...NONE, unsure: true } }).items).toMatchObject([
        { userId: ANNA, late: true },
      ]);
      expect(isUndoable(late)).toBe(true);
      const looked = room({ members: new Set([ME]) });
      expect(verdict({ rows: [late], looked })).toMatch(/^nothing: no longer in the room; an earlier request/);
    },
  );
});

describe('a join that may not be this job’s', () => {
  const unsure = { ...NONE, unsure: true };

  it('is left alone, and undone with the others where that was chosen', () => {
    const rows = [joined(ANNA, null), joined(BEN)];
    const looked = room({ events: new Map([[ANNA, member('$now')]]) });
    expect(plan({ rows, looked })).toMatchObject({ unsure: 1, items: [{ userId: BEN }] });
    expect(plan({ rows, looked, choices: unsure })).toMatchObject({
      unsure: 1,
      items: [
        { userId: ANNA, stay: { id: '$now' } },
        { userId: BEN, stay: EVENT },
      ],
    });
  });

  it('is not offered where the user is out of the room', () => {
    const looked = room({ members: new Set([ME]) });
    expect(plan({ rows: [joined(ANNA, null)], looked })).toMatchObject({ unsure: 0, rows: [{ verdict: 'nothing' }] });
  });

  it('is one of a user who left and came back', () => {
    const looked = room({ events: new Map([[ANNA, member('$later')]]) });
    expect(verdict({ looked })).toMatch(/^cannot: may have left and come back since/);
    expect(plan({ looked, choices: unsure }).items).toMatchObject([{ stay: { id: '$later' } }]);
  });

  it('is not one of a user who only changed their name since', () => {
    const renamed = member('$renamed', { unsigned: { replaces_state: EVENT.id } });
    expect(verdict({ looked: room({ events: new Map([[ANNA, renamed]]) }) })).toBe('will: ');
  });
});

const made = (power: number, facts: Partial<LedgerRow> = {}) => row(adminBefore(ROOM, { isIn: false, power }), facts);

describe('a room whose admin the job made you', () => {
  it.each(['done', 'failed', 'unknown', 'waiting'] as const)('is in the plan however the row ended: %s', (status) => {
    expect(verdict({ rows: [made(0, { status })] })).toBe(
      'cannot: you joined, and your power level is 100 (it was 0 before): step down, or leave, in a Matrix client',
    );
  });

  it('has nothing to undo where neither power nor membership changed', () => {
    const looked = room({ adminIn: false, own: 0 });
    expect(verdict({ rows: [made(0)], looked })).toMatch(/^nothing: your power level there is the same as before/);
    expect(verdict({ rows: [made(Infinity)], looked })).toMatch(/^nothing/);
  });

  it('is shown where only the power was raised, and the admin is not in it', () => {
    const looked = room({ adminIn: false });
    expect(verdict({ rows: [made(0)], looked })).toBe(
      'cannot: your power level is 100 (it was 0 before): step down in a Matrix client',
    );
  });
});

describe('who can be removed', () => {
  it.each<[string, Given, string]>([
    ['enough power', {}, 'will: '],
    ['who left', { looked: room({ members: new Set([ME]) }) }, 'nothing: no longer in the room'],
    ['a room that is gone', { looked: { roomId: ROOM.roomId, problem: 'gone', gone: true } }, 'nothing: gone'],
    ['a room that could not be read', { looked: { roomId: ROOM.roomId, problem: '500', gone: false } }, 'cannot: 500'],
    [
      'the admin is not in',
      { looked: room({ adminIn: false, own: 0, members: new Set([ANNA]) }) },
      'cannot: you are not in the room, so you can’t remove anyone from it',
    ],
    ['too little power', { looked: room({ own: 49 }) }, 'cannot: you don’t have the power to remove this user'],
    [
      'as much power as the admin has, or would get',
      { looked: room({ powers: new Map([[ANNA, 100]]) }) },
      'cannot: has as much power in the room as you would have',
    ],
    [
      'nobody here has the power',
      { looked: room({ own: 0, offered: null }) },
      'cannot: nobody on this homeserver has enough power',
    ],
    ['the chosen way to the power', { looked: room({ own: 0 }), choices: CHOSEN }, 'will: after you are made an admin'],
    [
      'a power that would not do',
      { looked: room({ own: 0, offered: 40 }), choices: CHOSEN },
      'cannot: nobody on this homeserver',
    ],
    ['oneself', { rows: [joined(ME)] }, 'will: you leave, after the others'],
  ])('%s', (_, given, expected) => {
    expect(verdict(given)).toContain(expected);
  });
});

describe('what runs', () => {
  it('first what gives the power, then the others, oneself last', () => {
    const rows = [joined(ME), joined(ANNA), joined(BEN)];
    const { items, roomsInNeed } = plan({ rows, looked: room({ own: 0 }), choices: CHOSEN });
    expect(items.map((item) => (typeof item === 'string' ? item : item.userId))).toEqual(['make-admin', ANNA, BEN, ME]);
    expect(roomsInNeed).toEqual([{ roomId: ROOM.roomId, room: 'Lobby', adminIn: true }]);
  });

  it('makes nobody an admin where that is not needed, chosen or not', () => {
    expect(plan({ choices: CHOSEN }).items).toMatchObject([{ userId: ANNA }]);
  });

  it('lifts the admin’s limit first and puts back what was, last', () => {
    const was = { messages_per_second: 5, burst_count: 20 };
    const choices = { ...NONE, liftLimit: true };
    const removal = { userId: ANNA, stay: EVENT, late: false };
    expect(plan({ choices, limit: was }).items).toEqual(['lift-limit', removal, 'put-limit-back']);
    const [row] = plan({ choices }).rows;
    const findings = { found: [], rooms: new Map([[ROOM.roomId, room()]]), me: ME, limit: was };
    const items = row ? undoItems([row], findings, choices) : [];
    expect([items[0]?.planned, items[0]?.goal, items[2]?.goal]).toEqual([was, LIFTED, was]);
  });

  it.each([
    ['lifted already', { messages_per_second: 0, burst_count: 0 }],
    ['that could not be read', undefined],
  ])('never touches a limit %s', (_, limit) => {
    const { items } = plan({ choices: { ...NONE, liftLimit: true }, limit });
    expect(items).toMatchObject([{ userId: ANNA }]);
  });

  it('lifts nothing where there is nothing to do', () => {
    expect(plan({ rows: [joined(ANNA, true)], choices: { ...NONE, liftLimit: true } }).items).toEqual([]);
  });
});
