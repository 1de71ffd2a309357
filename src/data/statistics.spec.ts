import { expect, it } from 'vitest';
import { addMedia, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import type { Session } from './session';
import { readAllUploaders } from './all-uploaders';
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

const within = (uploaded_from: string, uploaded_until: string) =>
  statistics
    .uploaders(session.homeserver, { ...USUAL_UPLOADER_LIST, uploaded_from, uploaded_until })
    .queryFn({ signal: new AbortController().signal });

it('counts the files of whole days, and never asks for a span that Synapse refuses', async () => {
  const user_id = addUser(model, 'anna').name;
  const noon = new Date(2026, 2, 5, 12).getTime();
  const lastMs = new Date(2026, 2, 6, 0).getTime() - 1;
  for (const created_ts of [noon, lastMs, lastMs + 1]) addMedia(model, { user_id, created_ts, media_length: 1 });
  expect((await within('2026-03-05', '2026-03-05')).rows).toMatchObject([{ media_count: 2 }]);
  expect((await within('2026-03-06', '')).rows).toMatchObject([{ media_count: 1 }]);
  model.log.clear();
  expect((await within('2026-03-06', '2026-03-05')).total).toBe(0);
  expect(model.log.entries).toEqual([]);
});

it('adds up what every user uploaded, by one request for each thousand of them', async () => {
  for (let index = 0; index < 1100; index += 1) {
    addMedia(model, { user_id: addUser(model, `user-${index}`).name, media_length: 2 });
  }
  model.log.clear();
  const { rows, odd, missing } = await readAllUploaders(session.homeserver, 'all', new AbortController().signal);
  expect([rows.length, odd, missing]).toEqual([1100, 0, 0]);
  expect(rows.reduce((sum, { media_length: bytes }) => sum + (bytes ?? 0), 0)).toBe(2200);
  expect(model.log.entries).toHaveLength(2);
});
