import { describe, expect, it } from 'vitest';
import { makePlan, verdictOf, type MediaFile, type Rule, type Verdict } from './plan';

const CUTOFF = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const none: ReadonlySet<string> = new Set();

const file = (over: Partial<MediaFile> = {}): MediaFile => ({
  id: 'abc',
  owner: '@anna:example.org',
  name: 'picture.png',
  type: 'image/png',
  bytes: 1000,
  createdTs: CUTOFF - 100 * DAY,
  lastAccessTs: CUTOFF - 50 * DAY,
  isProtected: false,
  isQuarantined: false,
  isLinkPreview: false,
  ...over,
});

const rule = (over: Partial<Rule> = {}): Rule => ({
  by: 'not-opened-since',
  beforeTs: CUTOFF,
  largerThan: 0,
  keepAvatars: true,
  method: 'exact',
  ...over,
});

describe('the rule is Synapse’s own', () => {
  const cases: [string, Partial<MediaFile>, Partial<Rule>, Verdict][] = [
    ['takes a file last opened before the date', {}, {}, 'delete'],
    ['keeps a file opened at the very moment of the date', { lastAccessTs: CUTOFF }, {}, 'recent'],
    ['takes a file opened one ms before the date', { lastAccessTs: CUTOFF - 1 }, {}, 'delete'],
    ['keeps an old file that was opened since', { createdTs: 1, lastAccessTs: CUTOFF + DAY }, {}, 'recent'],
    ['takes a never opened file by its upload', { lastAccessTs: null }, {}, 'delete'],
    ['keeps a never opened file uploaded since', { lastAccessTs: null, createdTs: CUTOFF }, {}, 'recent'],
    [
      'by upload, does not care that it was opened since',
      { lastAccessTs: CUTOFF + DAY },
      { by: 'uploaded-before' },
      'delete',
    ],
    ['by upload, keeps what was uploaded since', { createdTs: CUTOFF }, { by: 'uploaded-before' }, 'recent'],
    ['keeps a file of exactly the size: larger than is strict', { bytes: 500 }, { largerThan: 500 }, 'not-larger'],
    ['takes a file one byte larger', { bytes: 501 }, { largerThan: 500 }, 'delete'],
    ['keeps an empty file: 0 is not larger than 0', { bytes: 0 }, {}, 'not-larger'],
    ['keeps an upload that was never finished', { bytes: null }, {}, 'unfinished'],
    ['keeps a file whose date is in seconds: it may be of today', { lastAccessTs: 1_764_000_000 }, {}, 'odd-date'],
    ['keeps a file whose date is below zero', { lastAccessTs: null, createdTs: -1 }, {}, 'odd-date'],
    ['keeps a file whose size is below zero', { bytes: -1 }, {}, 'not-larger'],
    ['says that a sweep takes a date in seconds at its word', { lastAccessTs: 1 }, { method: 'sweep' }, 'delete'],
    ['keeps a protected file', { isProtected: true }, {}, 'protected'],
    ['keeps a protected file in a sweep too', { isProtected: true }, { method: 'sweep' }, 'protected'],
    ['keeps a quarantined file', { isQuarantined: true }, {}, 'quarantined'],
    ['keeps a link’s preview from DELETE', { isLinkPreview: true }, {}, 'link-preview'],
    ['knows that the sweep takes link previews', { isLinkPreview: true }, { method: 'sweep' }, 'delete'],
  ];
  it.each(cases)('%s', (_title, over, ruleOver, verdict) => {
    expect(verdictOf(file(over), rule(ruleOver), none)).toBe(verdict);
  });

  it('keeps avatars only when asked to', () => {
    const avatars = new Set(['abc']);
    expect(verdictOf(file(), rule(), avatars)).toBe('avatar');
    expect(verdictOf(file(), rule({ keepAvatars: false }), avatars)).toBe('delete');
    expect(verdictOf(file({ id: 'other' }), rule(), avatars)).toBe('delete');
  });

  it('keeps a protected or quarantined avatar even where avatars are not kept', () => {
    const avatars = new Set(['abc']);
    expect(verdictOf(file({ isProtected: true }), rule({ keepAvatars: false }), avatars)).toBe('protected');
    expect(verdictOf(file({ isQuarantined: true }), rule({ keepAvatars: false }), avatars)).toBe('quarantined');
  });
});

const local = (year: number, month: number) => new Date(year, month, 15).getTime();

describe('totals', () => {
  const files = [
    file({ id: '1', lastAccessTs: local(2025, 0), bytes: 10, type: 'image/png' }),
    file({ id: '2', lastAccessTs: local(2025, 0), bytes: 20, type: 'video/mp4', owner: '@ben:example.org' }),
    file({ id: '3', lastAccessTs: local(2025, 3), bytes: 40, type: null }),
    file({ id: '4', lastAccessTs: local(2026, 6), bytes: 80 }),
    file({ id: '5', lastAccessTs: local(2025, 0), bytes: 160, isProtected: true }),
  ];
  const plan = makePlan(files, rule(), none);

  it('count files and bytes of what is deleted and what is kept', () => {
    expect(plan.totals.delete).toEqual({ files: 3, bytes: 70 });
    expect(plan.totals.protected).toEqual({ files: 1, bytes: 160 });
    expect(plan.totals.recent).toEqual({ files: 1, bytes: 80 });
    expect(plan.byVerdict.delete.map((index) => files[index]?.id)).toEqual(['1', '2', '3']);
  });

  it('by month count only what is deleted, without gaps', () => {
    expect(plan.months).toEqual([
      { key: '2025-01', files: 2, bytes: 30 },
      { key: '2025-02', files: 0, bytes: 0 },
      { key: '2025-03', files: 0, bytes: 0 },
      { key: '2025-04', files: 1, bytes: 40 },
    ]);
  });

  it('by type and by user begin with the largest', () => {
    expect(plan.types.map(({ key, bytes }) => [key, bytes])).toEqual([
      ['unknown', 40],
      ['video/mp4', 20],
      ['image/png', 10],
    ]);
    expect(plan.owners).toEqual([
      { key: '@anna:example.org', files: 2, bytes: 50 },
      { key: '@ben:example.org', files: 1, bytes: 20 },
    ]);
  });

  it('are empty without files', () => {
    const empty = makePlan([], rule(), none);
    expect(empty.months).toEqual([]);
    expect(empty.totals.delete).toEqual({ files: 0, bytes: 0 });
  });
});

it('files whose date no calendar has leave the plot of months readable', () => {
  const odd = file({ id: 'odd', lastAccessTs: -8.7e15, bytes: 5 });
  const plan = makePlan([file(), odd], rule({ method: 'sweep' }), none);
  expect(plan.months.map(({ key }) => key)).toEqual(['impossible date', '2025-11']);
});

const own = (id: string, daysAgo: number, over: Partial<MediaFile> = {}) =>
  file({ id, createdTs: CUTOFF - daysAgo * DAY, lastAccessTs: null, ...over });
const goes = (files: readonly MediaFile[], keepNewest: number) =>
  makePlan(files, rule({ keepNewest }), none).byVerdict.delete.map((index) => files[index]?.id);

describe('the newest files of each user', () => {
  it('are kept by upload, so many for each, though the rule would delete them', () => {
    const files = [
      own('a1', 30),
      own('a3', 10),
      own('a2', 20),
      own('b1', 300, { owner: '@ben:example.org' }),
      own('b2', 200, { owner: '@ben:example.org' }),
      own('b3', 100, { owner: '@ben:example.org' }),
    ];
    expect(goes(files, 2)).toEqual(['a1', 'b1']);
    expect(makePlan(files, rule({ keepNewest: 2 }), none).totals.newest.files).toBe(4);
    expect(goes(files, 0)).toHaveLength(6);
  });

  it('are counted among all files of a user, also those that stay anyway', () => {
    const files = [own('old', 30), own('today', -1), own('shielded', 1, { isProtected: true })];
    expect(goes(files, 2)).toEqual(['old']);
    expect(goes(files, 3)).toEqual([]);
  });

  it('are no link previews and no unfinished uploads', () => {
    const files = [
      own('old', 30),
      own('older', 40),
      own('link', 1, { isLinkPreview: true }),
      own('half', 1, { bytes: null }),
    ];
    expect(goes(files, 1)).toEqual(['older']);
  });

  it('with a date that can’t be right are unknown, so such a file is kept', () => {
    const files = [own('old', 30), own('seconds', 0, { createdTs: 1_764_000_000, lastAccessTs: CUTOFF - DAY })];
    const plan = makePlan(files, rule({ keepNewest: 1 }), none);
    expect(plan.verdicts).toEqual(['newest', 'odd-date']);
  });
});

it('files on the list and stickers of rooms are kept, each with its reason', () => {
  const files = [file({ id: 'goes' }), file({ id: 'listed' }), file({ id: 'sticker' })];
  const kept = { listed: new Set(['listed']), stickers: new Set(['sticker', 'listed']) };
  expect(makePlan(files, rule({ keepAvatars: false }), none, kept).verdicts).toEqual(['delete', 'listed', 'sticker']);
});
