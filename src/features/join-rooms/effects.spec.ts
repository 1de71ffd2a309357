import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeAdminStep } from '~/actions/member/removal-steps';
import { lookAtRoom } from '~/actions/member/room';
import type { Job, JobSpec } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import type { Room } from '~/mocks/state';
import { Notebook } from '~/testing/engine';
import { inWords } from '~/testing/in-words';
import { foundRoom, joinGround, scanGround } from '~/testing/joins';
import { quick, SLOWLY } from '~/testing/quick-jobs';
import { modelForEach, reaching } from '~/testing/model-for-each';
import { removalJob } from '~/testing/removals';
import { readBefore } from './before';
import { joinJob } from './run';
import { madeBy, planUndo } from './undo-plan';

/** An answer that says yes is not the effect: what was changed is looked at, and a second try looks first. */

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

async function comesTo(job: Job, index: number, status: string): Promise<void> {
  await vi.waitFor(() => expect(job.row(index).status).toBe(status), SLOWLY);
}

function start<Item>(spec: JobSpec<Item>): Job {
  const job = createJob(spec, quick);
  job.start();
  return job;
}

const power = () => room.power_levels?.users[model.adminId];

describe('being made an admin of a room', () => {
  let ownerOfRoom: string;
  beforeEach(() => {
    ownerOfRoom = addUser(model, 'owner').name;
    room = addRoom(model, { creator: ownerOfRoom, members: [ownerOfRoom], join_rules: 'invite' });
  });

  const found = () => foundRoom(room.room_id, { name: 'Staff', joinRule: 'invite', members: new Set([ownerOfRoom]) });
  const making = () => start(joinJob(joinGround(model), [{ kind: 'make-admin', room: found() }]));

  it('first keeps whether the admin was in the room, and with which power', async () => {
    const job = making();
    await comesTo(job, 0, 'done');
    expect(readBefore(job.row(0).before)).toMatchObject({ kept: 'make-admin/1', was_in: false, power: 0 });
  });

  it('is checked where it got no answer: what was done in part is reported as such, and the undo shows it', async () => {
    // Synapse raises the power, and is killed before it invites.
    answering(/POST .*make_room_admin/, async (request) => {
      room.join_rules = 'public';
      await model.handle(request);
      room.join_rules = 'invite';
      return lost();
    });
    const job = making();
    await comesTo(job, 0, 'unknown');
    expect(power()).toBe(100);
    job.verifyUnknown();
    await comesTo(job, 0, 'failed');
    expect(inWords(job.row(0).reason)).toMatch(/^Done in part\. Retry to finish it\. You are not in the room\./);
    const one = madeBy(job.row(0));
    const looked = await lookAtRoom(scanGround(model).hs, room.room_id, model.adminId);
    const findings = { found: one ? [one] : [], rooms: new Map([[room.room_id, looked]]), me: model.adminId };
    const choices = { makeAdmin: new Set<string>(), liftLimit: false, unsure: false };
    expect(inWords(planUndo({ ...findings, limit: null }, choices).rows)).toMatchObject([
      { verdict: 'cannot', reason: 'your power level is 100 (it was 0 before): step down in a Matrix client' },
    ]);
    vi.stubGlobal('fetch', reaching(model));
    job.retryFailed();
    await comesTo(job, 0, 'done');
    // What was there before the job stays what is kept.
    expect(readBefore(job.row(0).before)).toMatchObject({ power: 0, was_in: false });
  });

  it('is not done where a captive portal answers with success', async () => {
    answering(/POST .*(make_room_admin|v3\/join)/, (request) =>
      Response.json(request.url.includes('make_room_admin') ? {} : { room_id: room.room_id }),
    );
    const job = making();
    await comesTo(job, 0, 'failed');
    expect(inWords(job.row(0).reason)).toMatch(
      /^The request succeeded, but: You are not in the room\. .* you have 0\./,
    );
  });

  it('has the room’s ID in its own ID, as it is', () => {
    const strange = { ...found(), roomId: '!rü:example.org' };
    const items = [{ kind: 'make-admin', room: strange }] as const;
    const undo = [makeAdminStep({ roomId: strange.roomId, room: 'Staff' })] as const;
    expect(joinJob(joinGround(model), items).describe(items[0]).id).toBe('make admin !rü:example.org');
    expect(removalJob(model, undo).describe(undo[0]).id).toBe('make admin !rü:example.org');
  });

  it('changes nothing where the admin can invite there already', async () => {
    room.members.set(model.adminId, { membership: 'join', since: 0 });
    if (room.power_levels) room.power_levels.users[model.adminId] = 100;
    const job = making();
    await comesTo(job, 0, 'skipped');
    expect(inWords(job.row(0).reason)).toBe('You can invite there already: nothing was changed.');
    expect(model.log.writes()).toEqual([]);
  });

  it('is marked as sent with each try: a second one that a proxy cut off is not reported as never sent', async () => {
    const journal = new Notebook();
    const marks: number[] = [];
    let times = 0;
    answering(/POST .*make_room_admin/, () => {
      times += 1;
      marks.push(journal.entries.filter(([what]) => what === 'sent').length);
      if (times === 1) return Response.json({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 1 }, { status: 429 });
      return new Response('Gateway Timeout', { status: 504 });
    });
    const job = createJob(joinJob(joinGround(model), [{ kind: 'make-admin', room: found() }]), quick, { journal });
    job.start();
    await comesTo(job, 0, 'unknown');
    expect(inWords(job.row(0).reason)).not.toMatch(/^Nothing was sent/);
    expect(marks.slice(0, 2)).toEqual([1, 2]);
  });

  it('is found done by its next try, not reported as “nothing was changed”, and the room’s joins run', async () => {
    room.join_rules = 'invite';
    room.members.set(model.adminId, { membership: 'join', since: 0 });
    let times = 0;
    answering(/POST .*make_room_admin/, async (request) => {
      times += 1;
      if (times > 1) return null;
      await model.handle(request);
      return lost();
    });
    const job = start(
      joinJob(joinGround(model), [
        { kind: 'make-admin', room: found() },
        { kind: 'join', room: found(), userId: anna },
      ]),
    );
    await comesTo(job, 0, 'skipped');
    expect(inWords(job.row(0).reason)).toMatch(
      /^You are in the room and can invite: made so by this job or by someone else\./,
    );
    await comesTo(job, 1, 'done');
  });
});
