import { describe, expect, it, vi } from 'vitest';
import { PlanDraft } from '~/job-store/plan-draft';
import type { Session } from '~/data/session';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { wordsOf } from '~/lib/words';
import { joinGround } from '~/testing/joins';
import { modelForEach } from '~/testing/model-for-each';
import { begin as beginJob, rests, STRANGERS } from '~/testing/strangers';
import { runItems } from './plan';
import { beginPlanning, type Planned, type Wanted } from './planning';
import { joinJob } from './run';

/** Something in front of the homeserver answers in its place: that is never taken for the homeserver's word. */

// Scans run in the page's own time; nothing here is about how long they wait.
vi.mock('~/jobs/pace', async (original) => ({ ...(await original<object>()), retryDelayMs: () => 0 }));

let model: MockHomeserver;
let session: Session;
let planning: PlanDraft<object, Planned>;

modelForEach((made, as) => {
  model = made;
  session = as;
  planning = new PlanDraft({});
}, true);

function wanted(): Wanted {
  const ids = ['anna', 'ben'].map((name) => addUser(model, name).name);
  addRoom(model, { alias: 'lobby', join_rules: 'public', creator: model.adminId, members: [model.adminId] });
  return { rooms: [{ ref: '#lobby:demo.example', via: [] }], users: { kind: 'named', ids }, pairs: null };
}

const begin = (what: Wanted) => planning.make((making) => beginPlanning(session, what, making));
/** The plan that is made of what could be read. */
async function reasons(what: Wanted): Promise<string[]> {
  begin(what);
  const scan = planning.get().reading;
  if (!scan) throw new Error('unreachable');
  await rests(scan.job);
  expect(planning.get().planned).toBeNull();
  scan.goOnWithout();
  return planning.get().planned?.rows.map(({ verdict, reason }) => `${verdict}: ${wordsOf(reason)}`) ?? [];
}

describe('a proxy that answers in the homeserver’s place', () => {
  it.each(STRANGERS)('%s: an alias could not be read, and is not said to name no room', async (answer) => {
    model.faults.next({ match: /directory\/room/, answer, times: Infinity });
    expect(await reasons(wanted())).toEqual([
      'cannot: the room could not be read',
      'cannot: the room could not be read',
    ]);
  });

  it.each(STRANGERS)('%s: a room could not be read, and is not said to be unknown here', async (answer) => {
    model.faults.next({ match: /v1\/rooms\//, answer, times: Infinity });
    expect(await reasons(wanted())).toEqual([
      'cannot: the room could not be read',
      'cannot: the room could not be read',
    ]);
  });

  it.each(STRANGERS)('%s: a user could not be read, and is not said to be missing', async (answer) => {
    model.faults.next({ match: /v2\/users\/@anna/, answer, times: Infinity });
    expect(await reasons(wanted())).toEqual(['cannot: the user could not be read', 'will: ']);
  });

  it.each(STRANGERS)('%s in the run: the first join asks, and nothing is done or skipped', async (answer) => {
    begin(wanted());
    await vi.waitFor(() => expect(planning.get().planned).not.toBeNull(), { timeout: 10_000 });
    model.faults.next({ match: /./, answer, times: Infinity });
    const job = await beginJob(joinJob(joinGround(model), runItems(planning.get().planned?.rows ?? [])));
    expect(job.getSnapshot()).toMatchObject({
      state: { phase: 'paused', why: 'failures' },
      counts: { done: 0, skipped: 0 },
    });
  });
});
