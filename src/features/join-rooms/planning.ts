import { HomeserverError } from '~/api/errors';
import type { UsersQuery } from '~/api/users';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/data/jobs';
import { unreadNotes, whenAllRead } from '~/data/scans';
import type { Session } from '~/data/session';
import type { Job } from '~/jobs/job';
import { invariant } from '~/lib/invariant';
import { plural } from '~/lib/numbers';
import type { RoomRef } from '~/lib/room-refs';
import { MAX_PAIRS, tooMany } from './choice';
import {
  everyPair,
  isLost,
  needsAdmin,
  planRows,
  runItems,
  type Findings,
  type FoundRoom,
  type Pairing,
  type PairRow,
  type RunItem,
} from './plan';
import { countUsers, describeScan, LOOK_EACH_UP_TO, scanOne, userPages, type Gathered, type ScanItem } from './scan';

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
  /** Ids of rooms where the admin chose to be made an admin first. */
  makeAdmin: ReadonlySet<string>;
  rows: readonly PairRow[];
  items: readonly RunItem[];
  notes: readonly string[];
  /** Epoch ms. */
  madeAt: number;
}

/** What the wizard remembers of its plan, from step to step. */
export interface Planning {
  scan: { job: Job; stage: 'counting' | 'reading'; goOnWithout: () => void } | null;
  planned: Planned | null;
  /** Why there can be no plan. */
  problem: string | null;
}

export const NO_PLANNING: Planning = { scan: null, planned: null, problem: null };

/** Where users are looked up by pages, everybody is read: deactivated and locked ones must be told by name. */
const everybody = (): UsersQuery => ({ guests: false, locked: true });

const PAGE = 1000;

/** Reads what the plan needs and makes it. `patch` is told of each stage, also when the page is left meanwhile. */
export function beginPlanning(session: Session, wanted: Wanted, patch: (part: Partial<Planning>) => void): void {
  const { users } = wanted;
  if (users.kind === 'named' && users.ids.length <= LOOK_EACH_UP_TO) {
    readAll(session, wanted, lookEach(users.ids), patch);
    return;
  }
  const query = users.kind === 'filter' ? users.query : everybody();
  let total = 0;
  const job = scan(session, [{ id: 'Number of users' }], 'Count the users', async (_item, signal) => {
    total = await countUsers(homeserverFor(ownerOf(session)), query, signal);
    return { status: 'done' as const };
  });
  patch({ ...NO_PLANNING, scan: { job, stage: 'counting', goOnWithout: () => undefined } });
  whenAllRead(job, () => {
    const count = users.kind === 'filter' ? total * wanted.rooms.length : 0;
    if (count > MAX_PAIRS) {
      patch({ scan: null, problem: tooMany(count) });
      return;
    }
    const pages = userPages(total, query);
    // As few requests as the API allows: pages of everybody, or a look at each.
    const byLook = users.kind === 'named' && users.ids.length <= total / PAGE;
    readAll(session, wanted, byLook ? lookEach(users.ids) : pages, patch);
  });
}

const lookEach = (ids: readonly string[]): ScanItem[] => ids.map((userId) => ({ kind: 'user', userId }));

function readAll(
  session: Session,
  wanted: Wanted,
  users: readonly ScanItem[],
  patch: (part: Partial<Planning>) => void,
) {
  const gathered: Gathered = { rooms: new Map(), users: new Map() };
  const items = [...wanted.rooms.map((room): ScanItem => ({ kind: 'room', room })), ...ofThisServer(users, session)];
  const finish = (notes: readonly string[]) =>
    patch({ scan: null, planned: plannedFrom(session, wanted, gathered, notes) });
  const ground = () => ({ hs: homeserverFor(ownerOf(session)), userId: session.userId });
  const job = scan(
    session,
    items.map((item) => ({ id: describeScan(item), item })),
    'Read rooms and users',
    ({ item }, signal) => scanOne(ground(), item, gathered, signal),
  );
  patch({ ...NO_PLANNING, scan: { job, stage: 'reading', goOnWithout: () => finish(unreadNotes(job)) } });
  whenAllRead(job, () => finish([]));
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

function plannedFrom(session: Session, wanted: Wanted, gathered: Gathered, notes: readonly string[]): Planned {
  const found: Findings = { ...gathered, serverName: session.serverName };
  const ids = wanted.users.kind === 'named' ? wanted.users.ids : [...gathered.users.keys()];
  const pairs =
    wanted.pairs ??
    everyPair(
      ids,
      wanted.rooms.map(({ ref }) => ref),
    );
  return withMakeAdmin({ found, pairs, notes: [...notes, ...caveats(gathered)], madeAt: Date.now() }, new Set());
}

/** The same findings with another choice of rooms to be made an admin of. */
export function withMakeAdmin(
  { found, pairs, notes, madeAt }: Pick<Planned, 'found' | 'pairs' | 'notes' | 'madeAt'>,
  makeAdmin: ReadonlySet<string>,
): Planned {
  const rows = planRows(pairs, found, makeAdmin);
  const items = runItems(rows);
  const joins = rows.filter(({ verdict }) => verdict === 'will').length;
  invariant(items.filter(({ kind }) => kind === 'join').length === joins, 'each row that will join runs, and no other');
  return { found, pairs, notes, madeAt, makeAdmin, rows, items };
}

/** What was not looked at, and so may still be refused by the server. */
function caveats({ rooms, users }: Gathered): string[] {
  const notes: string[] = [];
  if ([...users.values()].some(({ suspended }) => suspended === null)) {
    notes.push('Who is suspended is not told by the users list; each user is looked at again just before the join.');
  }
  const large = [...rooms.values()].filter((room) => !isLost(room) && room.known && !room.bansLookedAt).length;
  if (large > 0)
    notes.push(`${plural(large, 'room is', 'rooms are')} too large to read the bans of; the homeserver refuses those.`);
  return notes;
}

/** Rooms of the plan where nobody can be joined unless the admin is made an admin of the room, each once. */
export function roomsInNeed({ found }: Planned): FoundRoom[] {
  const rooms = new Map<string, FoundRoom>();
  for (const room of found.rooms.values()) if (!isLost(room) && needsAdmin(room)) rooms.set(room.roomId, room);
  return [...rooms.values()];
}
