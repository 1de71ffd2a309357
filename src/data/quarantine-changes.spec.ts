import { expect, it } from 'vitest';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { createQueryClient } from './query-client';
import { quarantineLog } from './quarantine-changes';
import type { Session } from './session';

let model: MockHomeserver;
let session: Session;

modelForEach((made, as) => {
  model = made;
  session = as;
});

const change = (media_id: string, quarantined = true) =>
  model.state.quarantineChanges.push({ origin: 'demo.example', media_id, quarantined });

const asked = () => model.log.of('GET', /quarantine_changes/).map(({ path }) => path);

it('what was quarantined comes last change first, each file once, and a later reading asks only for what came since', async () => {
  const client = createQueryClient();
  const log = quarantineLog(session.homeserver, client);
  const read = () => client.fetchQuery({ ...log, staleTime: 0 });
  for (let index = 0; index < 150; index += 1) change(`m${index}`);
  change('m3', false);
  const first = await read();
  expect(first.files).toHaveLength(150);
  expect(first.files.slice(0, 2)).toEqual([
    { mxc: 'mxc://demo.example/m3', isQuarantined: false },
    { mxc: 'mxc://demo.example/m149', isQuarantined: true },
  ]);
  expect(first).toMatchObject({ next: 151, hasMore: false });
  model.log.clear();
  change('m3');
  change('new');
  const second = await read();
  expect(second.files.slice(0, 3)).toEqual([
    { mxc: 'mxc://demo.example/new', isQuarantined: true },
    { mxc: 'mxc://demo.example/m3', isQuarantined: true },
    { mxc: 'mxc://demo.example/m149', isQuarantined: true },
  ]);
  expect(second.files).toHaveLength(151);
  expect(asked()).toHaveLength(2);
});

it('a homeserver with another database than before is read from the beginning', async () => {
  const client = createQueryClient();
  const read = () => client.fetchQuery({ ...quarantineLog(session.homeserver, client), staleTime: 0 });
  for (let index = 0; index < 5; index += 1) change(`old${index}`);
  await read();
  model.state.quarantineChanges.length = 0;
  change('other');
  expect((await read()).files).toEqual([{ mxc: 'mxc://demo.example/other', isQuarantined: true }]);
});
