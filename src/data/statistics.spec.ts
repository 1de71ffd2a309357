import { expect, it } from 'vitest';
import { addMedia, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import type { Session } from './session';
import { statistics, USUAL_UPLOADER_LIST } from './statistics';

let model: MockHomeserver;
let session: Session;

modelForEach((made, as) => {
  model = made;
  session = as;
});

const list = (search_term: string) =>
  statistics
    .uploaders(session.homeserver, { ...USUAL_UPLOADER_LIST, search_term })
    .queryFn({ signal: new AbortController().signal });

it('lists whoever uploaded most first, and never sends a search that Synapse refuses', async () => {
  for (const [localpart, media_length] of [
    ['anna', 10],
    ['ben', 99],
  ] as const) {
    addMedia(model, { user_id: addUser(model, localpart).name, media_length });
  }
  expect((await list('')).rows.map(({ media_length }) => media_length)).toEqual([99, 10]);
  expect((await list('anna')).total).toBe(1);
  model.log.clear();
  expect((await list('änna')).total).toBe(0);
  expect(model.log.entries).toEqual([]);
});
