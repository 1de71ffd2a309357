import { HomeserverError } from '~/api/errors';
import { pageStarts } from '~/api/pages';
import { listUploaders } from '~/api/statistics';
import { getUser, listDevices, listUsers, type UsersQuery } from '~/api/users';
import { fitsUserSearch } from '~/api/wildcards';
import { sessionOf, type Session } from '~/data/session';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import type { Making } from '~/job-store/plan-draft';
import { ScanWriter } from '~/job-store/scan-writer';
import { scannedUser, type ScannedUser } from '~/job-store/scanned-user';
import type { KeptScan, Listed, ScanChoice, ScanHead, Unread } from '~/job-store/user-scans';
import type { Job, Outcome } from '~/jobs/job';
import { newId } from '~/jobs/new-id';
import { withValues, type Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';

/** What is read: who there is, how much their files take, and then each of them. Nothing is changed. */
export type Stage = 'list' | 'storage' | 'users';

/** A scan as it is in this tab; `problem`: why it is not on disk. */
export interface ScanResult {
  readonly scan: KeptScan;
  readonly problem: Text | null;
}

const LISTING = /*i18n*/ { id: 'scan-users.listing', message: 'List the users' };
const PAGE_FROM = /*i18n*/ { id: 'scan-users.page-from', message: 'Users from {from, number}' } as const;
const SIZING = /*i18n*/ { id: 'scan-users.sizing', message: 'Read how much storage users take' };
const OWNERS_FROM = /*i18n*/ { id: 'scan-users.owners-from', message: 'Owners of files from {from, number}' } as const;
const READING = /*i18n*/ { id: 'scan-users.reading', message: 'Read each user' };
const GONE = /*i18n*/ {
  id: 'scan-users.gone',
  message: 'The account is gone: it was in the list, but no longer exists.',
};
const LIST_CHANGED = /*i18n*/ {
  id: 'scan-users.list-changed',
  message:
    'The list changed while Glia was reading it, and has {found, number} of {total, plural, one {# user} other {# users}}. Scan again to be sure.',
} as const;
const NOT_UNDERSTOOD = /*i18n*/ {
  id: 'scan-users.not-understood',
  message:
    '{count, plural, one {# user of the list is in a form that Glia can’t read, and is missing from this scan.} other {# users of the list are in a form that Glia can’t read, and are missing from this scan.}}',
} as const;
const STORAGE_PARTLY = /*i18n*/ {
  id: 'scan-users.storage-partly',
  message:
    'Not all of the homeserver’s statistics could be read: the storage of users who are not in them is unknown here, not zero.',
};

/** Each page costs the server scans of whole tables, so they are large. */
const PAGE = 1000;

/** Under MAS the list takes nothing but `guests=false`, and there are no guests (`users.py:123-129`). */
export function queryOf(choice: Omit<ScanChoice, 'devices' | 'storage'>, { mas }: Pick<Session, 'mas'>): UsersQuery {
  const query: UsersQuery = { order_by: 'name' };
  if (choice.name !== '') query.name = choice.name;
  if (mas || !choice.guests) query.guests = false;
  if (choice.locked) query.locked = true;
  if (!choice.deactivated) query.deactivated = false;
  return query;
}

type Report = (result: ScanResult) => void;

/** Lists the users, and reads each. @param report called with what was read, also where it was stopped before the end */
export function beginScan(session: Session, choice: ScanChoice, making: Making<object>, report: Report): void {
  const notes: Text[] = [];
  listAll(session, choice, making, notes, (listed) => {
    const now = Date.now();
    const { baseUrl, userId } = ownerOf(session);
    const head: ScanHead = {
      id: newId(now),
      baseUrl,
      userId,
      choice,
      startedAt: now,
      endedAt: null,
      readAt: now,
      total: listed.length,
      notes,
      size: 0,
    };
    readOn({
      session,
      choice,
      making,
      report,
      notes,
      listed,
      users: [],
      gone: [],
      writer: ScanWriter.begin(head, listed),
    });
  });
}

/** Reads those that were not read yet, or could not be. */
export function resumeScan(session: Session, kept: KeptScan, making: Making<object>, report: Report): void {
  const { head, listed, users, unread } = kept;
  readOn({
    session,
    choice: head.choice,
    making,
    report,
    notes: head.notes.filter((note) => typeof note === 'string' || note.id !== STORAGE_PARTLY.id),
    listed,
    users: [...users],
    gone: unread.filter(({ gone }) => gone),
    writer: ScanWriter.resume(kept),
  });
}

function listAll(
  session: Session,
  choice: ScanChoice,
  making: Making<object>,
  notes: Text[],
  next: (listed: readonly Listed[]) => void,
): void {
  const owner = ownerOf(session);
  const query = queryOf(choice, session);
  const listed = new Map<string, number | null>();
  /** Those too that match only by a wildcard in the search. */
  const seen = new Set<string>();
  let total = 0;
  let furthest = 0;
  const list = (offsets: readonly number[], then: () => void) => {
    const job = startScan<number>({
      kind: 'scan',
      title: LISTING,
      owner,
      items: offsets,
      describe: (from) => ({ id: wordsOf(withValues(PAGE_FROM, { from: from + 1 })), columns: {} }),
      run: async (from, { signal }) => {
        const page = await listUsers(homeserverFor(owner), { ...query, from, limit: PAGE }, signal);
        for (const user of page.users) {
          seen.add(user.name);
          if (fitsUserSearch(query, user)) listed.set(user.name, user.last_seen_ts ?? null);
        }
        if (page.odd.length > 0) notes.push(withValues(NOT_UNDERSTOOD, { count: page.odd.length }));
        total = page.total;
        if (page.users.length + page.odd.length > 0) furthest = Math.max(furthest, page.next ?? 0);
        return { status: 'done' };
      },
      classify: classifyHomeserverError,
      repeatable: true,
      // Side by side they would only stand in each other's way.
      policy: { concurrency: 1, failureThreshold: 1 },
    });
    making.read(job, 'list' satisfies Stage, then);
  };
  const end = () => {
    if (seen.size < total) notes.push(withValues(LIST_CHANGED, { found: seen.size, total }));
    next([...listed]);
  };
  // How many pages there are is in the first one.
  list([0], () => {
    const offsets = pageStarts(total, PAGE).slice(1);
    // The number may be wrong, or have grown: the pages themselves say whether there is more.
    const readMore = (until: number): void => {
      const from = furthest;
      if (from > until) list([from], () => readMore(from));
      else end();
    };
    if (offsets.length === 0) readMore(0);
    else list(offsets, () => readMore(offsets.at(-1) ?? 0));
  });
}

interface Ground {
  session: Session;
  choice: ScanChoice;
  making: Making<object>;
  report: Report;
  notes: Text[];
  listed: readonly Listed[];
  users: ScannedUser[];
  gone: readonly Unread[];
  writer: ScanWriter;
}

function readOn(ground: Ground): void {
  const { making, writer, users, report, listed, notes } = ground;
  const { signal } = making;
  const tell = (facts: Pick<ScanHead, 'endedAt' | 'readAt'>, unread: readonly Unread[]) => {
    // What was read for the account that signed out is nothing to the next.
    if (sessionOf(ownerOf(ground.session)) === null) return;
    const scan = { head: { ...writer.head, ...facts, notes }, listed, users, unread, nextSeq: writer.nextSeq };
    report({ scan, problem: writer.problem });
  };
  const keepPart = async () => {
    if (users.length === 0) return writer.discard();
    await writer.flush();
    writer.close();
    tell({ endedAt: null, readAt: Date.now() }, ground.gone);
  };
  const stopped = () => void keepPart();
  if (signal.aborted) return stopped();
  signal.addEventListener('abort', stopped, { once: true });
  const keepAll = async (unread: readonly Unread[]) => {
    signal.removeEventListener('abort', stopped);
    const now = Date.now();
    await writer.end({ endedAt: now, readAt: now, notes }, unread);
    tell({ endedAt: now, readAt: now }, unread);
    making.finish({});
  };
  const end = (unread: readonly Unread[]) => void keepAll(unread);
  if (ground.choice.storage) readStorage(ground, (storage) => readUsers(ground, storage, end));
  else readUsers(ground, () => NOT_READ, end);
}

interface Storage {
  bytes: number | null;
  files: number | null;
}
const NOT_READ: Storage = { bytes: null, files: null };
const NO_FILES: Storage = { bytes: 0, files: 0 };

/** Of all users with a request a page: the homeserver lists those that have files. */
function readStorage({ session, making, notes }: Ground, next: (storageOf: (userId: string) => Storage) => void): void {
  const owner = ownerOf(session);
  const found = new Map<string, Storage>();
  let total = Number.NaN;
  let odd = 0;
  const read = (offsets: readonly number[], then: () => void) => {
    const job = startScan<number>({
      kind: 'scan',
      title: SIZING,
      owner,
      items: offsets,
      describe: (from) => ({ id: wordsOf(withValues(OWNERS_FROM, { from: from + 1 })), columns: {} }),
      run: async (from, { signal }) => {
        // By user ID, the only order that is stable from page to page (`stats.py:677`).
        const page = await listUploaders(homeserverFor(owner), { from, limit: PAGE, order_by: 'user_id' }, signal);
        for (const { user_id, media_length, media_count } of page.users) {
          found.set(user_id, { bytes: media_length ?? null, files: media_count });
        }
        odd += page.odd.length;
        total = page.total;
        return { status: 'done' };
      },
      classify: classifyHomeserverError,
      repeatable: true,
      policy: { concurrency: 1, failureThreshold: 1 },
    });
    making.read(job, 'storage' satisfies Stage, then);
  };
  const end = () => {
    // Who is missing in a list that is not whole may still have files.
    const isWhole = found.size + odd === total && odd === 0;
    if (!isWhole) notes.push(STORAGE_PARTLY);
    next((userId) => found.get(userId) ?? (isWhole ? NO_FILES : NOT_READ));
  };
  read([0], () => {
    const offsets = pageStarts(total, PAGE).slice(1);
    if (offsets.length === 0) end();
    else read(offsets, end);
  });
}

function readUsers(
  { session, choice, making, listed, users, gone, writer }: Ground,
  storageOf: (userId: string) => Storage,
  end: (unread: readonly Unread[]) => void,
): void {
  const owner = ownerOf(session);
  const seenAt = new Map(listed);
  const known = new Set([...users.map(({ userId }) => userId), ...gone.map(({ userId }) => userId)]);
  const vanished: Unread[] = [...gone];
  const items = listed.flatMap(([userId]) => (known.has(userId) ? [] : [userId]));
  if (items.length === 0) return end(vanished);
  const job = startScan<string>({
    kind: 'scan',
    title: READING,
    owner,
    items,
    describe: (userId) => ({ id: userId, columns: {} }),
    async run(userId, context): Promise<Outcome> {
      const { signal } = context;
      try {
        const user = await getUser(homeserverFor(owner), userId, signal);
        let devices: number | null = null;
        if (choice.devices) {
          context.holdBack();
          const list = await listDevices(homeserverFor(owner), userId, signal);
          devices = list.devices.length + list.odd.length;
        }
        const read = scannedUser(user, { seenAt: seenAt.get(userId) ?? null, devices, ...storageOf(userId) });
        users.push(read);
        writer.add(read);
        return { status: 'done' };
      } catch (error) {
        if (!(error instanceof HomeserverError && error.notFound)) throw error;
        vanished.push({ userId, reason: GONE, gone: true });
        return { status: 'skipped', reason: GONE };
      }
    },
    classify: classifyHomeserverError,
    // What could not be read may be read again.
    verify: () => Promise.resolve({ status: 'not-done' }),
    repeatable: true,
  });
  making.read(job, 'users' satisfies Stage, () => end([...vanished, ...unreadOf(job)]));
}

function unreadOf(job: Job): Unread[] {
  return job.indexes(['failed', 'unknown']).map((index) => {
    const { id, reason } = job.row(index);
    return { userId: id, reason, gone: false };
  });
}
