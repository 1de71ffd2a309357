import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { setMembership } from '~/mocks/rules/membership';
import type { Room } from '~/mocks/state';
import { removal, removalJob } from '~/testing/removals';
import { modelForEach } from '~/testing/model-for-each';
import { rowComesTo, SLOWLY, startQuickly } from '~/testing/quick-jobs';
import { withLimitLifted } from './removal-steps';
import { inWords } from '~/testing/in-words';

/** What is special about removing members: an answer that says yes is not the effect, and who came back is left alone. */

let model: MockHomeserver;
let anna: string;
let room: Room;

modelForEach((made) => {
  model = made;
  anna = addUser(model, 'anna').name;
});

/** `answer` in the homeserver's place; null: the homeserver's own. */
function answering(fits: RegExp, answer: (request: Request) => Promise<Response | null> | Response | null): void {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const hit = fits.test(`${init.method} ${url}`);
    return (hit && (await answer(new Request(url, init)))) || model.handle(new Request(url, init));
  });
}

const lost = (): never => {
  throw new TypeError('Failed to fetch');
};

const isIn = () => room.members.get(anna)?.membership === 'join';
const comesBack = () => setMembership(model, room, anna, { membership: 'join', sender: anna });
const limit = () => model.state.users.get(model.adminId)?.ratelimit;

const removing = (item = removal(anna, room.room_id)) => startQuickly(removalJob(model, [item], { unlimited: true }));
const lifting = () => startQuickly(removalJob(model, withLimitLifted(null, [])));

describe('a removal', () => {
  beforeEach(() => {
    room = addRoom(model, { creator: model.adminId, members: [model.adminId, anna], join_rules: 'public' });
  });
  it.each([
    ['of another form', { status: 'ok' }],
    ['that is Synapse’s to the letter', {}],
  ])('is not done by an answer %s, with the user still in the room', async (_, body) => {
    answering(/POST .*\/kick$/, () => Response.json(body));
    const job = removing();
    await rowComesTo(job, 0, 'unknown');
    expect(isIn()).toBe(true);
    expect(inWords(job.row(0).reason)).not.toMatch(/^Now/);
  });

  it('is tried again where a portal said yes once, and is done then', async () => {
    let times = 0;
    answering(/POST .*\/kick$/, () => ((times += 1) === 1 ? Response.json({}) : null));
    const job = removing();
    await rowComesTo(job, 0, 'done');
    expect(inWords(job.row(0).reason)).toMatch(/^Now out of the room/);
    expect(isIn()).toBe(false);
  });

  it('is not made a second time of who came back after the first, whose answer was lost', async () => {
    answering(/POST .*\/kick$/, async (request) => {
      await model.handle(request);
      comesBack();
      return lost();
    });
    const job = removing();
    await rowComesTo(job, 0, 'skipped');
    expect(inWords(job.row(0).reason)).toMatch(/^Changed since the plan: now in the room/);
    expect(isIn()).toBe(true);
    expect(model.log.count('POST', /\/kick$/)).toBe(1);
  });

  it('is not made of who left and came back since the plan', async () => {
    const job = removing(removal(anna, room.room_id, { id: '$another', ts: 1 }));
    await rowComesTo(job, 0, 'skipped');
    expect(inWords(job.row(0).reason)).toMatch(/^Changed since the plan: now in the room/);
    expect(isIn()).toBe(true);
    expect(model.log.writes()).toEqual([]);
  });

  it('ends as failed where a late join of the undone job brings them in again', async () => {
    const job = removing({ ...removal(anna, room.room_id), late: true });
    await rowComesTo(job, 0, 'done');
    expect(job.getSnapshot().unsettled).toMatchObject({ count: 1 });
    comesBack();
    job.lookAgain();
    await rowComesTo(job, 0, 'failed');
    expect(inWords(job.row(0).reason)).toMatch(/A request of the undone job was carried out late/);
  });

  it('of oneself is looked at too, though the room is closed to who left it', async () => {
    const job = removing(removal(model.adminId, room.room_id));
    await rowComesTo(job, 0, 'done');
    expect(room.members.get(model.adminId)?.membership).toBe('leave');
  });
});

describe('the admin’s own limit', () => {
  it.each([
    ['a portal', { status: 'ok' }],
    ['the echo of another limit', { messages_per_second: 5, burst_count: 5 }],
  ])('is not lifted by the answer of %s', async (_, body) => {
    answering(/POST .*override_ratelimit$/, () => Response.json(body));
    const job = lifting();
    await rowComesTo(job, 0, 'unknown');
    expect(limit()).toBeNull();
  });

  it('is not read as none where something else answers the question', async () => {
    answering(/GET .*override_ratelimit$/, () => Response.json({ status: 'ok' }));
    const job = lifting();
    await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('finished'), SLOWLY);
    expect(inWords(job.row(0))).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/not what Synapse sends here/),
    });
    expect(model.log.writes()).toEqual([]);
  });

  it('is not told to be put back where the answer says so and it is lifted still', async () => {
    answering(/DELETE .*override_ratelimit$/, () => Response.json({}));
    const job = lifting();
    await rowComesTo(job, 1, 'failed');
    expect(inWords(job.row(1).reason)).toBe('The request succeeded, but the limit is: lifted.');
    expect(job.getSnapshot().unclosed).toBeDefined();
  });

  it('may still be lifted by a request without an answer, however far the clock on the wall jumps', async () => {
    const { now } = Date;
    let ahead = 0;
    vi.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
    let late: Request | null = null;
    answering(/POST .*override_ratelimit$/, (request) => {
      if (late) return null;
      late = request;
      ahead = 7_200_000;
      return lost();
    });
    const job = lifting();
    await rowComesTo(job, 1, 'failed');
    expect(inWords(job.row(1).reason)).toMatch(/^Restored: no limit of your own\. An earlier request to lift it/);
    expect(job.getSnapshot().unclosed).toBeDefined();
    if (late) await model.handle(late);
    expect(limit()).toEqual({ messages_per_second: 0, burst_count: 0 });
    job.stop();
    await vi.waitFor(() => expect(limit()).toBeNull(), SLOWLY);
    vi.restoreAllMocks();
  });
});
