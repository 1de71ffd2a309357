import { expect, it, vi } from 'vitest';
import { playbookJob } from '~/actions/playbook-job';
import { stepsOf } from '~/actions/playbook-parts';
import type { LedgerRow } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { addMedia, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { groundOf } from '~/testing/actions';
import { Hurry, seeItThrough } from '~/testing/engine';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { signInTo } from '~/testing/signed-in';
import { addWriting } from '~/testing/worlds/access';
import { spamWave, type SpamInput } from './spam-wave';

/** What the last step of a playbook finds, and what a retry makes of it. */

let model: MockHomeserver;
let spammer: string;
modelForEach((made) => {
  model = made;
  model.taskMs = 0;
  spammer = addUser(model, 'spammer').name;
});

const INPUT: SpamInput = { lock: true, redact: true, reason: '', media: 'delete', deactivate: true, erase: false };

/** @param onDeactivated what happens before the check */
function jobWith(onDeactivated: () => void) {
  const job = createJob(
    playbookJob(spamWave, { targets: [{ id: spammer }], input: INPUT }, groundOf(model)),
    new Hurry(),
  );
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const answer = await model.handle(new Request(url, init));
    if (url.includes('/deactivate/')) onDeactivated();
    return answer;
  });
  job.start();
  return job;
}
const over = (job: ReturnType<typeof jobWith>) => seeItThrough(job, () => void signInTo(model));
const stepsIn = (row: LedgerRow) => stepsOf(row).map(({ key, end }) => `${key} ${end?.status}`);
const checkIn = (row: LedgerRow) => inWords(stepsOf(row).find(({ key }) => key === 'check')?.end?.reason ?? '');
const filesLeft = () => [...model.state.media.values()].filter(({ user_id }) => user_id === spammer).length;

it('a protected file is named, and is no failure that no retry could repair', async () => {
  addMedia(model, { user_id: spammer, safe_from_quarantine: true });
  addMedia(model, { user_id: spammer });
  const job = jobWith(() => undefined);
  await over(job);
  expect([job.row(0).status, filesLeft()]).toEqual(['done', 1]);
  expect(checkIn(job.row(0))).toContain('1 protected file is left');
  expect(checkIn(job.row(0))).not.toContain('No file is left');
});

it('a retry after a failed check deletes what was uploaded in between', async () => {
  addMedia(model, { user_id: spammer });
  const job = jobWith(() => addMedia(model, { user_id: spammer }));
  await over(job);
  expect([job.row(0).status, checkIn(job.row(0))]).toEqual(['failed', expect.stringContaining('1 file is left')]);
  job.retryFailed();
  await over(job);
  expect(filesLeft()).toBe(0);
  expect(job.row(0).status).toBe('done');
  expect(stepsIn(job.row(0))).toEqual([
    'lock done',
    'rooms done',
    'redact skipped',
    'media done',
    'deactivate done',
    'check done',
  ]);
  // What was done is not repeated.
  expect(
    model.log.entries.filter(({ path, method }) => method === 'POST' && path.includes('/deactivate/')),
  ).toHaveLength(1);
});

it('a retry after a failed check redacts what was written in between', async () => {
  addWriting(model, spammer, '10');
  const room = [...model.state.rooms.values()].find(({ events }) => events.some(({ sender }) => sender === spammer));
  const content = { msgtype: 'm.text', body: 'once more' };
  const event = { event_id: '$late', type: 'm.room.message', sender: spammer, origin_server_ts: 1, content };
  const job = jobWith(() => room?.events.push(event));
  await over(job);
  expect(checkIn(job.row(0))).toContain('1 message is left: $late');
  model.log.clear();
  job.retryFailed();
  await over(job);
  expect(model.log.writes().map(({ path }) => path.split('/').at(-1))).toEqual(['redact']);
});

it('an older homeserver names no rooms that the account has left, and nothing is claimed of them', async () => {
  vi.stubGlobal('fetch', null);
  model = new MockHomeserver({ version: '1.144.0' });
  model.taskMs = 0;
  spammer = addUser(model, 'spammer').name;
  addWriting(model, spammer, '10');
  signInTo(model);
  const job = jobWith(() => undefined);
  await over(job);
  expect(job.row(0).status).toBe('done');
  expect(inWords(job.row(0).reason)).not.toMatch(/No message is left|is or was in/);
  expect(checkIn(job.row(0))).toContain('redact what the account wrote in the rooms that you know of');
});

it('names so many of the messages that are left, and counts all', async () => {
  addWriting(model, spammer, '10');
  const room = [...model.state.rooms.values()].find(({ events }) => events.some(({ sender }) => sender === spammer));
  const job = jobWith(() => {
    for (let index = 0; index < 700; index += 1)
      room?.events.push({
        event_id: `$late${index}`,
        type: 'm.room.message',
        sender: spammer,
        origin_server_ts: 1,
        content: { msgtype: 'm.text', body: 'more' },
      });
  });
  await over(job);
  const noted = job.row(0).parts?.findLast((part) => (part as string[])[0] === 'noted') as unknown as [
    string,
    string,
    { events: unknown[]; left: number },
  ];
  expect(noted[2].left).toBe(700);
  expect(noted[2].events.length).toBeLessThan(520);
});
