import { expect, it } from 'vitest';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { addEventReport, addUserReport } from '~/mocks/reported';
import { modelForEach } from '~/testing/model-for-each';
import {
  groupReports,
  keyOfReport,
  sameMessage,
  searchReports,
  USUAL_REPORT_LIST,
  type ReportListState,
} from './report-list';
import { readAllReports, reports } from './reports';
import type { Session } from './session';

let model: MockHomeserver;
let session: Session;

modelForEach((made, as) => {
  model = made;
  session = as;
});

/** Reports of messages by the hundred, and one of a user between each ten of them. */
function fill(messages: number): void {
  const spammer = addUser(model, 'spammer').name;
  const room = addRoom(model, { name: 'Lobby', members: [spammer], creator: spammer });
  for (let index = 0; index < messages; index += 1) {
    const event = {
      event_id: `$${index}`,
      type: 'm.room.message',
      sender: spammer,
      origin_server_ts: index,
      content: { body: 'x' },
    };
    const received_ts = 1000 + index * 10;
    addEventReport(model, { room, event, user_id: model.adminId, reason: `reason ${index}`, received_ts });
    if (index % 10 === 0) {
      const of = { target_user_id: spammer, user_id: model.adminId, reason: 'rude', received_ts: received_ts + 5 };
      addUserReport(model, of);
    }
  }
}

const list = async (state: Partial<ReportListState>) => {
  const { signal } = new AbortController();
  return reports.list(session.homeserver, { ...USUAL_REPORT_LIST, ...state }).queryFn({ signal });
};

it('merges reports of messages and of users into one queue, page by page, the newest first', async () => {
  fill(95);
  const pages = [await list({ size: 25 }), await list({ size: 25, page: 2 }), await list({ size: 25, page: 5 })];
  expect(pages.map(({ rows, total, from }) => [rows.length, total, from])).toEqual([
    [25, 105, 0],
    [25, 105, 25],
    [5, 105, 100],
  ]);
  const all = await readAllReports(session.homeserver, { kind: 'all', sender: '', reporter: '', room: '' });
  const times = all.reports.map(({ received_ts: ms }) => ms ?? 0);
  expect(times).toEqual(times.toSorted((one, other) => other - one));
  expect(all.reports.slice(25, 50).map(keyOfReport)).toEqual(pages[1]?.rows.map(keyOfReport));
});

it('asks one list where only one can answer: users who are reported are in no room', async () => {
  fill(12);
  model.log.clear();
  expect((await list({ kind: 'messages', size: 25 })).total).toBe(12);
  expect((await list({ kind: 'users', size: 25 })).total).toBe(2);
  expect((await list({ room: '!nowhere' })).total).toBe(0);
  expect([model.log.count('GET', /event_reports$/), model.log.count('GET', /user_reports$/)]).toEqual([2, 1]);
});

it('filters by who was reported, who reported and where, as the homeserver does', async () => {
  fill(3);
  const other = addUser(model, 'other').name;
  addUserReport(model, { target_user_id: other, user_id: `@witness:${model.serverName}`, reason: '' });
  expect((await list({ sender: other })).rows.map(keyOfReport)).toEqual(['u2']);
  expect((await list({ reporter: 'witness' })).total).toBe(1);
  expect((await list({ reporter: 'admin', kind: 'messages' })).total).toBe(3);
});

it('reads all reports once each, and says what it could not read', async () => {
  fill(1200);
  const all = await readAllReports(session.homeserver, { kind: 'messages', sender: '', reporter: '', room: '' });
  expect([all.reports.length, all.lost, all.missing]).toEqual([1200, 0, 0]);
  expect(model.log.count('GET', /event_reports$/)).toBe(2);
});

it('searches reasons, names and IDs, and groups by whom, where and who', async () => {
  fill(21);
  const { reports: all } = await readAllReports(session.homeserver, {
    kind: 'all',
    sender: '',
    reporter: '',
    room: '',
  });
  expect(searchReports(all, 'REASON 20')).toHaveLength(1);
  expect(searchReports(all, 'lobby')).toHaveLength(21);
  const [group, ...none] = groupReports(all, 'sender');
  expect(none).toEqual([]);
  expect(group).toMatchObject({ id: `@spammer:${model.serverName}`, reports: 24, messages: 21, reporters: 1 });
  expect(groupReports(all, 'room').map(({ name, reports: count }) => [name, count])).toEqual([
    ['Lobby', 21],
    [null, 3],
  ]);
});

it('keeps the row of a report whose message is gone, of which Synapse answers 404', async () => {
  fill(1);
  const [report] = model.state.eventReports.values();
  if (report) Object.assign(report, { event: null, sender: null });
  expect((await list({ kind: 'messages' })).rows).toMatchObject([{ id: 1, sender: null }]);
});

it('knows that a homeserver has no reports of rooms, and asks in no other way', async () => {
  const { queryFn } = reports.ofRooms(session.homeserver);
  if (typeof queryFn !== 'function') throw new Error('No query');
  const { signal } = new AbortController();
  expect(await queryFn({ signal } as never)).toBeNull();
});

it('finds who else reported a message, and takes neither the report itself nor one of another message', () => {
  const of = { room_id: '!a:b.c', event_id: '$1', user_id: '@anna:b.c' };
  const [mine, same, other] = [
    { kind: 'message', id: 1, ...of },
    { kind: 'message', id: 2, ...of, user_id: '@bert:b.c' },
    { kind: 'message', id: 3, ...of, event_id: '$2' },
  ] as const;
  const user = { kind: 'user', id: 1, target_user_id: '@x:b.c', user_id: '@anna:b.c' } as const;
  expect(sameMessage(mine, [mine, same, other, user])).toEqual([same]);
  expect(sameMessage(user, [mine, same, other, user])).toEqual([]);
});
