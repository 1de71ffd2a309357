import type { LookAt } from '~/actions/action';
import { membersOf, type BridgeInput } from '~/actions/playbook/bridge';
import { filesOf } from '~/actions/playbook/left';
import { send } from '~/api/ask';
import { HomeserverError } from '~/api/errors';
import { getUser, joinedRooms } from '~/api/users';
import type { Session } from '~/data/session';
import { asServer } from '~/job-store/action-jobs';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import { listMatching } from '~/job-store/list-users';
import type { Making } from '~/job-store/plan-draft';
import type { Outcome } from '~/jobs/job';
import { withValues, type Text } from '~/lib/text';
import type { AccountRow, AccountsPlanned } from './accounts';

/** The plan for the end of a bridge: its ghosts, their files, and the rooms that only the bridge is in. Only reads. */

/** How the ghosts are known. */
export type Ghosts =
  | { readonly by: 'prefix'; readonly prefix: string; readonly bot: string }
  | { readonly by: 'appservice'; readonly appservice: string; readonly bot: string };

export type BridgeSteps = Pick<BridgeInput, 'media' | 'rooms' | 'block' | 'deactivate'>;

export interface BridgePlanned extends AccountsPlanned<BridgeInput> {
  /** Who is in each room of the ghosts. Which of them are deleted hangs on which ghosts are left in: `portals.ts`. */
  readonly rooms: ReadonlyMap<string, readonly string[]>;
}

const READ_EACH = /*i18n*/ { id: 'playbooks.read-ghosts', message: 'Read each account' };
const READ_ROOMS = /*i18n*/ { id: 'playbooks.read-portals', message: 'Read who is in each room' };
const THE_BOT = /*i18n*/ { id: 'playbooks.the-bot', message: 'The bot of the bridge: it stays.' };
const YOURSELF = /*i18n*/ { id: 'playbooks.yourself', message: 'This is your own account.' };
const ADMIN = /*i18n*/ { id: 'playbooks.admin', message: 'A server admin.' };
const NO_GHOST = /*i18n*/ {
  id: 'playbooks.no-ghost',
  message: 'It belongs to no application service, so it may be a person’s account.',
};
const UNREAD = /*i18n*/ { id: 'playbooks.unread', message: 'It could not be read: {reason}' } as const;
const UNREAD_ROOMS = /*i18n*/ {
  id: 'playbooks.unread-rooms',
  message:
    '{count, plural, one {It could not be read who is in # room, so it is not deleted.} other {It could not be read who is in # rooms, so they are not deleted.}}',
} as const;
const localpartOf = (prefix: string): string => prefix.replace(/^@/, '');

interface Ghost {
  readonly row: AccountRow;
  readonly rooms: readonly string[];
}

export function planGhosts(ghosts: Ghosts, steps: BridgeSteps, session: Session, making: Making<BridgePlanned>): void {
  const prefix = ghosts.by === 'prefix' ? `@${localpartOf(ghosts.prefix)}` : '';
  const filter = { guests: false, locked: true, ...(prefix !== '' && { name: localpartOf(prefix) }) };
  listMatching(
    session,
    filter,
    making,
    ({ ids, notes }) => readGhosts(ghosts, ids, steps, session, making, notes),
    ({ name }) => name.startsWith(prefix),
  );
}

function readGhosts(
  ghosts: Ghosts,
  ids: readonly string[],
  steps: BridgeSteps,
  session: Session,
  making: Making<BridgePlanned>,
  notes: readonly Text[],
): void {
  const owner = ownerOf(session);
  const found = new Map<string, Ghost>();
  const next = () => {
    const all = ids.flatMap((id) => found.get(id) ?? []);
    const input: BridgeInput = { ...steps, bot: ghosts.bot };
    if (steps.rooms) readPortals(all, input, session, making, notes);
    else making.finish(plannedOf(all, new Map(), input, notes));
  };
  if (ids.length === 0) return next();
  const job = startScan<string>({
    kind: 'scan',
    title: READ_EACH,
    owner,
    items: ids,
    describe: (id) => ({ id, columns: {} }),
    async run(id, { signal }): Promise<Outcome> {
      try {
        const ghost = await ghostOf(id, ghosts, steps, session, signal);
        if (ghost) found.set(id, ghost);
        return { status: 'done' };
      } catch (error) {
        // Gone since the list was read.
        if (error instanceof HomeserverError && error.notFound) return { status: 'done' };
        throw error;
      }
    },
    classify: classifyHomeserverError,
    verify: () => Promise.resolve({ status: 'not-done' }),
    repeatable: true,
  });
  making.read(job, 'items', () => {
    for (const index of job.indexes(['failed', 'unknown'])) {
      const { id, reason } = job.row(index);
      found.set(id, { row: { ...EMPTY, id, verdict: 'cannot', reason: withValues(UNREAD, { reason }) }, rooms: [] });
    }
    next();
  });
}

const EMPTY = { target: null, created: null, rooms: 0, files: 0, bytes: 0 } as const;

/** Null: it is no account of this bridge. */
async function ghostOf(
  id: string,
  ghosts: Ghosts,
  steps: BridgeSteps,
  session: Session,
  signal: AbortSignal,
): Promise<Ghost | null> {
  const homeserver = homeserverFor(ownerOf(session));
  const look: LookAt = (one) => send(homeserver, one, signal);
  const user = await getUser(homeserver, id, signal);
  const service = user.appservice_id ?? null;
  if (ghosts.by === 'appservice' && service !== ghosts.appservice) return null;
  const created = user.creation_ts ?? null;
  const cannot = (reason: Text): Ghost => ({ row: { ...EMPTY, id, verdict: 'cannot', reason, created }, rooms: [] });
  if (id === ghosts.bot) return cannot(THE_BOT);
  if (id === session.userId) return cannot(YOURSELF);
  if (user.admin) return cannot(ADMIN);
  if (service === null) return cannot(NO_GHOST);
  const rooms = await joinedRooms(homeserver, id, signal);
  const files = steps.media ? await filesOf(id, look, asServer(session)) : [];
  return {
    row: {
      id,
      verdict: 'will',
      reason: '',
      target: { id },
      created,
      rooms: rooms.length,
      files: files.length,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    rooms,
  };
}

/** Who is in the rooms of the ghosts: one request for each room. */
function readPortals(
  all: readonly Ghost[],
  input: BridgeInput,
  session: Session,
  making: Making<BridgePlanned>,
  notes: readonly Text[],
): void {
  const owner = ownerOf(session);
  const ids = [...new Set(all.flatMap(({ rooms }) => rooms))];
  const members = new Map<string, readonly string[]>();
  if (ids.length === 0) return making.finish(plannedOf(all, members, input, notes));
  const job = startScan<string>({
    kind: 'scan',
    title: READ_ROOMS,
    owner,
    items: ids,
    describe: (id) => ({ id, columns: {} }),
    async run(id, { signal }): Promise<Outcome> {
      const found = await membersOf(id, (one) => send(homeserverFor(owner), one, signal));
      if (found) members.set(id, found);
      return { status: 'done' };
    },
    classify: classifyHomeserverError,
    verify: () => Promise.resolve({ status: 'not-done' }),
    repeatable: true,
  });
  making.read(job, 'rooms', () => {
    const unread = job.indexes(['failed', 'unknown']).length;
    making.finish(
      plannedOf(all, members, input, [...notes, ...(unread > 0 ? [withValues(UNREAD_ROOMS, { count: unread })] : [])]),
    );
  });
}

function plannedOf(
  all: readonly Ghost[],
  rooms: ReadonlyMap<string, readonly string[]>,
  input: BridgeInput,
  notes: readonly Text[],
): BridgePlanned {
  const rows = all.map(({ row }) => row);
  return {
    rows: rows.toSorted((one, other) => Number(one.verdict === 'will') - Number(other.verdict === 'will')),
    input,
    notes,
    at: Date.now(),
    rooms,
  };
}
