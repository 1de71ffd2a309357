import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canUndo, type AnyAction, type LookAt, type Server } from '../../src/actions/action.ts';
import { actionJob, type Ground } from '../../src/actions/job.ts';
import { afterMoreLooks } from '../../src/actions/more-looks.ts';
import { verdictOf, type ActionItem } from '../../src/actions/plan.ts';
import { changedBy, undoVerdict } from '../../src/actions/undo.ts';
import { send } from '../../src/api/ask.ts';
import { HomeserverError } from '../../src/api/errors.ts';
import { pageEnvironment } from '../../src/jobs/environment.ts';
import type { JobSpec, Json, LedgerRow } from '../../src/jobs/job.ts';
import { whenResting } from '../../src/jobs/phase.ts';
import { createJob } from '../../src/jobs/runner.ts';
import { textOfError } from '../../src/lib/text-error.ts';
import { wordsOf } from '../../src/lib/words.ts';
import type { At, Place } from './action-places/place.ts';
import { ROOM_PLACES } from './action-places/rooms.ts';
import { THING_PLACES } from './action-places/things.ts';
import { USER_PLACES } from './action-places/users.ts';
import { expect, test } from './fixtures.ts';

/**
 * Each action on the real Synapse, planned, run and undone as a page does it, on two items at once; what Synapse then says is
 * read past the app. No browser: how its dialogs look, others see.
 */
const PLACES: Readonly<Record<string, Place>> = { ...ROOM_PLACES, ...THING_PLACES, ...USER_PLACES };

/** What can’t be tried out like this, and why, or where it is. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'background.start': 'the contract: it changes the whole homeserver',
  'background.pause': 'the contract: it changes the whole homeserver',
  'background.resume': 'the contract: it changes the whole homeserver',
  'destination.retry': 'a homeserver without federation knows no other',
  'room.extremities-delete': 'nothing makes a room have more than one without federation',
  'user.notice': 'the contract: it needs a homeserver that sends notices',
  'user.validity': 'the contract: it needs a homeserver where accounts expire',
  'user.allow-key-replacement': 'the contract: it needs an account with cross-signing keys',
  'user.login-as': 'the contract: it hands out a secret and changes nothing',
  'user.end-login-as': 'the contract: it goes with the token of “Log in as”',
  'user.reset-password': 'actions.synapse.ts: it hands out a secret',
  'user.external-ids': 'the import of a CSV (users.synapse.ts)',
  'user.threepids': 'the import of a CSV (users.synapse.ts)',
};

const folder = join(import.meta.dirname, '../../src/actions');

/** Those of Synapse. The app finds them by the bundler. */
async function allActions(): Promise<AnyAction[]> {
  const found: AnyAction[] = [];
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/^(?!playbook)[^/]+\/[^/]+(?<!\.spec)\.ts$/.test(path)) continue;
    // oxlint-disable-next-line no-await-in-loop -- they import one another
    const exports = (await import(join(folder, path))) as Record<string, unknown>;
    found.push(...Object.values(exports).filter(isAction));
  }
  return found.filter(({ at }) => at !== 'mas');
}

const isAction = (value: unknown): value is AnyAction =>
  typeof value === 'object' && value !== null && 'kind' in value && 'look' in value && 'write' in value;

function groundOf({ synapse, world }: At): Ground {
  const { baseUrl, adminToken: token, version } = synapse;
  const server: Server = { serverName: world.serverName, version, mas: false, me: world.adminId };
  return {
    owner: { baseUrl, userId: world.adminId },
    server: () => server,
    homeserver: () => ({ baseUrl, token, version }),
    classify(error) {
      const reason = textOfError(error);
      return error instanceof HomeserverError && error.status === 429
        ? { kind: 'busy', waitMs: error.retryAfterMs ?? null, reason }
        : { kind: 'refused', reason };
    },
  };
}

const lookOf =
  (at: At): LookAt =>
  (one) =>
    send(groundOf(at).homeserver(), one);

async function planned(at: At, action: AnyAction, ids: readonly string[], input: Json): Promise<JobSpec<ActionItem>> {
  const look = lookOf(at);
  const server = groundOf(at).server();
  const items: ActionItem[] = [];
  for (const id of ids) {
    // oxlint-disable-next-line no-await-in-loop -- in this order
    const seen = await look(action.look(id, server));
    const first = verdictOf(action, id, seen, input, at.world.adminId);
    // oxlint-disable-next-line no-await-in-loop -- in this order
    const found = await afterMoreLooks(action, first, { seen, input, look, server });
    if (found.verdict !== 'will') throw new Error(`The plan says: ${wordsOf(found.reason)}`);
    items.push(found.item);
  }
  return actionJob(action, { items, input }, groundOf(at));
}

async function undoing(at: At, action: AnyAction, rows: readonly LedgerRow[]): Promise<JobSpec<ActionItem>> {
  const items: ActionItem[] = [];
  for (const row of rows) {
    const changed = changedBy(row);
    if (!changed) throw new Error(`${row.id} is not to be undone.`);
    // oxlint-disable-next-line no-await-in-loop -- in this order
    const seen = await lookOf(at)(action.look(changed.id, groundOf(at).server()));
    const found = undoVerdict(action, changed, seen, at.world.adminId);
    if (found.verdict !== 'will') throw new Error(`The undo says: ${wordsOf(found.reason)}`);
    items.push(found.item);
  }
  return actionJob(action, { items, input: null, undoes: { id: 'x', title: 'it' } }, groundOf(at));
}

async function run(spec: JobSpec<ActionItem>): Promise<LedgerRow[]> {
  const job = createJob(spec, pageEnvironment);
  job.start();
  await whenResting(job);
  return [...job.indexes([])].map((index) => job.row(index));
}

const statusesOf = (rows: readonly LedgerRow[]) =>
  rows.map(({ status, reason }) => [status, status === 'done' ? '' : wordsOf(reason ?? '')]);

test('each action of Synapse is tried out, here or elsewhere', async () => {
  const kinds = (await allActions()).map(({ kind }) => kind);
  expect(kinds.toSorted()).toEqual([...Object.keys(PLACES), ...Object.keys(ELSEWHERE)].toSorted());
});

/** @throws where the plan, the run or the undo is not what it says */
async function tryOut(at: At, action: AnyAction, place: Place): Promise<void> {
  const { kind } = action;
  const names = ['one', 'two'].slice(0, place.count).map((name) => `${kind.replace('.', '-')}-${name}`);
  const ids: string[] = [];
  // oxlint-disable-next-line no-await-in-loop -- in this order
  for (const name of names) ids.push(await place.make(at, name));
  const truths = () => Promise.all(ids.map((id) => place.truth(at, id)));
  const before = await truths();
  const input = typeof place.input === 'function' ? place.input() : (place.input ?? null);

  const spec = await planned(at, action, ids, input);
  expect(await truths(), `${kind}: a plan only reads`).toEqual(before);
  const rows = await run(spec);
  expect(statusesOf(rows), kind).toEqual(ids.map(() => ['done', '']));
  const reached = await truths();
  expect(reached, kind).toEqual(ids.map(() => place.reached));
  expect(reached, `${kind}: what is read shows what the action does`).not.toEqual(before);

  if (!canUndo(action)) return;
  expect(statusesOf(await run(await undoing(at, action, rows))), `${kind}, undone`).toEqual(
    ids.map(() => ['done', '']),
  );
  const after = 'undone' in place ? ids.map(() => place.undone) : before;
  expect(await truths(), `${kind}, undone`).toEqual(after);
}

for (const [chapter, places] of [
  ['rooms, members and events', ROOM_PLACES],
  ['files, sessions, reports and registration tokens', THING_PLACES],
  ['accounts', USER_PLACES],
] as const) {
  test(`each action on ${chapter}: what was planned is so, and what is undone is as before`, async ({
    synapse,
    world,
  }) => {
    test.slow();
    const at: At = { synapse, world };
    const actions = await allActions();
    for (const [kind, place] of Object.entries(places)) {
      const action = actions.find((one) => one.kind === kind);
      if (!action) throw new Error(`There is no action ${kind}.`);
      // What this Synapse is too old for is not offered.
      if (action.guard?.(groundOf(at).server())) continue;
      // oxlint-disable-next-line no-await-in-loop -- one homeserver
      await test.step(kind, () => tryOut(at, action, place));
    }
  });
}
