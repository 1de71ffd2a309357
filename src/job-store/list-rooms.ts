import { HomeserverError } from '~/api/errors';
import { resolveAlias } from '~/api/homeserver';
import { listRooms, type RoomsQuery } from '~/api/rooms';
import { fitsRoomSearch } from '~/api/wildcards';
import type { Session } from '~/data/session';
import { isAlias } from '~/lib/room-refs';
import { withValues, type Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';
import { wordsOf } from '~/lib/words';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from './jobs';
import type { Making } from './plan-draft';

/** Rooms as they are named, by their IDs or aliases, or all that match a filter of the rooms list. */
export type RoomTargets =
  | { readonly refs: readonly string[] }
  | { readonly filter: RoomsQuery; readonly total: number };

const PAGE = 1000;

const LIST = /*i18n*/ { id: 'list.rooms', message: 'List the rooms' };
const ALIASES = /*i18n*/ { id: 'list.aliases', message: 'Look up the room aliases' };
const PAGE_FROM = /*i18n*/ { id: 'list.rooms-from', message: 'Rooms from {first, number}' } as const;
const ODD_ROOMS = /*i18n*/ {
  id: 'list.odd-rooms',
  message: 'Glia could not read {count, plural, one {# room} other {# rooms}} in the list.',
} as const;
const CHANGED = /*i18n*/ {
  id: 'list.rooms-changed',
  message:
    'The list changed while Glia read it: it has {named, number} of {count, plural, one {# room} other {# rooms}}. Review again to be sure.',
} as const;
const NO_ALIAS = /*i18n*/ { id: 'list.no-alias', message: 'No room has this alias.' };

interface Found {
  readonly ids: readonly string[];
  readonly notes: readonly Text[];
  /** Aliases that name no room, and why. */
  readonly lost: readonly { readonly id: string; readonly reason: Text }[];
}

type Reads = Pick<Making<never>, 'read'>;

/** @param next called with the rooms once everything was read */
export function findRooms(session: Session, targets: RoomTargets, making: Reads, next: (found: Found) => void): void {
  if ('refs' in targets) resolve(session, targets.refs, making, next);
  else listMatchingRooms(session, targets.filter, making, next);
}

/** An alias and an ID of the same room are one room. */
function resolve(session: Session, refs: readonly string[], making: Reads, next: (found: Found) => void): void {
  const owner = ownerOf(session);
  const aliases = refs.filter(isAlias);
  const found = new Map<string, string>();
  const lost = new Map<string, Text>();
  const end = () =>
    next({
      ids: [...new Set(refs.flatMap((ref) => (isAlias(ref) ? (found.get(ref) ?? []) : ref)))],
      notes: [],
      lost: [...lost].map(([id, reason]) => ({ id, reason })),
    });
  if (aliases.length === 0) return end();
  const job = startScan<string>({
    kind: 'scan',
    title: ALIASES,
    owner,
    items: aliases,
    describe: (id) => ({ id, columns: {} }),
    run: async (alias, { signal }) => {
      try {
        found.set(alias, (await resolveAlias(homeserverFor(owner), alias, signal)).room_id);
      } catch (error) {
        // 502: the server that the alias belongs to could not be asked.
        const isItsWord = error instanceof HomeserverError && error.kind === 'matrix';
        if (!isItsWord || (!error.notFound && error.status !== 502)) throw error;
        lost.set(alias, error.notFound ? NO_ALIAS : textOfError(error));
      }
      return { status: 'done' };
    },
    classify: classifyHomeserverError,
    repeatable: true,
  });
  making.read(job, 'list', () => {
    for (const index of job.indexes(['failed', 'unknown'])) {
      const { id, reason } = job.row(index);
      lost.set(id, reason);
    }
    end();
  });
}

/** Those that really match, each once, though the list may change while its pages are read. */
function listMatchingRooms(session: Session, filter: RoomsQuery, making: Reads, next: (found: Found) => void): void {
  const owner = ownerOf(session);
  const notes: Text[] = [];
  const ids = new Set<string>();
  const seen = new Set<string>();
  let total = 0;
  const list = (offsets: readonly number[], then: () => void) => {
    const job = startScan<number>({
      kind: 'scan',
      title: LIST,
      owner,
      items: offsets,
      describe: (from) => ({ id: wordsOf(withValues(PAGE_FROM, { first: from + 1 })), columns: {} }),
      run: async (from, { signal }) => {
        const page = await listRooms(homeserverFor(owner), { ...filter, from, limit: PAGE }, signal);
        for (const room of page.rooms) {
          seen.add(room.room_id);
          if (fitsRoomSearch(filter, room)) ids.add(room.room_id);
        }
        if (page.odd.length > 0) notes.push(withValues(ODD_ROOMS, { count: page.odd.length }));
        total = page.total;
        return { status: 'done' };
      },
      classify: classifyHomeserverError,
      repeatable: true,
      policy: { concurrency: 1, failureThreshold: 1 },
    });
    making.read(job, 'list', then);
  };
  const listed = () => {
    if (seen.size < total) notes.push(withValues(CHANGED, { named: seen.size, count: total }));
    next({ ids: [...ids], notes, lost: [] });
  };
  // How many pages there are is in the first one.
  list([0], () => {
    const offsets = [];
    for (let from = PAGE; from < total; from += PAGE) offsets.push(from);
    if (offsets.length === 0) listed();
    else list(offsets, listed);
  });
}
