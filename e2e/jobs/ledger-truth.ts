import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import type { LogEntry } from '../../src/mocks/request-log.ts';
import type { LocalMedia, Room } from '../../src/mocks/state.ts';
import { expect } from '../fixtures.ts';
import type { ReportItem } from './wizard-runs.ts';

/** A job as its homeserver saw it: which items there are, what came of each, and by which requests. */
export interface Sight {
  /** The ids of the plan. */
  ids: readonly string[];
  /** Whether the homeserver is now as this item was to make it. */
  happened(id: string): boolean;
  /** The homeserver may carry it out again where the answer to the first time was lost: it changes nothing more then. */
  harmlessTwice: boolean;
  /** Which item a request that changes something is about; null = none of this job's. */
  itemOf(request: Pick<LogEntry, 'method' | 'pieces' | 'body'>): string | null;
  /** The before-state that the ledger should have kept. */
  before(id: string): Record<string, unknown>;
}

/**
 * Nothing lost, no false success: the report equals the homeserver's state, item by item; every request that could change
 * something belongs to an item and was counted there; and none was sent again after an answer that said it is done.
 * @param unsure ids that may rightly be unknown still
 */
export function seeLedgerIsTheTruth(
  model: MockHomeserver,
  sight: Sight,
  report: readonly ReportItem[],
  unsure: readonly string[] = [],
): void {
  expect(report.map(({ id }) => id).toSorted(), 'the report has each item of the plan once').toEqual(
    sight.ids.toSorted(),
  );
  const writes = Map.groupBy(model.log.writes(), (entry) => sight.itemOf(entry));
  expect(writes.get(null) ?? [], 'requests of no item of the plan').toEqual([]);
  const lies = report.flatMap((item) => {
    const sent = writes.get(item.id) ?? [];
    const happened = sight.happened(item.id);
    const told = `${item.id} is ${item.status} (${item.reason || 'no reason'}), sent: ${sent.map(wordsOf).join(', ') || 'nothing'}`;
    const holds: [string, boolean][] = [
      ['done is done', item.status !== 'done' || happened],
      [
        'what is not called done did not happen, or is told as what anybody may have done',
        item.status === 'done' || item.status === 'unknown' || !happened || isAnybodys(item),
      ],
      ['unknown only where nobody can know', item.status !== 'unknown' || unsure.includes(item.id)],
      ['done by us', item.status !== 'done' || sent.some(({ worked }) => worked === 200)],
      ['done once', sight.harmlessTwice || sent.filter(({ worked }) => worked === 200).length <= 1],
      ['every request was counted', sent.filter((entry) => !wasCut(entry)).length <= item.attempts],
      ['nothing is sent after an answer that said done', !sent.slice(0, -1).some(saidDone)],
      ['a reason where it is not plainly done', item.status === 'done' || item.reason !== '' || sent.length === 0],
      ['a time for each outcome', (item.status === 'waiting') === (item.time === null)],
    ];
    return holds.flatMap(([what, holdsSo]) => (holdsSo ? [] : [`${what}: ${told}`]));
  });
  expect(lies).toEqual([]);
  for (const { id, before } of report) if (before !== undefined) expect(before, id).toMatchObject(sight.before(id));
  expect(model.crashes).toEqual([]);
}

/** Found as it should be, after a request whose answer nobody read. */
export const isAnybodys = ({ status, reason }: ReportItem): boolean =>
  status === 'skipped' && /this job( that got no answer,)? or (?:by )?someone else/i.test(reason);

/** The answer was read: nothing stood between the rule's 200 and whoever asked. */
const saidDone = ({ worked, status, fault }: LogEntry) => worked === 200 && status === 200 && fault === null;

/**
 * A connection that is cut before the answer began: where it had been used before, Chromium sends the request again by itself,
 * whatever its method (`HttpNetworkTransaction::ShouldResendRequest`). No page can see or prevent that.
 */
const wasCut = ({ status }: LogEntry) => status === 0;

const wordsOf = ({ method, status, worked, fault }: LogEntry) =>
  `${method} ${status ?? 'in flight'}${fault === null ? '' : ` ${fault}`}${worked === null ? '' : `, worked ${worked}`}`;

export function joinsSight(rooms: readonly Room[], users: readonly string[]): Sight {
  const pairs = new Map<string, { room: Room; userId: string }>(
    rooms.flatMap((room) =>
      users.map((userId): [string, { room: Room; userId: string }] => [`${userId} ${room.room_id}`, { room, userId }]),
    ),
  );
  return {
    ids: [...pairs.keys()],
    // In a public room a second join answers 200, and is no event (synapse-admin-api §2.8).
    harmlessTwice: true,
    happened: (id) => {
      const pair = pairs.get(id);
      return pair?.room.members.get(pair.userId)?.membership === 'join';
    },
    itemOf({ pieces, body }) {
      const { user_id } = (body ?? {}) as { user_id?: string };
      const id = `${user_id} ${pieces.at(-1)}`;
      return pieces.at(-2) === 'join' && pairs.has(id) ? id : null;
    },
    before(id) {
      const pair = pairs.get(id);
      return { kept: 'join/1', room_id: pair?.room.room_id, user_id: pair?.userId };
    },
  };
}

export function deletionsSight(model: MockHomeserver, files: readonly LocalMedia[]): Sight {
  const mxc = (mediaId: string) => `mxc://${model.serverName}/${mediaId}`;
  const facts = new Map(files.map((file) => [mxc(file.media_id), { ...file }]));
  return {
    ids: [...facts.keys()],
    harmlessTwice: false,
    happened: (id) => !model.state.media.has(facts.get(id)?.media_id ?? ''),
    itemOf({ method, pieces }) {
      const id = mxc(pieces.at(-1) ?? '');
      return method === 'DELETE' && facts.has(id) ? id : null;
    },
    before(id) {
      const file = facts.get(id);
      if (!file) return {};
      const { user_id: owner, upload_name: name, media_type: type, media_length: bytes } = file;
      const note = { owner, name, type, bytes, created: file.created_ts, opened: file.last_access_ts };
      return { kept: 'action/1', before: { exists: true }, identity: file.created_ts, note };
    },
  };
}

export function removalsSight(model: MockHomeserver, provider: string): Sight {
  const holders = [...model.state.users.values()].filter(({ external_ids }) =>
    external_ids.some(({ auth_provider }) => auth_provider === provider),
  );
  const had = new Map(holders.map(({ name, external_ids }) => [name, external_ids.map((id) => ({ ...id }))]));
  return {
    ids: [...had.keys()],
    // A PUT says what is to be there, so a second one with the same list changes nothing.
    harmlessTwice: true,
    happened(id) {
      const kept = had.get(id)?.filter(({ auth_provider }) => auth_provider !== provider);
      return JSON.stringify(model.state.users.get(id)?.external_ids) === JSON.stringify(kept);
    },
    itemOf: ({ method, pieces }) => (method === 'PUT' && had.has(pieces.at(-1) ?? '') ? (pieces.at(-1) ?? null) : null),
    before: (id) => ({ kept: 'action/1', before: { external_ids: had.get(id) } }),
  };
}

/**
 * The same for a sweep, whose items are slices: each planned file is in one slice; the files of a slice that is done are gone; a
 * slice was sent again only where nothing came of it before, and its own words are the homeserver's.
 */
export function seeSweepIsTheTruth(
  model: MockHomeserver,
  files: readonly LocalMedia[],
  report: readonly ReportItem[],
): void {
  const planned = report.flatMap((item) => sliceOf(item).planned);
  expect(planned.toSorted(), 'each planned file in one slice').toEqual(
    files.map(({ media_id }) => media_id).toSorted(),
  );
  const sweeps = Map.groupBy(model.log.writes(), ({ query }) => Number(query.get('before_ts')));
  // A slice that never came through may have been taken along by the next one.
  const dates = new Set(report.map((item) => sliceOf(item).before_ts));
  expect(
    [...sweeps.keys()].filter((date) => !dates.has(date)),
    'requests of no slice',
  ).toEqual([]);
  const lies = report.flatMap((item) => {
    const slice = sliceOf(item);
    const sent = sweeps.get(slice.before_ts) ?? [];
    const left = slice.planned.filter((id) => model.state.media.has(id));
    // Another slice takes what one left, and says so.
    const takenAlong = report.some(
      (other) =>
        other !== item &&
        (sliceOf(other).deleted?.some((id) => slice.planned.includes(id)) ||
          /earlier request|failed request/.test(other.reason)),
    );
    const told = `${item.id} is ${item.status} (${item.reason}), sent: ${sent.map(wordsOf).join(', ')}, left: ${left.length}`;
    const holds: [string, boolean][] = [
      ['done is done', item.status !== 'done' || left.length === 0],
      [
        'failed is left, or told by who took it',
        item.status !== 'failed' || left.length === slice.planned.length || takenAlong,
      ],
      ['all are told', ['done', 'failed'].includes(item.status) || isAnybodys(item)],
      ['nothing is sent after an answer that said done', !sent.slice(0, -1).some(saidDone)],
      ['every request was counted', sent.filter((entry) => !wasCut(entry)).length <= item.attempts],
      ['what it says was deleted is gone', !slice.deleted?.some((id) => model.state.media.has(id))],
      [
        'exactly as planned',
        !item.reason.includes('exactly as planned') || slice.deleted?.length === slice.planned.length,
      ],
      ['none is called spared that is gone', !/planned files? (?:was|were) kept/.test(item.reason)],
    ];
    return holds.flatMap(([what, holdsSo]) => (holdsSo ? [] : [`${what}: ${told}`]));
  });
  expect(lies).toEqual([]);
  expect(model.crashes).toEqual([]);
}

const sliceOf = ({ before }: ReportItem) => before as { before_ts: number; planned: string[]; deleted?: string[] };
