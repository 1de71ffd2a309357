import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { failingDestinations } from '~/api/federation';
import { addDestination } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { federation, sortDestinations, USUAL_DESTINATION_LIST, type DestinationListState } from './federation';
import type { Session } from './session';

const client = new QueryClient();
let model: MockHomeserver;
let session: Session;

modelForEach((made, as) => {
  model = made;
  client.clear();
  session = as;
});

const LIST = /\/federation\/destinations$/;
const list = async (state: Partial<DestinationListState>) => {
  const query = federation.list(session.homeserver, { ...USUAL_DESTINATION_LIST, ...state });
  const answer = await client.fetchQuery({ ...query, staleTime: Infinity });
  return query.select?.(answer) ?? answer;
};
const names = (rows: readonly { destination: string }[]) => rows.map(({ destination }) => destination);

it('finds the servers that fail among thousands with one request, though Synapse has no filter for it', async () => {
  for (let index = 0; index < 3000; index += 1) addDestination(model, `fine-${index}.example`);
  addDestination(model, 'b.example', { retry_last_ts: 2000, failure_ts: 10 });
  addDestination(model, 'a.example', { retry_last_ts: 1000, failure_ts: 20 });
  const { rows, total } = await list({ failing: 'only' });
  expect([names(rows), total]).toEqual([['a.example', 'b.example'], 2]);
  expect(model.log.count('GET', LIST)).toBe(1);
  expect(names((await list({ failing: 'only', order_by: 'retry_last_ts', dir: 'b' })).rows)).toEqual([
    'b.example',
    'a.example',
  ]);
});

it('reads on while every server of a page fails', async () => {
  for (let index = 0; index < 1200; index += 1) {
    addDestination(model, `down-${index}.example`, { retry_last_ts: 1 + index });
  }
  addDestination(model, 'fine.example');
  expect((await failingDestinations(session.homeserver, undefined)).rows).toHaveLength(1200);
  expect((await list({ failing: 'only', page: 12 })).rows).toHaveLength(100);
  expect((await list({ failing: 'only', page: 12 })).from).toBe(1100);
});

it('reads those that fail once for all pages and orders', async () => {
  for (let index = 0; index < 250; index += 1) {
    addDestination(model, `down-${index}.example`, { retry_last_ts: 1 + index });
  }
  addDestination(model, 'fine.example');
  const first = await list({ failing: 'only' });
  expect([first.rows.length, first.total]).toEqual([100, 250]);
  const asked = model.log.count('GET', LIST);
  expect((await list({ failing: 'only', page: 3 })).rows).toHaveLength(50);
  expect((await list({ failing: 'only', order_by: 'retry_last_ts', dir: 'b' })).rows[0]?.retry_last_ts).toBe(250);
  expect(model.log.count('GET', LIST)).toBe(asked);
});

it('searches without asking for what Synapse would refuse: no server has such a name', async () => {
  addDestination(model, 'far.example');
  expect(names((await list({ destination: 'FAR' })).rows)).toEqual(['far.example']);
  model.log.clear();
  expect((await list({ destination: 'fär' })).total).toBe(0);
  expect(model.log.count('GET', LIST)).toBe(0);
});

it('sorts what has no value last, whichever way', () => {
  const rows = [
    { destination: 'none.example', failure_ts: null },
    { destination: 'late.example', failure_ts: 9 },
    { destination: 'early.example', failure_ts: 3 },
  ];
  expect(names(sortDestinations(rows, { order_by: 'failure_ts', dir: 'f' }))).toEqual([
    'early.example',
    'late.example',
    'none.example',
  ]);
  expect(names(sortDestinations(rows, { order_by: 'failure_ts', dir: 'b' }))).toEqual([
    'late.example',
    'early.example',
    'none.example',
  ]);
});
