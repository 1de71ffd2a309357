import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { longestFailing } from '~/api/federation';
import { addDestination, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { overview } from './overview';
import type { Session } from './session';

let model: MockHomeserver;
let session: Session;

modelForEach((made, as) => {
  model = made;
  session = as;
});

const client = new QueryClient();

it('knows all accounts and all admins by one request', async () => {
  for (let index = 0; index < 300; index += 1) addUser(model, `user-${index}`);
  addUser(model, { localpart: 'boss', admin: true });
  addUser(model, { localpart: 'former', admin: true, deactivated: true });
  addUser(model, { localpart: 'shut', admin: true, locked: true });
  model.log.clear();
  const { total, admins, isPart } = await client.fetchQuery(overview.accounts(session.homeserver, session));
  expect([total, isPart]).toEqual([model.state.users.size, false]);
  expect(admins.map(({ name }) => name).toSorted()).toEqual(
    ['@boss:demo.example', '@shut:demo.example', model.adminId].toSorted(),
  );
  expect(model.log.entries).toHaveLength(1);
});

it('finds the servers that fail longest among thousands by one request', async () => {
  for (let index = 0; index < 3000; index += 1) addDestination(model, `fine-${index}.example`);
  addDestination(model, 'b.example', { retry_last_ts: 2000, failure_ts: 20 });
  addDestination(model, 'a.example', { retry_last_ts: 1000, failure_ts: 10 });
  model.log.clear();
  const { failing, isPart } = await longestFailing(session.homeserver);
  expect([failing.map(({ destination }) => destination), isPart]).toEqual([['a.example', 'b.example'], false]);
  expect(model.log.entries).toHaveLength(1);
});

it('asks for failed tasks only, and for one report only', async () => {
  model.log.clear();
  expect(await client.fetchQuery(overview.failedTasks(session.homeserver))).toEqual([]);
  expect(await client.fetchQuery(overview.reports(session.homeserver))).toEqual({ total: 0, newest: null });
  expect(model.log.entries.map(({ query }) => query.toString())).toEqual(['status=failed', 'limit=1&dir=b']);
});
