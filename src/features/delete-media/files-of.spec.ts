import { afterEach, expect, it, vi } from 'vitest';
import { addMedia, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { BASE } from '~/testing/signed-in';
import { filesOf } from './files-of';

let model: MockHomeserver;
modelForEach((made) => (model = made));
afterEach(() => vi.unstubAllGlobals());

/** Before each page but the first, the oldest file is deleted and a new one uploaded: their number stays the same. */
function changing(userId: string, times: number): void {
  const ask = globalThis.fetch;
  let pages = 0;
  vi.stubGlobal('fetch', async (...given: Parameters<typeof fetch>) => {
    const answer = await ask(...given);
    pages += 1;
    if (pages <= times) {
      model.state.media.delete(`m${pages - 1}`);
      addMedia(model, { user_id: userId, media_id: `new${pages}`, created_ts: 5000 + pages });
    }
    return answer;
  });
}

function fill(): string {
  const userId = addUser(model, 'anna').name;
  for (let at = 0; at < 1500; at += 1) addMedia(model, { user_id: userId, media_id: `m${at}`, created_ts: at });
  return userId;
}

const read = (userId: string) => filesOf({ baseUrl: BASE, token: model.adminToken }, userId);

it('reads the list again where a file was hidden by a deletion though the number of files is right', async () => {
  const userId = fill();
  changing(userId, 1);
  const { files, problem } = await read(userId);
  expect(problem).toBeNull();
  expect(new Set(files.map(({ id }) => id))).toEqual(new Set(model.state.media.keys()));
});

it('says so where files keep changing while the list is read', async () => {
  const userId = fill();
  changing(userId, 100);
  expect((await read(userId)).problem).toMatchObject({ id: 'media.note.shifted' });
});
