import { accountOf } from '~/actions/account';
import { gains } from '~/actions/account-holders';
import { lookAtAccount } from '~/api/accounts';
import { send, type Ask } from '~/api/ask';
import { noneWhereNotFound } from '~/api/errors';
import { lookAtExternalIds, lookAtHolder, without } from '~/api/external-ids';
import { findMasEmail } from '~/api/mas/find-asks';
import { lookAtMasUser } from '~/api/mas/users';
import { masSiteConfig } from '~/api/mas/version-and-config';
import { lookAtMasAccount } from '~/api/mas-account-asks';
import { pageStarts } from '~/api/pages';
import { has } from '~/api/since';
import { lookAtThreepidHolder, type Threepid } from '~/api/threepids';
import { listUsers, type ExternalId, type User, type UserRow, type UsersQuery } from '~/api/users';
import type { Session } from '~/data/session';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import type { Making } from '~/job-store/plan-draft';
import type { Job, Outcome } from '~/jobs/job';
import { inTurns } from '~/lib/in-turns';
import { commaList, withValues, type Text } from '~/lib/text';
import { wordsOf, wordsOfError } from '~/lib/words';
import type { ColumnField } from '~/lib/user-columns';
import type { AccountRow, AccountTable } from '~/lib/user-table';
import { makerOf, type Choice } from './choice';
import { FIELD_WORDS } from './field-words';
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

export type Stage = 'list' | 'users' | 'mas' | 'holders';

/** Up to so many users are looked up each; above, the list of all users takes fewer requests, if it is not much longer. */
export const LOOK_EACH_UP_TO = 200;
const PAGE = 1000;
/** More addresses and external IDs than this are looked up only by the job, just before each change. */
const HOLDERS_UP_TO = 2000;
/** More new usernames than this are looked up in MAS only by the job: MAS finds one at a time. */
const NAMES_UP_TO = 2000;

export interface Gathered {
  readonly accounts: Map<string, FoundAccount | null>;
  readonly unread: Map<string, Text>;
  readonly holders: Map<string, string | null>;
  readonly onlyInMas: Set<string>;
}

export const gatherNothing = (): Gathered => ({
  accounts: new Map(),
  unread: new Map(),
  holders: new Map(),
  onlyInMas: new Set(),
});

type Setting = Pick<Choice, 'mode' | 'passwords' | 'weak'> & {
  /** Columns of the file that are not used here. */
  readonly unused: readonly ColumnField[];
};

export function beginImport(session: Session, table: AccountTable, choice: Setting, making: Making<Planned>): void {
  const found = gatherNothing();
  const notes: Text[] = [];
  const maker = makerOf(session);
  const { mode, passwords, weak, unused } = choice;
  if (unused.length > 0)
    notes.push(withValues(NOT_USED, { columns: commaList(unused.map((field) => wordsOf(FIELD_WORDS[field]))) }));
  const finish = async () => {
    const { userId: me, version } = session;
    const isOff = maker === 'mas' && mode !== 'update' && (await arePasswordsOff(session, making.signal));
    if (isOff) notes.push(PASSWORDS_OFF);
    const setting = { mode, passwords, given: isOff ? 'off' : weak ? 'weak' : 'usual', me, version, maker } as const;
    const work = planImport(table.rows, table.problems, found, setting);
    const rows = await inTurns(work, () => !making.signal.aborted);
    if (rows === null) return;
    const given = new Map(table.rows.flatMap(({ id, password }) => (password === undefined ? [] : [[id, password]])));
    making.finish({ rows, given, notes, madeAt: Date.now() });
  };
  const orFail = (work: Promise<void>) => void work.catch((error: unknown) => making.fail(wordsOfError(error)));
  const end = () => orFail(finish());
  const holders = () => readHolders(session, table.rows, found, notes, making, end);
  const names = () => (maker === 'mas' ? readNames(session, found, notes, making, holders) : holders());
  if (table.rows.length <= LOOK_EACH_UP_TO) {
    lookEach(
      session,
      table.rows.map(({ id }) => id),
      found,
      making,
      names,
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
    lookEach(session, ids, found, making, names);
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
const NAMING = /*i18n*/ { id: 'import.scan.mas', message: 'Look up new usernames in MAS' };
const NAMES_LATER = /*i18n*/ {
  id: 'import.names-later',
  message:
    'The file has {count, number} new usernames. Glia doesn’t look up so many: if MAS has one of them already, it says so when the job creates the account.',
} as const;
const NOT_USED = /*i18n*/ {
  id: 'import.not-used',
  message: 'Columns of the file that are not used, because MAS manages the accounts here: {columns}.',
} as const;
const PASSWORDS_OFF = /*i18n*/ {
  id: 'import.no-passwords',
  message: 'Sign-in with a password is switched off in MAS: the new accounts get no password.',
};
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
    takeUnread(job, found);
    next();
  });
}

function takeUnread(job: Job, found: Gathered): void {
  for (const index of job.indexes(['failed', 'unknown', 'waiting'])) {
    const { id, reason } = job.row(index);
    // What a list said of it is not enough here.
    found.accounts.delete(id);
    found.unread.set(id, withValues(NOT_LOOKED_UP, { reason }));
  }
}

/** Which of the new names MAS has, without Synapse. */
function readNames(session: Session, found: Gathered, notes: Text[], making: Making<Planned>, next: () => void): void {
  const ids = [...found.accounts].flatMap(([id, known]) => (known === null ? [id] : []));
  if (ids.length > NAMES_UP_TO) notes.push(withValues(NAMES_LATER, { count: ids.length }));
  if (ids.length === 0 || ids.length > NAMES_UP_TO) return next();
  const job = scan(
    session,
    NAMING,
    ids.map((id) => ({ id })),
    async ({ id }, signal) => {
      if ((await orNone(lookAtMasAccount(id), session, signal)) !== null) found.onlyInMas.add(id);
      return { status: 'done' };
    },
  );
  making.read(job, 'mas' satisfies Stage, () => {
    takeUnread(job, found);
    next();
  });
}

/** Where MAS does not say it, its own refusal does when a password is set. */
async function arePasswordsOff(session: Session, signal: AbortSignal): Promise<boolean> {
  const hs = homeserverFor(ownerOf(session));
  return masSiteConfig(hs, signal).then(
    ({ password_login_enabled: isOn }) => !isOn,
    () => false,
  );
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
  if ('address' in item) return holderOfAddress(item.address, session, signal);
  const asked = lookAtHolder(item.externalId);
  const holder = asked && (await orNone(asked, session, signal))?.user_id;
  if (!holder) return null;
  // The look-up may speak of half an hour ago.
  const other = await orNone(lookAtExternalIds(holder), session, signal);
  return other && without([item.externalId], other.external_ids).length === 0 ? holder : null;
}

/** MAS may have an address that it has not passed on. */
async function holderOfAddress(one: Threepid, session: Session, signal: AbortSignal): Promise<string | null> {
  const onSynapse = await orNone(lookAtThreepidHolder(one), session, signal);
  if (onSynapse !== null || makerOf(session) !== 'mas') return onSynapse?.user_id ?? null;
  const inMas = await orNone(findMasEmail(one.address), session, signal);
  const account = inMas && (await orNone(lookAtMasUser(inMas.user_id), session, signal));
  return account && `@${account.username}:${session.serverName}`;
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
