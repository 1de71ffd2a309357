import { expect, it, vi } from 'vitest';
import { actOnReport, REPORT_STEPS, type ReportInput } from '~/actions/playbook/report';
import { playbookJob } from '~/actions/playbook-job';
import type { Verdict } from '~/actions/plan';
import { stepsOf } from '~/actions/playbook-parts';
import { messageReport } from '~/data/report-list';
import { addMedia, addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { addEventReport } from '~/mocks/reported';
import { groundOf } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { runToTheEnd } from '~/testing/signed-in';
import { offersFor } from './offers';
import { choosableSteps, targetOf, whyNot } from './several';

let model: MockHomeserver;

modelForEach((made) => (model = made));

function reported() {
  const spammer = addUser(model, 'spammer').name;
  const room = addRoom(model, { name: 'Lobby', creator: model.adminId, members: [model.adminId, spammer] });
  const file = `mxc://${model.serverName}/${addMedia(model, { user_id: spammer }).media_id}`;
  const content = { msgtype: 'm.image', body: 'offer', url: file };
  const event = { event_id: '$offer', type: 'm.room.message', sender: spammer, origin_server_ts: 1, content };
  room.events.push(event);
  const id = addEventReport(model, { room, event, user_id: model.adminId, reason: 'spam' });
  const { event: _event, ...row } = model.state.eventReports.get(id) ?? { event: null };
  return { spammer, room, file, report: messageReport(row as never) };
}

const fileOf = (mxc: string) => model.state.media.get(mxc.split('/').at(-1) ?? '');

const run = async (target: ReturnType<typeof targetOf>, steps: ReportInput['steps']) => {
  const input: ReportInput = { steps, of: 'message', reason: 'Spam' };
  const spec = playbookJob(actOnReport, { targets: [target], input }, groundOf(model));
  const [row] = await runToTheEnd(model, spec, () => undefined);
  if (!row) throw new Error('The job has no row.');
  return row;
};

it('does all that was chosen about a report in one job, in its own order, the report last', async () => {
  const { spammer, room, file, report } = reported();
  const offers = offersFor(report, { serverName: model.serverName, files: [file] });
  const keys = choosableSteps(report, offers).map(({ key }) => key);
  expect(keys).toEqual([...REPORT_STEPS]);
  const row = await run(targetOf(report, [file]), keys.toReversed());
  expect(inWords(row)).toMatchObject({ status: 'done' });
  expect(stepsOf(row).map(({ key, end }) => `${key} ${end?.status}`)).toEqual(REPORT_STEPS.map((key) => `${key} done`));
  expect(model.state.users.get(spammer)?.deactivated).toBe(true);
  expect(room.members.get(spammer)?.membership).toBe('ban');
  expect([...model.state.media.values()].every(({ quarantined_by: by }) => by !== null)).toBe(true);
  expect([model.state.blockedRooms.has(room.room_id), model.state.eventReports.size]).toEqual([true, 0]);
});

it('keeps the report in the queue where something before it failed', async () => {
  const { report } = reported();
  model.faults.next({ answer: '403', match: /^PUT .*\/users\// });
  const row = await run(targetOf(report, []), ['lock', 'dismiss']);
  expect(row.status).toBe('failed');
  expect(model.state.eventReports.size).toBe(1);
  vi.unstubAllGlobals();
});

it.each([
  ['is protected', (mxc: string) => Object.assign(fileOf(mxc) ?? {}, { safe_from_quarantine: true })],
  ['is not there', (mxc: string) => model.state.media.delete(mxc.split('/').at(-1) ?? '')],
])('keeps the report in the queue where a file of it %s, so that nothing was quarantined', async (_, change) => {
  const { report, file } = reported();
  change(file);
  const row = await run(targetOf(report, [file]), ['quarantine', 'dismiss']);
  expect([row.status, stepsOf(row).map(({ key, end }) => `${key} ${end?.status}`)]).toEqual([
    'failed',
    ['quarantine failed'],
  ]);
  expect(model.state.eventReports.size).toBe(1);
});

it('dismisses the report where its file was quarantined already', async () => {
  const { report, file } = reported();
  Object.assign(fileOf(file) ?? {}, { quarantined_by: model.adminId });
  const row = await run(targetOf(report, [file]), ['quarantine', 'dismiss']);
  expect(stepsOf(row).map(({ key, end }) => `${key} ${end?.status}`)).toEqual(['quarantine skipped', 'dismiss done']);
});

it('offers no step of which a part can’t be done, or of which nothing is left to do', () => {
  const { report, file } = reported();
  const server = { serverName: model.serverName, version: model.version, mas: false };
  const files = [file, `${file}2`];
  const step = choosableSteps(report, offersFor(report, { serverName: model.serverName, files })).find(
    ({ key }) => key === 'quarantine',
  );
  if (!step) throw new Error('It is offered.');
  const verdict = (one: 'cannot' | 'nothing') => ({ verdict: one, id: file, now: null, reason: one }) as Verdict;
  expect(whyNot(step, [null, verdict('cannot')], server)).toBe('cannot');
  expect(whyNot(step, [verdict('nothing'), verdict('nothing')], server)).toBe('nothing');
  expect(whyNot(step, [verdict('nothing'), null], server)).toBeNull();
});
