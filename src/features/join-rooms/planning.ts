import { HomeserverError } from '~/api/errors';
import { lacks } from '~/api/since';
import type { UsersQuery } from '~/api/users';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import type { Making } from '~/job-store/plan-draft';
import { unreadNotes } from '~/job-store/scans';
import type { Session } from '~/data/session';
import type { Job } from '~/jobs/job';
import { plural } from '~/lib/numbers';
import type { RoomRef } from '~/lib/room-refs';
import { MAX_PAIRS, tooMany } from './choice';
import {
  everyPair,
  isLost,
  NOTHING_CHOSEN,
  planRows,
  waitsForAdmin,
  type Findings,
  type FoundRoom,
  type Pairing,
  type PairRow,
  type PlanChoices,
} from './plan';
import { countUsers, describeScan, LOOK_EACH_UP_TO, scanOne, userPages, type Gathered, type ScanItem } from './scan';
import { wordsOf } from '~/lib/words';

/** What was chosen, understood: which rooms, and which users. */
export interface Wanted {
  rooms: readonly RoomRef[];
  users: { kind: 'named'; ids: readonly string[] } | { kind: 'filter'; query: UsersQuery };
  /** Null: every user to every room. */
  pairs: readonly Pairing[] | null;
}

/** A plan as it was made: what runs is this and nothing else. */
export interface Planned {
  found: Findings;
  pairs: readonly Pairing[];
  choices: PlanChoices;
  rows: readonly PairRow[];
  notes: readonly string[];
  /** Epoch ms. */
  madeAt: number;
}

/** What is read: first how many users there are, where a list of them is read; then everything. */
export type Stage = 'counting' | 'reading';

/** Where users are looked up by pages, everybody is read: deactivated and locked ones must be told by name. */
const everybody = (): UsersQuery => ({ guests: false, locked: true });

const PAGE = 1000;

/** Reads what the plan needs and makes it. */
export function beginPlanning(session: Session, wanted: Wanted, making: Making<Planned>): void {
  const { users } = wanted;
  if (users.kind === 'named' && users.ids.length <= LOOK_EACH_UP_TO) {
    readAll(session, wanted, { items: lookEach(users.ids), absence: NO_SUCH_USER, listed: null }, making);
    return;
  }
  const query = users.kind === 'filter' ? users.query : everybody();
  let total = 0;
  const job = scan(session, [{ id: 'Number of users' }], 'Count the users', async (_item, signal) => {
    total = await countUsers(homeserverFor(ownerOf(session)), query, signal);
    return { status: 'done' as const };
  });
  const next = () => {
    const count = users.kind === 'filter' ? total * wanted.rooms.length : 0;
    if (count > MAX_PAIRS) {
      making.fail(tooMany(count));
      return;
    }
    // As few requests as the API allows: pages of everybody, or a look at each.
    const byLook = users.kind === 'named' && users.ids.length <= total / PAGE;
    const reading: Reading = byLook
      ? { items: lookEach(users.ids), absence: NO_SUCH_USER, listed: null }
      : { items: userPages(total, query), absence: session.mas ? NOT_LISTED_MAS : NOT_LISTED, listed: total };
    readAll(session, wanted, reading, making);
  };
  making.read(job, 'counting' satisfies Stage, next);
}

/** How users are looked up, and what it means that one is not found. */
interface Reading {
  items: readonly ScanItem[];
  absence: string;
  /** How many a list said that there are; null where each is looked up. */
  listed: number | null;
}

const NO_SUCH_USER = 'no such user';
/** Guests are not in the list that is read. */
const NOT_LISTED = 'not in the list of users: there is none of this name, or it is a guest';
/** Behind MAS there are no guests (`users.py:123-129`). */
const NOT_LISTED_MAS = 'not in the list of users: there is none of this name';
const LIST_CUT = 'not in the part of the list of users that could be read';

const lookEach = (ids: readonly string[]): ScanItem[] => ids.map((userId) => ({ kind: 'user', userId }));

function readAll(session: Session, wanted: Wanted, reading: Reading, making: Making<Planned>): void {
  const gathered: Gathered = { rooms: new Map(), users: new Map(), leftOut: new Map() };
  const users = ofThisServer(reading.items, session);
  const items = [...wanted.rooms.map((room): ScanItem => ({ kind: 'room', room })), ...users];
  const ground = () => ({ hs: homeserverFor(ownerOf(session)), userId: session.userId });
  const job = scan(
    session,
    items.map((item) => ({ id: describeScan(item), item })),
    'Read rooms and users',
    ({ item }, signal) => scanOne(ground(), item, gathered, signal),
  );
  making.read(job, 'reading' satisfies Stage, () => {
    const unread = job.indexes(['failed', 'unknown']).map((index) => items[index]);
    const cut = unread.some((item) => item?.kind === 'users-page');
    const { serverName } = session;
    making.finish(
      plannedFrom(
        wanted,
        {
          ...gathered,
          serverName,
          absence: cut ? LIST_CUT : reading.absence,
          unread: new Set(unread.flatMap((item) => (item?.kind === 'user' ? [item.userId] : []))),
        },
        [...unreadNotes(job), ...listNotes(reading, gathered, cut), ...whoseNotes(session)],
      ),
    );
  });
}

/** Without the room's messages no join can be told for this job's own. */
function whoseNotes({ version }: Session): string[] {
  const lacking = lacks(version, 'room-messages');
  if (lacking === null) return [];
  return [
    `Glia can’t tell this job’s joins from those of others here, so each join ends as “skipped: by this job or by someone else”. ${wordsOf(lacking)}`,
  ];
}

/** Whom the list named and the plan has not; and that the list changed: accounts made or removed push others over an edge. */
function listNotes({ listed }: Reading, { users, leftOut }: Gathered, cut: boolean): string[] {
  const pages = [...(leftOut?.values() ?? [])];
  const unreadable = pages.reduce((sum, page) => sum + page.unreadable, 0);
  const named = users.size + unreadable + pages.reduce((sum, page) => sum + page.unfit, 0);
  const notes =
    unreadable === 0
      ? []
      : [
          `${plural(unreadable, 'listed user')} could not be read, and ${unreadable === 1 ? 'is' : 'are'} not in this plan.`,
        ];
  if (listed === null || cut || named >= listed) return notes;
  return [
    ...notes,
    `The list of users changed while it was read: it named ${plural(named, 'user')} of ${plural(listed, 'user')}. Review again to be sure.`,
  ];
}

/** Another server's users are not looked up: the plan refuses them by their name. */
const ofThisServer = (items: readonly ScanItem[], { serverName }: Session) =>
  items.filter((item) => item.kind !== 'user' || item.userId.endsWith(`:${serverName}`));

function scan<Item extends { id: string }>(
  session: Session,
  items: readonly Item[],
  title: string,
  run: (item: Item, signal: AbortSignal) => ReturnType<typeof scanOne>,
): Job {
  return startScan<Item>({
    kind: 'scan',
    title,
    owner: ownerOf(session),
    items,
    describe: ({ id }) => ({ id, columns: {} }),
    run: (item, { signal }) => run(item, signal),
    verify: () => Promise.resolve({ status: 'not-done' }),
    classify(error) {
      // A remote server that does not answer for its alias (`directory.py:277-306`) will not answer a moment later.
      if (error instanceof HomeserverError && error.status === 502 && error.errcode !== undefined) {
        return { kind: 'refused', reason: error.message };
      }
      return classifyHomeserverError(error);
    },
    repeatable: true,
  });
}

function plannedFrom(wanted: Wanted, found: Findings, notes: readonly string[]): Planned {
  const ids = wanted.users.kind === 'named' ? wanted.users.ids : [...found.users.keys()];
  const pairs =
    wanted.pairs ??
    everyPair(
      ids,
      wanted.rooms.map(({ ref }) => ref),
    );
  return withChoices({ found, pairs, notes: [...notes, ...caveats(found, ids)], madeAt: Date.now() }, NOTHING_CHOSEN);
}

/** The same findings with other choices. */
export function withChoices(
  { found, pairs, notes, madeAt }: Pick<Planned, 'found' | 'pairs' | 'notes' | 'madeAt'>,
  choices: PlanChoices,
): Planned {
  return { found, pairs, notes, madeAt, choices, rows: planRows(pairs, found, choices) };
}

/** What the plan could not look at, or does not do, though one might think so. */
function caveats({ rooms, users }: Findings, ids: readonly string[]): string[] {
  const notes: string[] = [];
  // Where a list was read it holds everybody, and the plan is about some.
  const meant = ids.flatMap((id) => users.get(id) ?? []);
  if (meant.some(({ suspended }) => suspended === null)) {
    notes.push('Who is suspended is not told by the list of users; each is looked at again just before the join.');
  }
  // The server checks neither (`rooms.py:558-636`): who comes back would find themselves in rooms that nobody meant then.
  if (meant.some(({ deactivated, locked }) => deactivated || locked)) {
    notes.push('Deactivated and locked users are left out, though the homeserver itself checks neither.');
  }
  const found = [...rooms.values()].filter((room): room is FoundRoom => !isLost(room));
  const large = found.filter((room) => room.known && !room.bansLookedAt).length;
  if (large > 0) {
    notes.push(
      `${plural(large, 'room is', 'rooms are')} too large to read the bans of; the homeserver refuses who is banned.`,
    );
  }
  const spaces = found.filter(({ isSpace }) => isSpace).length;
  if (spaces > 0) {
    notes.push(`${plural(spaces, 'room is a space', 'rooms are spaces')}: joining a space joins none of its rooms.`);
  }
  return notes;
}

/** Rooms where somebody of the plan could be joined if only the admin were made an admin of the room, each once. */
export function roomsInNeed({ rows }: Pick<Planned, 'rows'>): FoundRoom[] {
  const rooms = new Map<string, FoundRoom>();
  for (const row of rows) if (!isLost(row.room) && waitsForAdmin(row)) rooms.set(row.room.roomId, row.room);
  return [...rooms.values()];
}
