import { HomeserverError } from '~/api/errors';
import { memberEvents } from '~/api/membership';
import type { Homeserver } from '~/api/request';
import { roomMembers, roomState } from '~/api/rooms';
import { getRateLimit, type RateLimit } from '~/api/users';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import type { Making } from '~/job-store/plan-draft';
import { unreadNotes } from '~/job-store/scans';
import type { Session } from '~/data/session';
import type { Job, Outcome } from '~/jobs/job';
import { readRows } from '~/jobs/row-slices';
import { roomPower, type RoomPower } from './room-power';
import {
  madeBy,
  NOTHING_CHOSEN,
  planUndo,
  type Found,
  type Looked,
  type UndoChoices,
  type UndoFindings,
  type UndoPlan,
} from './undo-plan';

/** Up to so many members, the events by which they are in are read too. In larger rooms each is looked at by the run alone. */
const EVENTS_UP_TO = 2000;

/** A room as an undo needs to know it: three or four requests, whatever the number of its users. @throws HomeserverError */
export async function lookAtRoom(hs: Homeserver, roomId: string, me: string, signal?: AbortSignal): Promise<Looked> {
  try {
    const [names, levels, create] = await Promise.all([
      roomMembers(hs, roomId, signal),
      roomState(hs, roomId, 'm.room.power_levels', signal),
      roomState(hs, roomId, 'm.room.create', signal),
    ]);
    const members = new Set(names);
    const events = names.length > EVENTS_UP_TO ? null : await memberEvents(hs, roomId, signal);
    const power = roomPower([...levels, ...create], null);
    return {
      roomId,
      members,
      events: events && new Map(events.map((event) => [event.state_key, event])),
      adminIn: members.has(me),
      own: power.of(me),
      needed: power.kick,
      offered: offeredPower(power, members, me),
      powers: new Map(power.named.map((name) => [name, power.of(name)])),
      everybody: power.of(''),
    };
  } catch (error) {
    if (!(error instanceof HomeserverError && error.notFound)) throw error;
    return { roomId, problem: 'this homeserver does not know the room any more', gone: true };
  }
}

/** What `make_room_admin` would give (`rooms.py:639-806`): the power of the most powerful joined local user, if it may. */
function offeredPower(power: RoomPower, members: ReadonlySet<string>, me: string): number | null {
  const server = me.slice(me.indexOf(':'));
  const best = Math.max(
    0,
    ...power.named.filter((name) => name.endsWith(server) && members.has(name)).map((name) => power.of(name)),
  );
  if (best === 0 || best < power.levels) return null;
  // The power of a creator can't be handed on: 100 it is then.
  return best === Infinity ? 100 : best;
}

export interface UndoPlanned {
  findings: UndoFindings;
  choices: UndoChoices;
  plan: UndoPlan;
  /** The job that is undone. */
  undoes: string;
  /** Rows that changed nothing: skipped, or never run. */
  untouched: number;
  notes: readonly string[];
  /** Epoch ms. */
  at: number;
}

/** The same findings with other choices. */
export const withChoices = (planned: UndoPlanned, choices: UndoChoices): UndoPlanned => ({
  ...planned,
  choices,
  plan: planUndo(planned.findings, choices),
});

const OWN_LIMIT = 'Your own rate limit';

/** Reads the ledger, and then each room it names once. */
export async function beginUndoScan(session: Session, job: Job, making: Making<UndoPlanned>): Promise<void> {
  const { userId: me } = session;
  const found: Found[] = [];
  let untouched = 0;
  await readRows(
    job,
    (row) => {
      const one = madeBy(row);
      if (one) found.push(one);
      else untouched += 1;
    },
    making.signal,
  );
  if (making.signal.aborted) return;
  const rooms = new Map<string, Looked>();
  let limit: RateLimit | null | undefined;
  const owner = ownerOf(session);
  const ids = new Set(found.flatMap((one) => (one.kind === 'not' ? [] : [one.roomId])));
  const scan = startScan<string>({
    kind: 'scan',
    title: 'Read the rooms as they are now',
    owner,
    items: [OWN_LIMIT, ...ids],
    describe: (id) => ({ id, columns: {} }),
    run: async (id, { signal }): Promise<Outcome> => {
      const hs = homeserverFor(owner);
      if (id === OWN_LIMIT) limit = await getRateLimit(hs, me, signal);
      else rooms.set(id, await lookAtRoom(hs, id, me, signal));
      return { status: 'done' };
    },
    // What could not be read may be read again.
    verify: () => Promise.resolve({ status: 'not-done' }),
    classify: classifyHomeserverError,
    repeatable: true,
  });
  const finish = () => {
    const findings = { found, rooms, me, limit };
    const choices = NOTHING_CHOSEN;
    const plan = planUndo(findings, choices);
    const notes = unreadNotes(scan);
    making.finish({ findings, choices, plan, undoes: job.id, untouched, notes, at: Date.now() });
  };
  making.read(scan, 'rooms', finish);
}
