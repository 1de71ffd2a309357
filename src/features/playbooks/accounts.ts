import type { LookAt } from '~/actions/action';
import { filesOf, namesLeftRooms, roomsOf } from '~/actions/playbook/left';
import type { SpamInput } from '~/actions/playbook/spam-wave';
import type { Target } from '~/actions/playbook';
import { send } from '~/api/ask';
import { HomeserverError } from '~/api/errors';
import { lookAtReported } from '~/api/left-asks';
import { masNameOf, masUserNamed } from '~/api/mas/users';
import { everyPage } from '~/api/pages';
import type { Homeserver } from '~/api/request';
import { listConnections } from '~/api/user-details';
import { getUser, type User, type UserRow } from '~/api/users';
import type { Session } from '~/data/session';
import { asServer } from '~/job-store/action-jobs';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import { listMatching } from '~/job-store/list-users';
import type { Making } from '~/job-store/plan-draft';
import type { Json, Outcome } from '~/jobs/job';
import { endOfDay, startOfDay } from '~/lib/dates';
import { withValues, type Text } from '~/lib/text';
import type { PlanRow } from '~/ui/wizard/plan-rows';

/** The plan of a playbook on accounts: each is read, those that it must not touch are named with the reason. Only reads. */

/** Which of the accounts in the list are meant. Empty fields say nothing. */
export interface AccountFilter {
  readonly name: string;
  /** `2026-01-31`, both included. */
  readonly after: string;
  readonly before: string;
  /** Seen from this address: one more request for each account. */
  readonly ip: string;
  /** Has an e-mail address of this domain. */
  readonly domain: string;
  readonly onlyReported: boolean;
}

export const NO_FILTER: AccountFilter = { name: '', after: '', before: '', ip: '', domain: '', onlyReported: false };

/** Whether it says anything: the plan of all accounts of a homeserver is nobody's wish. */
export const saysSomething = (filter: AccountFilter): boolean =>
  filter.onlyReported ||
  [filter.name, filter.after, filter.before, filter.ip, filter.domain].some((one) => one.trim() !== '');

export interface AccountRow extends PlanRow {
  readonly target: Target | null;
  /** Epoch ms. */
  readonly created: number | null;
  readonly rooms: number;
  readonly files: number;
  readonly bytes: number;
}

export interface AccountsPlanned<Input extends Json = Json> {
  readonly rows: readonly AccountRow[];
  readonly input: Input;
  readonly notes: readonly Text[];
  readonly at: number;
}

export type Accounts = { readonly ids: readonly string[] } | { readonly filter: AccountFilter };

const READ_REPORTS = /*i18n*/ { id: 'playbooks.read-reports', message: 'Read the reports' };
const REPORTS = /*i18n*/ { id: 'playbooks.reports', message: 'Reports' };
const READ_EACH = /*i18n*/ { id: 'playbooks.read-each', message: 'Read each account' };
const YOURSELF = /*i18n*/ { id: 'playbooks.yourself', message: 'This is your own account.' };
const ADMIN = /*i18n*/ { id: 'playbooks.admin', message: 'A server admin.' };
const MAS_ADMIN = /*i18n*/ {
  id: 'playbooks.mas-admin',
  message: 'MAS gives this account admin rights when it signs in and asks for them.',
};
const MAS_NOT_ASKED = /*i18n*/ {
  id: 'playbooks.mas-not-asked',
  message:
    'Glia can’t reach the Admin API of MAS, which keeps the admin rights of this homeserver. Admins may be among these accounts: check the plan, and leave them out.',
};
const BOT = /*i18n*/ { id: 'playbooks.bot', message: 'A bot: the type of the account says so.' };
const SUPPORT = /*i18n*/ { id: 'playbooks.support', message: 'A support account: its type says so.' };
const APPSERVICE = /*i18n*/ {
  id: 'playbooks.appservice',
  message: 'It belongs to the application service {appserviceId}.',
} as const;
const GONE = /*i18n*/ { id: 'playbooks.gone', message: 'There is no such account on this homeserver.' };
const UNREAD = /*i18n*/ { id: 'playbooks.unread', message: 'It could not be read: {reason}' } as const;
const OTHERS = /*i18n*/ {
  id: 'playbooks.others',
  message:
    '{count, plural, one {# account of the list does not match the filter and is not in the plan.} other {# accounts of the list do not match the filter and are not in the plan.}}',
} as const;

const ONLY_JOINED = /*i18n*/ {
  id: 'playbooks.only-joined',
  message:
    'Only Synapse 1.145 and newer names the rooms that an account has left. Here, messages in such rooms are neither redacted nor checked.',
};

/** Why a playbook against spam leaves this account alone, or null. */
export function exclusionOf(user: User, me: string): Text | null {
  if (user.name === me) return YOURSELF;
  if (user.admin) return ADMIN;
  if (user.appservice_id != null) return withValues(APPSERVICE, { appserviceId: user.appservice_id });
  if (user.user_type === 'bot') return BOT;
  return user.user_type === 'support' ? SUPPORT : null;
}

const hasDomain = ({ threepids }: User, domain: string): boolean =>
  threepids.some(({ medium, address }) => medium === 'email' && address.toLowerCase().endsWith(`@${domain}`));

export function createdWithin({ after, before }: AccountFilter): (user: Pick<UserRow, 'creation_ts'>) => boolean {
  const [first, last] = [startOfDay(after), startOfDay(before)];
  const end = last === null ? null : endOfDay(last);
  if (first === null && end === null) return () => true;
  return ({ creation_ts: created }) =>
    created != null && (first === null || created >= first) && (end === null || created <= end);
}

export function planAccounts<Input extends SpamInput>(
  accounts: Accounts,
  input: Input,
  session: Session,
  making: Making<AccountsPlanned<Input>>,
): void {
  if ('ids' in accounts)
    return readEach(session, { ids: [...new Set(accounts.ids)], filter: null, input, notes: [] }, making);
  const { filter } = accounts;
  const go = (reported: ReadonlySet<string> | null) =>
    listMatching(
      session,
      {
        ...(filter.name.trim() !== '' && { name: filter.name.trim() }),
        // Under MAS the list takes no other value.
        guests: false,
        locked: true,
      },
      making,
      ({ ids, notes }) => readEach(session, { ids, filter, input, notes }, making),
      (user) => createdWithin(filter)(user) && (reported?.has(user.name) ?? true),
    );
  if (filter.onlyReported) readReported(session, making, go);
  else go(null);
}

function readReported(
  session: Session,
  making: Pick<Making<never>, 'read'>,
  next: (reported: ReadonlySet<string>) => void,
): void {
  const owner = ownerOf(session);
  const reported = new Set<string>();
  const job = startScan<Text>({
    kind: 'scan',
    title: READ_REPORTS,
    owner,
    items: [REPORTS],
    describe: () => ({ id: 'reports', columns: {} }),
    async run(_all, { signal }): Promise<Outcome> {
      await everyPage(
        (from) => send(homeserverFor(owner), lookAtReported(from), signal),
        ({ senders, held }) => {
          for (const sender of senders) reported.add(sender);
          return held;
        },
      );
      return { status: 'done' };
    },
    classify: classifyHomeserverError,
    repeatable: true,
    policy: { failureThreshold: 1 },
  });
  making.read(job, 'reports', () => next(reported));
}

interface Each<Input> {
  readonly ids: readonly string[];
  /** Of those in a list. Null: they were named. */
  readonly filter: AccountFilter | null;
  readonly input: Input;
  readonly notes: readonly Text[];
}

const EMPTY = { target: null, created: null, rooms: 0, files: 0, bytes: 0 } as const;

function readEach<Input extends SpamInput>(
  session: Session,
  { ids, filter, input, notes }: Each<Input>,
  making: Making<AccountsPlanned<Input>>,
): void {
  const owner = ownerOf(session);
  const found = new Map<string, AccountRow | 'other'>();
  const finish = () => {
    const rows = ids.flatMap((id) => {
      const row = found.get(id);
      return row === undefined || row === 'other' ? [] : [row];
    });
    const others = [...found.values()].filter((one) => one === 'other').length;
    making.finish({
      rows: rows.toSorted((one, other) => Number(one.verdict === 'will') - Number(other.verdict === 'will')),
      input,
      notes: [
        ...notes,
        ...(session.mas && !session.homeserver.mas ? [MAS_NOT_ASKED] : []),
        ...(input.redact && !namesLeftRooms(asServer(session)) ? [ONLY_JOINED] : []),
        ...(others > 0 ? [withValues(OTHERS, { count: others })] : []),
      ],
      at: Date.now(),
    });
  };
  if (ids.length === 0) return finish();
  const job = startScan<string>({
    kind: 'scan',
    title: READ_EACH,
    owner,
    items: ids,
    describe: (id) => ({ id, columns: {} }),
    async run(id, { signal }): Promise<Outcome> {
      try {
        found.set(id, await rowOf(id, filter, input, session, signal));
        return { status: 'done' };
      } catch (error) {
        if (!(error instanceof HomeserverError && error.notFound)) throw error;
        found.set(id, { id, verdict: 'cannot', reason: GONE, ...EMPTY });
        return { status: 'skipped', reason: GONE };
      }
    },
    classify: classifyHomeserverError,
    verify: () => Promise.resolve({ status: 'not-done' }),
    repeatable: true,
  });
  making.read(job, 'items', () => {
    for (const index of job.indexes(['failed', 'unknown'])) {
      const { id, reason } = job.row(index);
      found.set(id, { id, verdict: 'cannot', reason: withValues(UNREAD, { reason }), ...EMPTY });
    }
    finish();
  });
}

/** The account itself, its rooms and its files; and MAS, where it is in front. */
export const requestsPerAccount = ({ homeserver }: Session): number => (homeserver.mas ? 4 : 3);

/** Under MAS, Synapse's own column says nothing of who gets admin rights. Admins that MAS's configuration names are not shown by it. */
const isMasAdmin = async (hs: Homeserver, id: string, signal: AbortSignal): Promise<boolean> =>
  hs.mas !== undefined && (await masUserNamed(hs, masNameOf(id), signal))?.admin === true;

async function rowOf(
  id: string,
  filter: AccountFilter | null,
  input: SpamInput,
  session: Session,
  signal: AbortSignal,
): Promise<AccountRow | 'other'> {
  const homeserver = () => homeserverFor(ownerOf(session));
  const server = asServer(session);
  const look: LookAt = (one) => send(homeserver(), one, signal);
  const user = await getUser(homeserver(), id, signal);
  const domain = filter?.domain.trim().toLowerCase().replace(/^@/, '') ?? '';
  if (domain !== '' && !hasDomain(user, domain)) return 'other';
  const ip = filter?.ip.trim() ?? '';
  if (ip !== '') {
    const { rows } = await listConnections(homeserver(), id, signal);
    if (!rows.some((one) => one.ip === ip)) return 'other';
  }
  const created = user.creation_ts ?? null;
  const excluded =
    exclusionOf(user, session.userId) ?? ((await isMasAdmin(homeserver(), id, signal)) ? MAS_ADMIN : null);
  if (excluded !== null) return { id, verdict: 'cannot', reason: excluded, ...EMPTY, created };
  const rooms = input.redact || input.deactivate ? (await roomsOf(id, look, server)).length : 0;
  const files = input.media === 'keep' ? [] : await filesOf(id, look, server);
  return {
    id,
    verdict: 'will',
    reason: '',
    target: { id },
    created,
    rooms,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
