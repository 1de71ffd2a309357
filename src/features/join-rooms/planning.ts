import { t } from '@lingui/core/macro';
import { HomeserverError } from '~/api/errors';
import { lacks } from '~/api/since';
import type { UsersQuery } from '~/api/users';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import type { Making } from '~/job-store/plan-draft';
import { unreadNotes } from '~/job-store/scans';
import type { Session } from '~/data/session';
import type { Job } from '~/jobs/job';
import type { RoomRef } from '~/lib/room-refs';
import { sentences, withValues, type Text } from '~/lib/text';
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
import {
  countUsers,
  describeScan,
  LOOK_EACH_UP_TO,
  NO_SUCH_USER,
  scanOne,
  userPages,
  type Gathered,
  type ScanItem,
} from './scan';
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
  notes: readonly Text[];
  /** Epoch ms. */
  madeAt: number;
}

/** What is read: first the number of users, where a list of them is read, and then everything else. */
export type Stage = 'counting' | 'reading';

/** Where the list of users is read, it is read with deactivated and locked users: the plan says of each that it is left out. */
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
  const job = scan(session, [{ id: t`Number of users` }], COUNT_USERS, async (_item, signal) => {
    total = await countUsers(homeserverFor(ownerOf(session)), query, signal);
    return { status: 'done' as const };
  });
  const next = () => {
    const count = users.kind === 'filter' ? total * wanted.rooms.length : 0;
    if (count > MAX_PAIRS) {
      making.fail(wordsOf(tooMany(count)));
      return;
    }
    // Whichever takes fewer requests: pages of all users, or one request for each named user.
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
  absence: Text;
  /** How many a list said that there are; null where each is looked up. */
  listed: number | null;
}

const COUNT_USERS = /*i18n*/ { id: 'join.scan.count', message: 'Count the users' };
const READ_ALL = /*i18n*/ { id: 'join.scan.read', message: 'Read rooms and users' };

/** Guests are not in the list that is read. */
const NOT_LISTED = /*i18n*/ {
  id: 'join.not-listed',
  message: 'not in the list of users: there is no user with this ID, or it is a guest',
};
/** Behind MAS there are no guests (`users.py:123-129`). */
const NOT_LISTED_MAS = /*i18n*/ {
  id: 'join.not-listed-mas',
  message: 'not in the list of users: there is no user with this ID',
};
const LIST_CUT = /*i18n*/ {
  id: 'join.list-cut',
  message: 'not in the part of the list of users that could be read',
};

const lookEach = (ids: readonly string[]): ScanItem[] => ids.map((userId) => ({ kind: 'user', userId }));

function readAll(session: Session, wanted: Wanted, reading: Reading, making: Making<Planned>): void {
  const gathered: Gathered = { rooms: new Map(), users: new Map(), leftOut: new Map() };
  const users = ofThisServer(reading.items, session);
  const items = [...wanted.rooms.map((room): ScanItem => ({ kind: 'room', room })), ...users];
  const ground = () => ({ hs: homeserverFor(ownerOf(session)), userId: session.userId });
  const job = scan(
    session,
    items.map((item) => ({ id: describeScan(item), item })),
    READ_ALL,
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

/** Without the room's messages Glia can't tell which joins are this job's. */
function whoseNotes({ version }: Session): Text[] {
  const lacking = lacks(version, 'room-messages');
  return lacking === null ? [] : [sentences(NOT_TOLD_APART, lacking)];
}

const NOT_TOLD_APART = /*i18n*/ {
  id: 'join.note.not-told-apart',
  message:
    'Glia can’t tell the joins of this job from those of others here, so each join ends as skipped: “joined by this job or by someone else”.',
};
const UNREADABLE = /*i18n*/ {
  id: 'join.note.unreadable',
  message:
    '{count, plural, one {# listed user could not be read, and is not in this plan.} other {# listed users could not be read, and are not in this plan.}}',
} as const;
const LIST_CHANGED = /*i18n*/ {
  id: 'join.note.list-changed',
  message:
    'The list of users changed while it was read: it named {named, number} of {count, plural, one {# user} other {# users}}. Review again to be sure.',
} as const;

/** Listed users that are not in the plan, and whether the list changed in the meantime: then users may have moved from page to page unread. */
function listNotes({ listed }: Reading, { users, leftOut }: Gathered, cut: boolean): Text[] {
  const pages = [...(leftOut?.values() ?? [])];
  const unreadable = pages.reduce((sum, page) => sum + page.unreadable, 0);
  const named = users.size + unreadable + pages.reduce((sum, page) => sum + page.unfit, 0);
  const notes = unreadable === 0 ? [] : [withValues(UNREADABLE, { count: unreadable })];
  if (listed === null || cut || named >= listed) return notes;
  return [...notes, withValues(LIST_CHANGED, { named, count: listed })];
}

/** Users of other homeservers are not looked up: their IDs alone say that they can't be joined. */
const ofThisServer = (items: readonly ScanItem[], { serverName }: Session) =>
  items.filter((item) => item.kind !== 'user' || item.userId.endsWith(`:${serverName}`));

function scan<Item extends { id: string }>(
  session: Session,
  items: readonly Item[],
  title: Text,
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
      // If a remote server did not answer for its alias (`directory.py:277-306`), asking again at once does not help.
      if (error instanceof HomeserverError && error.status === 502 && error.errcode !== undefined) {
        return { kind: 'refused', reason: error.text };
      }
      return classifyHomeserverError(error);
    },
    repeatable: true,
  });
}

function plannedFrom(wanted: Wanted, found: Findings, notes: readonly Text[]): Planned {
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

const SUSPENDED_LATER = /*i18n*/ {
  id: 'join.note.suspended-later',
  message: 'The list of users does not say who is suspended, so Glia looks each user up just before the join.',
};
const NOT_CHECKED = /*i18n*/ {
  id: 'join.note.not-checked',
  message: 'Deactivated and locked users are left out. The homeserver itself would join them.',
};
const LARGE = /*i18n*/ {
  id: 'join.note.large',
  message:
    '{count, plural, one {# room is} other {# rooms are}} too large to read the bans of. The homeserver won’t let banned users join.',
} as const;
const SPACES = /*i18n*/ {
  id: 'join.note.spaces',
  message:
    '{count, plural, one {# room is a space} other {# rooms are spaces}}: joining a space does not join the rooms in it.',
} as const;

/** What the plan could not look at, or does not do though a reader might expect it. */
function caveats({ rooms, users }: Findings, ids: readonly string[]): Text[] {
  // A list that was read may hold more users than the plan is about.
  const meant = ids.flatMap((id) => users.get(id) ?? []);
  const found = [...rooms.values()].filter((room): room is FoundRoom => !isLost(room));
  const large = found.filter((room) => room.known && !room.bansLookedAt).length;
  const spaces = found.filter(({ isSpace }) => isSpace).length;
  return [
    ...(meant.some(({ suspended }) => suspended === null) ? [SUSPENDED_LATER] : []),
    // The homeserver checks neither (`rooms.py:558-636`): such users would be in these rooms when they are reactivated or unlocked.
    ...(meant.some(({ deactivated, locked }) => deactivated || locked) ? [NOT_CHECKED] : []),
    ...(large > 0 ? [withValues(LARGE, { count: large })] : []),
    ...(spaces > 0 ? [withValues(SPACES, { count: spaces })] : []),
  ];
}

/** Rooms that users could join if the admin became an admin of the room, each once. */
export function roomsInNeed({ rows }: Pick<Planned, 'rows'>): FoundRoom[] {
  const rooms = new Map<string, FoundRoom>();
  for (const row of rows) if (!isLost(row.room) && waitsForAdmin(row)) rooms.set(row.room.roomId, row.room);
  return [...rooms.values()];
}
