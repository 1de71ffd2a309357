import { expect, it } from 'vitest';
import type { Session } from '~/data/session';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { addUserReport } from '~/mocks/reported';
import { modelForEach } from '~/testing/model-for-each';
import { addReported } from '~/testing/worlds/report';
import { lookForReports, newReports, sawReports } from './new-reports';

let model: MockHomeserver;
let session: Session;

modelForEach((made, as) => {
  model = made;
  session = as;
});

const look = (turn: number) => lookForReports(session.homeserver, turn);
let later = 0;
const report = (count: number) => {
  for (let index = 0; index < count; index += 1) {
    const id = addReported(model);
    const added = model.state.eventReports.get(id);
    if (added) added.received_ts = model.now() + (later += 1);
  }
};

it('counts what was reported since the first look, by one small request', async () => {
  report(3);
  await look(0);
  expect(newReports.count()).toBe(0);
  report(2);
  model.log.clear();
  await look(2);
  expect(newReports.count()).toBe(2);
  expect(model.log.entries.map(({ path }) => path)).toEqual(['/_synapse/admin/v1/event_reports']);
});

it('asks for reports of users by turns, and only where there are any', async () => {
  await look(1);
  addUserReport(model, { target_user_id: addUser(model, {}).name, user_id: model.adminId, reason: '' });
  await look(3);
  expect(newReports.count()).toBe(1);
  model.log.clear();
  await lookForReports({ ...session.homeserver, version: '1.140.0' }, 5);
  expect(model.log.count('GET', /event_reports$/)).toBe(1);
});

it('knows nothing new once the queue was looked at', async () => {
  await look(0);
  report(1);
  await look(2);
  sawReports();
  expect(newReports.count()).toBe(0);
  await look(4);
  expect(newReports.count()).toBe(0);
  report(25);
  await look(6);
  expect(newReports.count()).toBe(20);
});
