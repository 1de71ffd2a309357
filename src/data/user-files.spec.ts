import { expect, it } from 'vitest';
import { addMedia, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import type { Session } from './session';
import { allFilesOf } from './user-files';

let model: MockHomeserver;
let session: Session;
const { signal } = new AbortController();

modelForEach((made, as) => {
  model = made;
  session = as;
});

it('reads every file of a user page by page, and is exact', async () => {
  const user_id = addUser(model, 'anna').name;
  for (let index = 0; index < 2500; index += 1) addMedia(model, { user_id, media_id: `m${index}` });
  const shown: number[] = [];
  const read = await allFilesOf(session.homeserver, user_id, signal, ({ done }) => shown.push(done));
  expect(new Set(read.files.map(({ media_id }) => media_id)).size).toBe(2500);
  expect(read).toMatchObject({ isExact: true, lost: 0 });
  expect(shown).toEqual([1000, 1999, 2500]);
});

it('begins again where a file was deleted between two pages, which would hide another one', async () => {
  const user_id = addUser(model, 'anna').name;
  for (let index = 0; index < 1500; index += 1) addMedia(model, { user_id, media_id: `m${index}`, created_ts: index });
  let pages = 0;
  const read = await allFilesOf(session.homeserver, user_id, signal, () => {
    pages += 1;
    if (pages === 1) model.state.media.delete('m0');
  });
  expect(read.files.map(({ media_id }) => media_id)).toEqual(
    Array.from({ length: 1499 }, (_, index) => `m${index + 1}`),
  );
  expect(read.isExact).toBe(true);
});

it('reads on behind a row that can’t be read, and counts it once', async () => {
  const user_id = addUser(model, 'anna').name;
  for (let index = 0; index < 1500; index += 1) addMedia(model, { user_id, media_id: `m${index}`, created_ts: index });
  // The last row of the first page.
  Object.assign(model.state.media.get('m999') ?? {}, { media_type: 7 });
  const read = await allFilesOf(session.homeserver, user_id, signal);
  expect([read.files.length, read.lost, read.isExact]).toEqual([1499, 1, false]);
});
