import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { addRoom } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { replacedProgress, replacedQuery } from './room-replaced';
import type { Session } from './session';

let model: MockHomeserver;
let session: Session;
modelForEach((fresh, signedIn) => {
  [model, session] = [fresh, signedIn];
});

const asked = () => model.log.count('GET', /\/v1\/rooms\/!/);

describe('which rooms were replaced', () => {
  it.each(['1.160.0', '1.150.0'])('is told by one request for each room (Synapse %s)', async (version) => {
    const next = addRoom(model, { name: 'New' }).room_id;
    const old = addRoom(model, { name: 'Old', tombstoned: true, replacement_room: next }).room_id;
    const client = new QueryClient();
    const found = await client.fetchQuery(
      replacedQuery({ homeserver: session.homeserver, version }, [next, old, '!gone:demo.example'], client),
    );
    expect([...found]).toEqual([
      [next, false],
      [old, true],
      ['!gone:demo.example', null],
    ]);
    expect(replacedProgress.get()).toMatchObject({ read: 3, total: 3 });
  });

  it('does not ask again about rooms that it asked about', async () => {
    const [one, two] = [addRoom(model, { name: 'One' }).room_id, addRoom(model, { name: 'Two' }).room_id];
    const client = new QueryClient();
    const about = (ids: string[]) => client.fetchQuery({ ...replacedQuery(session, ids, client), staleTime: 0 });
    await about([one]);
    const before = asked();
    expect(before).toBeGreaterThan(0);
    expect((await about([one, two])).size).toBe(2);
    expect(asked()).toBe(before + 1);
  });
});
