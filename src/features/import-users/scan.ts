import { accountOf } from '~/actions/account';
import { gains } from '~/actions/account-holders';
import { lookAtAccount } from '~/api/accounts';
import { send, type Ask } from '~/api/ask';
import { noneWhereNotFound } from '~/api/errors';
import { lookAtExternalIds, lookAtHolder, without } from '~/api/external-ids';
import { pageStarts } from '~/api/pages';
import { has } from '~/api/since';
import { lookAtThreepidHolder, type Threepid } from '~/api/threepids';
import { listUsers, type ExternalId, type User, type UserRow, type UsersQuery } from '~/api/users';
import type { Session } from '~/data/session';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import type { Making } from '~/job-store/plan-draft';
import type { Job, Outcome } from '~/jobs/job';
import { inTurns } from '~/lib/in-turns';
import { withValues, type Text } from '~/lib/text';
import { wordsOf, wordsOfError } from '~/lib/words';
import type { AccountRow, AccountTable } from '~/lib/user-table';
import type { Choice } from './choice';
import { addressKey, idKey, planImport, wishOf, type FoundAccount, type ImportRow } from './plan';

/** Reading what the plan needs: whether each account is there and how it is, and who has the addresses that it would get. */

export interface Planned {
  readonly rows: readonly ImportRow[];
  /** Passwords of the file, by user ID: in memory only. */
  readonly given: ReadonlyMap<string, string>;
  readonly notes: readonly Text[];
  /** Epoch ms. */
  readonly madeAt: number;
}

export type Stage = 'list' | 'users' | 'holders';

/** Up to so many users are looked up each; above, the list of all users takes fewer requests, if it is not much longer. */
export const LOOK_EACH_UP_TO = 200;
const PAGE = 1000;
/** More addresses and external IDs than this are looked up only by the job, just before each change. */
const HOLDERS_UP_TO = 2000;

export interface Gathered {
  readonly accounts: Map<string, FoundAccount | null>;
  readonly unread: Map<string, Text>;
  readonly holders: Map<string, string | null>;
}

export const gatherNothing = (): Gathered => ({ accounts: new Map(), unread: new Map(), holders: new Map() });

type Setting = Pick<Choice, 'mode' | 'passwords'>;

export function beginImport(session: Session, table: AccountTable, choice: Setting, making: Making<Planned>): void {
  const found = gatherNothing();
  const notes: Text[] = [];
  const finish = async () => {
    const { userId: me, version, mas } = session;
    const work = planImport(table.rows, table.problems, found, { ...choice, me, version, mas });
    const rows = await inTurns(work, () => !making.signal.aborted);
    if (rows === null) return;
    const given = new Map(table.rows.flatMap(({ id, password }) => (password === undefined ? [] : [[id, password]])));
    making.finish({ rows, given, notes, madeAt: Date.now() });
  };
  const orFail = (work: Promise<void>) => void work.catch((error: unknown) => making.fail(wordsOfError(error)));
  const end = () => orFail(finish());
  const holders = () => readHolders(session, table.rows, found, notes, making, end);
  if (table.rows.length <= LOOK_EACH_UP_TO) {
    lookEach(
      session,
      table.rows.map(({ id }) => id),
      found,
      making,
      holders,
    );
    return;
  }
  readList(session, table.rows, found, making, (isWhole) => {
    const changes = choice.mode === 'both' || choice.mode === 'update';
    const ids = table.rows.flatMap((row) => {
      const known = found.accounts.get(row.id);
      const wish = wishOf(row);
      const needsMore = known && changes && (wish.threepids !== undefined || wish.external_ids !== undefined);
      return (known === undefined && !isWhole) || needsMore ? [row.id] : [];
    });
    // A list that was read whole and does not name them: the homeserver says that they are not there.
    if (isWhole) for (const { id } of table.rows) if (!found.accounts.has(id)) found.accounts.set(id, null);
    lookEach(session, ids, found, making, holders);
  });
}

const LISTING = /*i18n*/ { id: 'import.scan.list', message: 'List the users' };
const LOOKING = /*i18n*/ { id: 'import.scan.users', message: 'Look up the users in the file' };
const HOLDING = /*i18n*/ { id: 'import.scan.holders', message: 'Look up addresses and external IDs' };
const PAGE_FROM = /*i18n*/ { id: 'import.scan.page', message: 'Users from {from, number}' } as const;
const NOT_LOOKED_UP = /*i18n*/ {
  id: 'import.not-looked-up',
  message: 'Could not be looked up, so Glia doesn’t know whether the account exists: {reason}',
} as const;
const HOLDERS_LATER = /*i18n*/ {
  id: 'import.holders-later',
  message:
    'The file has {count, number} addresses and external IDs. The job checks just before each change whether another account has them, and leaves those users alone.',
} as const;

/** The list of all users, with deactivated and locked ones. @param next told whether it was read whole */
function readList(
  session: Session,
  rows: readonly AccountRow[],
  found: Gathered,
  making: Making<Planned>,
  next: (isWhole: boolean) => void,
): void {
  const wanted = new Set(rows.map(({ id }) => id));
  const query: UsersQuery = { locked: true, order_by: 'name', ...(session.mas && { guests: false }) };
  const listed = new Set<string>();
  let [total, odd] = [0, 0];
  const read = (offsets: readonly number[], then: (job: Job) => void) => {
    const job = scan(
      session,
      LISTING,
      offsets.map((from) => ({ id: pageName(from), from })),
      async ({ from }, signal) => {
        const page = await listUsers(homeserverFor(ownerOf(session)), { ...query, from, limit: PAGE }, signal);
        for (const user of page.users) {
          listed.add(user.name);
          if (wanted.has(user.name)) found.accounts.set(user.name, fromList(user));
        }
        odd += page.odd.length;
        total = page.total;
        return { status: 'done' };
      },
    );
    making.read(job, 'list' satisfies Stage, () => then(job));
  };
  read([0], (first) => {
    const offsets = pageStarts(total, PAGE).slice(1);
    const isWhole = (...jobs: Job[]) => jobs.every(isRead) && odd === 0 && listed.size >= total;
    // A page costs the homeserver more than a look at one user: a short file does not read a long list.
    if (Number.isNaN(total) || offsets.length * 10 > rows.length) next(false);
    else if (offsets.length === 0) next(isWhole(first));
    else read(offsets, (rest) => next(isWhole(first, rest)));
  });
}

const isRead = (job: Job): boolean => job.indexes(['failed', 'unknown', 'waiting']).length === 0;
const pageName = (from: number): string => wordsOf(withValues(PAGE_FROM, { from: from + 1 }));

function fromList(user: UserRow): FoundAccount {
  return {
    displayname: user.displayname ?? null,
    admin: user.admin === true,
    locked: user.locked === true,
    user_type: user.user_type ?? null,
    deactivated: user.deactivated === true,
    // Seconds in the answer about one user, and ms in the list.
    identity: user.creation_ts == null ? null : Math.floor(user.creation_ts / 1000),
  };
}

function fromLook(user: User): FoundAccount {
  const { displayname = null, admin = false, locked = false, user_type = null, ...lists } = accountOf(user);
  const identity = user.creation_ts ?? null;
  return { displayname, admin, locked, user_type, ...lists, deactivated: user.deactivated === true, identity };
}

/** Each of these, by its own answer. Only the homeserver's own 404 means that there is none. */
export function lookEach(
  session: Session,
  ids: readonly string[],
  found: Gathered,
  making: Pick<Making<never>, 'read'>,
  next: () => void,
): void {
  if (ids.length === 0) return next();
  const job = scan(
    session,
    LOOKING,
    ids.map((id) => ({ id })),
    async ({ id }, signal) => {
      const user = await orNone(lookAtAccount(id), session, signal);
      found.accounts.set(id, user && fromLook(user));
      return { status: 'done' };
    },
  );
  making.read(job, 'users' satisfies Stage, () => {
    for (const index of job.indexes(['failed', 'unknown', 'waiting'])) {
      const { id, reason } = job.row(index);
      // What a list said of it is not enough here.
      found.accounts.delete(id);
      found.unread.set(id, withValues(NOT_LOOKED_UP, { reason }));
    }
    next();
  });
}

type HolderItem = { id: string; address: Threepid } | { id: string; externalId: ExternalId };

function readHolders(
  session: Session,
  rows: readonly AccountRow[],
  found: Gathered,
  notes: Text[],
  making: Making<Planned>,
  next: () => void,
): void {
  const items = new Map<string, HolderItem>();
  for (const row of rows) {
    const known = found.accounts.get(row.id);
    if (known === undefined) continue;
    const { addresses, ids } = gains(wishOf(row), known);
    for (const one of addresses) items.set(addressKey(one), { id: addressKey(one), address: one });
    for (const externalId of ids) items.set(idKey(externalId), { id: idKey(externalId), externalId });
  }
  const canAsk = has(session.version, 'threepid-holder') && has(session.version, 'external-id-holder');
  if (items.size > HOLDERS_UP_TO) notes.push(withValues(HOLDERS_LATER, { count: items.size }));
  if (items.size === 0 || items.size > HOLDERS_UP_TO || !canAsk) return next();
  const job = scan(session, HOLDING, [...items.values()], async (item, signal) => {
    found.holders.set(item.id, await holderOf(item, session, signal));
    return { status: 'done' };
  });
  // What could not be asked is asked again by the job, which then changes nothing without an answer.
  making.read(job, 'holders' satisfies Stage, next);
}

async function holderOf(item: HolderItem, session: Session, signal: AbortSignal): Promise<string | null> {
  if ('address' in item) return (await orNone(lookAtThreepidHolder(item.address), session, signal))?.user_id ?? null;
  const asked = lookAtHolder(item.externalId);
  const holder = asked && (await orNone(asked, session, signal))?.user_id;
  if (!holder) return null;
  // The look-up may speak of half an hour ago.
  const other = await orNone(lookAtExternalIds(holder), session, signal);
  return other && without([item.externalId], other.external_ids).length === 0 ? holder : null;
}

const orNone = <Answer>(one: Ask<Answer>, session: Session, signal: AbortSignal): Promise<Answer | null> =>
  send(homeserverFor(ownerOf(session)), one, signal).catch(noneWhereNotFound);

function scan<Item extends { id: string }>(
  session: Session,
  title: Text,
  items: readonly Item[],
  run: (item: Item, signal: AbortSignal) => Promise<Outcome>,
): Job {
  return startScan<Item>({
    kind: 'scan',
    title,
    owner: ownerOf(session),
    items,
    describe: ({ id }) => ({ id, columns: {} }),
    run: (item, { signal }) => run(item, signal),
    verify: () => Promise.resolve({ status: 'not-done' }),
    classify: classifyHomeserverError,
    repeatable: true,
  });
}
