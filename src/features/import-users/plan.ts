import { fieldsIn, only, sameField, type Account, type Threepid } from '~/actions/account';
import type { AccountItem } from '~/actions/account-job';
import { gains } from '~/actions/account-holders';
import { idWords } from '~/api/external-ids';
import { lacks } from '~/api/since';
import type { ExternalId } from '~/api/users';
import { whyManaged } from '~/actions/restrictions';
import { localpartOf } from '~/entities/user/localpart';
import { localpartProblem } from '~/lib/account-cells';
import type { LineProblem } from '~/lib/mxid';
import { sentences, withValues, type Text } from '~/lib/text';
import type { AccountRow } from '~/lib/user-table';
import type { PlanRow } from '~/ui/wizard/plan-rows';
import type { Maker, Mode } from './choice';

/** What would become of each row of the file. Pure: it makes verdicts of what the scan found. */

/** An account as the scan found it. */
export interface FoundAccount extends Required<Omit<Account, 'threepids' | 'external_ids'>> {
  readonly deactivated: boolean;
  /** Undefined: nobody needed to know, and a list does not say it. */
  readonly threepids?: readonly Threepid[];
  readonly external_ids?: readonly ExternalId[];
  /** When it was made, in seconds. */
  readonly identity: number | null;
}

export interface Findings {
  /** Null: the homeserver says that there is no such account. Missing: nobody knows, and nothing is done. */
  readonly accounts: ReadonlyMap<string, FoundAccount | null>;
  /** Why an account could not be looked up. */
  readonly unread: ReadonlyMap<string, Text>;
  /** Who has an address or an external ID, by `holderKey`; null: nobody. Missing: it was not asked. */
  readonly holders: ReadonlyMap<string, string | null>;
  /** Names that MAS has and Synapse has not. */
  readonly onlyInMas: ReadonlySet<string>;
}

export interface Setting {
  readonly mode: Mode;
  readonly passwords: 'made' | 'none';
  /** `off`: MAS takes no passwords at all. */
  readonly given: 'usual' | 'weak' | 'off';
  readonly me: string;
  readonly version: string;
  readonly maker: Maker;
}

export interface ImportRow extends PlanRow {
  readonly line: number;
  /** As the file names it, where it is no user ID. */
  readonly user: string;
  /** What is done; null: nothing. */
  readonly item: AccountItem | null;
}

export const addressKey = ({ medium, address }: Threepid): string => [medium, address].join(' ');
export const idKey = ({ auth_provider, external_id }: ExternalId): string =>
  ['id', auth_provider, external_id].join(' ');

/** What the file wants of an account. */
export function wishOf(row: AccountRow): Account {
  const threepids = [
    ...(row.emails ?? []).map((address) => ({ medium: 'email', address })),
    ...(row.phones ?? []).map((address) => ({ medium: 'msisdn', address })),
  ];
  return {
    ...(row.displayname !== undefined && { displayname: row.displayname }),
    ...(threepids.length > 0 && { threepids }),
    ...(row.externalIds && { external_ids: row.externalIds }),
    ...(row.admin !== undefined && { admin: row.admin }),
    ...(row.locked !== undefined && { locked: row.locked }),
    ...(row.user_type !== undefined && { user_type: row.user_type }),
  };
}

/** Rows between two looks at the clock. */
const STEP = 100;

export function* planImport(
  rows: readonly AccountRow[],
  problems: readonly LineProblem[],
  found: Findings,
  setting: Setting,
): Generator<void, ImportRow[]> {
  const planned: ImportRow[] = [];
  /** Addresses and external IDs that an earlier row takes. */
  const taken = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    if (index % STEP === 0) yield;
    const judged = judge(row, found, setting);
    const twice = judged.item && takenBy(judged.item, taken, row.line);
    planned.push({
      id: row.id,
      line: row.line,
      user: row.id,
      ...(twice ? { ...judged, verdict: 'cannot' as const, reason: twice, item: null } : judged),
    });
  }
  for (const [index, { line, text, reason }] of problems.entries()) {
    if (index % STEP === 0) yield;
    planned.push({ id: `line ${line} ${index}`, line, user: text, verdict: 'cannot', reason, item: null });
  }
  yield;
  return planned.toSorted((a, b) => a.line - b.line);
}

type Judged = Pick<ImportRow, 'verdict' | 'reason' | 'item'>;
const cannot = (reason: Text): Judged => ({ verdict: 'cannot', reason, item: null });
const nothing = (reason: Text): Judged => ({ verdict: 'nothing', reason, item: null });

function judge(row: AccountRow, found: Findings, setting: Setting): Judged {
  const now = found.accounts.get(row.id);
  if (now === undefined) return cannot(found.unread.get(row.id) ?? UNREAD);
  const judged = now === null ? judgeNew(row, found, setting) : judgeKnown(row, now, found, setting);
  if (!judged.item) return judged;
  const why =
    versionProblem(judged.item, setting.version) ?? managedProblem(judged.item) ?? heldBy(judged.item, found.holders);
  return why === null ? judged : cannot(why);
}

/** As the actions of the same fields: it would break a bridge or bot. */
const managedProblem = ({ op, id, goal }: AccountItem): Text | null =>
  op !== 'create' && (goal.admin !== undefined || goal.locked === true) ? whyManaged(id) : null;

function judgeNew(row: AccountRow, { onlyInMas }: Findings, { mode, passwords, given, maker }: Setting): Judged {
  if (onlyInMas.has(row.id)) return cannot(ONLY_IN_MAS);
  if (mode === 'update') return cannot(NOT_THERE);
  if (maker === 'nobody') return cannot(MAS);
  if (row.deactivated) return cannot(NEW_DEACTIVATED);
  const why = localpartProblem(localpartOf(row.id));
  if (why !== null) return cannot(sentences(NOT_THERE, why));
  const { admin, locked, ...rest } = wishOf(row);
  // What a new account is anyway needs no saying.
  const goal = { ...rest, ...(admin && { admin }), ...(locked && { locked }) };
  const isGiven = row.password !== undefined;
  const password = given === 'off' ? undefined : isGiven ? 'given' : passwords === 'made' ? 'made' : undefined;
  const weak = isGiven && given === 'weak' && { weak: true as const };
  const item = { id: row.id, goal, planned: null, identity: null, line: row.line, ...extra(row, password), ...weak };
  return { verdict: 'will', reason: isGiven && given === 'off' ? PASSWORDS_OFF : '', item: { op: 'create', ...item } };
}

/** What MAS does not keep of an account. */
const IN_SYNAPSE = ['displayname', 'user_type'] as const;

const extra = ({ rooms }: AccountRow, password?: 'made' | 'given') => ({
  ...(password && { password }),
  ...(rooms && { rooms }),
});

function judgeKnown(row: AccountRow, now: FoundAccount, found: Findings, { mode, me, maker }: Setting): Judged {
  if (mode === 'create') return cannot(THERE);
  const unchanged = (reason: Text) => nothing(row.rooms ? sentences(reason, NOT_JOINED) : reason);
  if (mode === 'skip') return unchanged(LEFT_ALONE);
  if (now.deactivated) return row.deactivated ? nothing(ALREADY_DEACTIVATED) : cannot(DEACTIVATED);
  if (row.deactivated) return cannot(DEACTIVATES);
  const whole = wishOf(row);
  const wish = maker === 'synapse' ? whole : only(whole, IN_SYNAPSE);
  const isLess = fieldsIn(wish).length < fieldsIn(whole).length;
  // The list of users has neither: without its own answer nobody knows what would be added.
  if ((wish.threepids && !now.threepids) || (wish.external_ids && !now.external_ids)) {
    return cannot(found.unread.get(row.id) ?? UNREAD);
  }
  const wanted: Account = {
    ...wish,
    ...(wish.threepids && { threepids: [...(now.threepids ?? []), ...gains(wish, now).addresses] }),
    ...(wish.external_ids && { external_ids: [...(now.external_ids ?? []), ...gains(wish, now).ids] }),
  };
  const changed = fieldsIn(wanted).filter((field) => !sameField(wanted, now, field));
  const keepsPassword = row.password !== undefined;
  const stays = sentences(isLess ? MAS_STAYS : '', keepsPassword ? PASSWORD_STAYS : '');
  if (changed.length === 0) return unchanged(stays === '' ? NO_DIFFERENCE : stays);
  if (row.id === me && changed.includes('admin') && row.admin === false) return cannot(OWN_ADMIN);
  if (row.id === me && changed.includes('locked') && row.locked === true) return cannot(OWN_LOCK);
  return {
    verdict: 'will',
    reason: stays,
    item: {
      op: 'update',
      id: row.id,
      goal: only(wanted, changed),
      planned: only(now, changed),
      identity: now.identity,
      line: row.line,
      ...extra(row),
    },
  };
}

function versionProblem({ goal, planned }: AccountItem, version: string): Text | null {
  const { addresses, ids } = gains(goal, planned);
  return (
    (addresses.length > 0 ? lacks(version, 'threepid-holder') : null) ??
    (ids.length > 0 ? (lacks(version, 'external-id-holder') ?? lacks(version, 'replace-external-ids')) : null) ??
    (goal.locked === undefined ? null : lacks(version, 'lock-users'))
  );
}

/** Someone else has what the account would get. */
function heldBy({ id, goal, planned }: AccountItem, holders: Findings['holders']): Text | null {
  const { addresses, ids } = gains(goal, planned);
  const all = [
    ...addresses.map((one) => [addressKey(one), one.address] as const),
    ...ids.map((one) => [idKey(one), idWords(one)] as const),
  ];
  for (const [key, what] of all) {
    const holder = holders.get(key);
    if (holder != null && holder !== id) return withValues(HELD, { what, userId: holder });
  }
  return null;
}

/** An earlier row of the file gets the same. @returns why this one can't, or null; then it has them */
function takenBy({ goal, planned }: AccountItem, taken: Map<string, number>, line: number): Text | null {
  const { addresses, ids } = gains(goal, planned);
  const all = [
    ...addresses.map((one) => [addressKey(one), one.address] as const),
    ...ids.map((one) => [idKey(one), idWords(one)] as const),
  ];
  for (const [key, what] of all) {
    const first = taken.get(key);
    if (first !== undefined) return withValues(TWICE, { what, line: first });
  }
  for (const [key] of all) taken.set(key, line);
  return null;
}

const UNREAD = /*i18n*/ {
  id: 'import.unread',
  message: 'This user was not looked up, so Glia doesn’t know whether the account exists.',
};
const NOT_THERE = /*i18n*/ { id: 'import.not-there', message: 'There is no account with this ID.' };
const THERE = /*i18n*/ { id: 'import.there', message: 'The account exists already.' };
const LEFT_ALONE = /*i18n*/ { id: 'import.left-alone', message: 'Exists already and is left alone.' };
const MAS = /*i18n*/ {
  id: 'import.mas',
  message: 'There is no account with this ID, and only MAS can create accounts on this homeserver.',
};
const ONLY_IN_MAS = /*i18n*/ {
  id: 'import.only-in-mas',
  message:
    'MAS has an account with this username, which Synapse doesn’t know. On the server, “mas-cli manage provision-all-users” passes it on.',
};
const PASSWORDS_OFF = /*i18n*/ {
  id: 'import.passwords-off',
  message: 'The password in the file is ignored: sign-in with a password is switched off in MAS.',
};
const MAS_STAYS = /*i18n*/ {
  id: 'import.mas-stays',
  message:
    'MAS keeps the email addresses, admin rights and lock of an existing account. An import doesn’t change them: use the actions in the list of users.',
};
const NEW_DEACTIVATED = /*i18n*/ {
  id: 'import.new-deactivated',
  message: 'The file says “deactivated”. A new account can’t be created deactivated.',
};
const DEACTIVATES = /*i18n*/ {
  id: 'import.deactivates',
  message: 'The file says “deactivated”. An import never deactivates: choose “Deactivate” in the list of users.',
};
const DEACTIVATED = /*i18n*/ {
  id: 'import.deactivated',
  message: 'The account is deactivated. Reactivate it first.',
};
const ALREADY_DEACTIVATED = /*i18n*/ { id: 'import.already-deactivated', message: 'Already deactivated.' };
const NO_DIFFERENCE = /*i18n*/ { id: 'import.no-difference', message: 'Already as the file says.' };
const NOT_JOINED = /*i18n*/ {
  id: 'import.not-joined',
  message: 'Nothing changes here, so Glia won’t offer to join the user to the rooms in the file.',
};
const PASSWORD_STAYS = /*i18n*/ {
  id: 'import.password-stays',
  message: 'The password in the file is ignored: an import never changes the password of an existing account.',
};
const OWN_ADMIN = /*i18n*/ { id: 'import.own-admin', message: 'You can’t take away your own admin rights.' };
const OWN_LOCK = /*i18n*/ { id: 'import.own-lock', message: 'You can’t lock your own account.' };
const HELD = /*i18n*/ { id: 'import.held', message: '{what} belongs to {userId}.' } as const;
const TWICE = /*i18n*/ { id: 'import.twice', message: '{what} is already on line {line, number}.' } as const;
