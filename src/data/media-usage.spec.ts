import { describe, expect, it } from 'vitest';
import { lastMonths } from '~/lib/months';
import { addMedia, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { growthByMonth, largestFiles, sumOfMedia } from './media-usage';
import type { Session } from './session';

let model: MockHomeserver;
let session: Session;
const { signal } = new AbortController();

modelForEach((made, as) => {
  model = made;
  session = as;
});

/** Users with files of these sizes. */
function withFiles(sizes: Readonly<Record<string, readonly number[]>>): void {
  for (const [name, lengths] of Object.entries(sizes)) {
    const user_id = addUser(model, name).name;
    for (const media_length of lengths) addMedia(model, { user_id, media_length });
  }
}

it('the sum counts every user, whatever pages they come in, and says whose size is unknown', async () => {
  for (let index = 0; index < 1001; index += 1) withFiles({ [`u${index}`]: [2, 3] });
  addMedia(model, { user_id: addUser(model, 'unfinished').name, media_length: null });
  const shown: number[] = [];
  const sum = await sumOfMedia(session.homeserver, {}, signal, ({ done }) => shown.push(done));
  expect(sum).toEqual({ users: 1002, files: 2003, bytes: 5005, unknown: 1 });
  expect(shown).toEqual([1000, 1002]);
});

it('growth asks once a month, and each file counts in the month of its upload', async () => {
  const user_id = addUser(model, 'anna').name;
  const months = lastMonths(3, new Date(2026, 10, 20).getTime());
  for (const [at, media_length] of [
    [new Date(2026, 8, 1), 1],
    [new Date(2026, 9, 31, 23, 59, 59, 999), 10],
    [new Date(2026, 10, 1), 100],
    [new Date(2026, 7, 31, 23, 59, 59, 999), 1000],
  ] as const)
    addMedia(model, { user_id, created_ts: at.getTime(), media_length });
  model.log.clear();
  const sums = await growthByMonth(months, ({ from, until }) =>
    sumOfMedia(session.homeserver, { from_ts: from, until_ts: until }, signal),
  );
  expect(sums.map(({ key, files, bytes }) => [key, files, bytes])).toEqual([
    ['2026-09', 1, 1],
    ['2026-10', 1, 10],
    ['2026-11', 1, 100],
  ]);
  expect(model.log.entries).toHaveLength(3);
});

describe('the largest files', () => {
  it('are those of the users who have most, and no file that was not read can be larger than is said', async () => {
    withFiles({ anna: [500, 30], ben: [300], cleo: [90, 80], dora: [60] });
    const found = await largestFiles(session.homeserver, 2, signal);
    expect(found.files.map(({ owner, media_length }) => [owner, media_length])).toEqual([
      ['@anna:demo.example', 500],
      ['@ben:demo.example', 300],
      ['@anna:demo.example', 30],
    ]);
    expect(found).toMatchObject({ read: 2, of: 4, bound: 170 });
  });

  it('are all of them where everyone was read', async () => {
    withFiles({ anna: [5], ben: [7] });
    const found = await largestFiles(session.homeserver, 20, signal);
    expect(found).toMatchObject({ read: 2, of: 2, bound: 0 });
  });

  it('are found behind files of unknown size, which PostgreSQL lists first', async () => {
    withFiles({ anna: [5] });
    for (let index = 0; index < 150; index += 1) addMedia(model, { user_id: '@anna:demo.example', media_length: null });
    const found = await largestFiles(session.homeserver, 1, signal);
    expect(found.files.map(({ media_length }) => media_length)).toEqual([5]);
  });

  it('leave out a user whom the homeserver no longer knows, and count with what they may have', async () => {
    withFiles({ anna: [5], gone: [400] });
    model.state.users.delete('@gone:demo.example');
    const found = await largestFiles(session.homeserver, 2, signal);
    expect(found).toMatchObject({ read: 1, of: 2, bound: 400 });
  });
});
