import { describe, expect, it } from 'vitest';
import { wordsOf } from '~/lib/words';
import {
  AGES,
  dateBefore,
  dateProblem,
  firstChoice,
  handedChoice,
  keepProblem,
  fittingQuery,
  meaning,
  newestProblem,
  roomProblem,
  ruleOf,
  ruleText,
  sizeProblem,
  sweepProblem,
  type Choice,
} from './choice';
import { localPlan, type Planned } from './planning';
import { emptyFound } from './scan';
import { titleOf } from './titles';

const NOW = new Date(2026, 10, 24, 15, 0).getTime();
const base = firstChoice(NOW);

describe('the first choice', () => {
  it('is careful: a year ago, everyone, avatars kept, exactly the planned files', () => {
    expect(base).toMatchObject({ date: '2025-11-24', whose: 'everyone', keepAvatars: true, method: 'exact', size: '' });
  });
});

describe('a date', () => {
  it.each([
    ['2026-11-25', 'future'],
    ['2026-02-31', 'not a valid date'],
    ['1970-01-02', '2014'],
    ['', 'Choose'],
  ])('%s is refused', (date, reason) => {
    expect(dateProblem(date, NOW)).toContain(reason);
  });
  it('in the past, or today, is accepted', () => {
    expect(dateProblem('2025-11-24', NOW)).toBeNull();
    expect(dateProblem('2026-11-24', NOW)).toBeNull();
  });
});

describe('the common dates', () => {
  it('are a year, 6 months and 90 days before today', () => {
    expect(AGES.map((age) => dateBefore(NOW, age))).toEqual(['2025-11-24', '2026-05-24', '2026-08-26']);
  });
  it('are the last day of a month that is too short', () => {
    expect(dateBefore(new Date(2026, 7, 31, 23, 59).getTime(), { months: 6 })).toBe('2026-02-28');
    expect(dateBefore(new Date(2024, 1, 29).getTime(), { months: 12 })).toBe('2023-02-28');
  });
});

describe('the rule', () => {
  it('has local midnight of the day, in ms and not in seconds', () => {
    expect(ruleOf(base).beforeTs).toBe(new Date(2025, 10, 24).getTime());
  });
  it('has its size in whole bytes', () => {
    expect(ruleOf({ ...base, size: '1.5', unit: 'kB' }).largerThan).toBe(1500);
    expect(ruleOf({ ...base, size: '5 GB', unit: 'MB' }).largerThan).toBe(5_000_000_000);
    expect(ruleOf({ ...base, size: '' }).largerThan).toBe(0);
    expect(ruleOf({ ...base, size: '0.0001', unit: 'kB' }).largerThan).toBe(0);
  });
  it('matches nothing if the size can’t be read: it never means any size', () => {
    expect(ruleOf({ ...base, size: 'abc' }).largerThan).toBe(Number.MAX_SAFE_INTEGER);
  });
});

const problem = (size: string) => sizeProblem({ size, unit: 'MB' });

describe('a size', () => {
  it('is a number from 0 with or without a unit, or nothing', () => {
    expect(['', ' ', '3', '2.5', '5 GB', '1.5 MiB'].map(problem)).toEqual([null, null, null, null, null, null]);
  });
  it.each(['-1', 'x', '1,000', '1.000', '10,5', '5 Gb', '5 GB or so'])('%s is refused with a reason', (size) => {
    expect(problem(size)).not.toBeNull();
  });
});

describe('the sentence below the date', () => {
  it('has the month in words, and the hour', () => {
    expect(meaning(base)).toContain('24 Nov 2025, 00:00 your time');
  });
});

describe('letting Synapse delete', () => {
  it('works for “not opened since” and everyone only', () => {
    expect(sweepProblem(base)).toBeNull();
    expect(sweepProblem({ ...base, by: 'uploaded-before' })).toContain('Not opened since');
    expect(sweepProblem({ ...base, whose: 'named' })).toContain('everyone');
  });
});

const newest = (text: string) => ({ ...base, newest: text });

describe('each user’s newest files', () => {
  it.each(['0', '10', ' 3 ', ''])('%s is a number of files', (text) => {
    expect(newestProblem(newest(text))).toBeNull();
  });
  it.each(['-1', '1.5', 'ten', '1,000', '10000000'])(
    '%s is refused, and until it is mended nothing would be deleted',
    (text) => {
      expect(newestProblem(newest(text))).toContain('whole number');
      expect(ruleOf(newest(text)).keepNewest).toBe(Number.MAX_SAFE_INTEGER);
    },
  );
  it('can’t be kept if Synapse deletes', () => {
    expect(sweepProblem(newest('5'))).toContain('newest');
    expect(sweepProblem(newest('0'))).toBeNull();
  });
});

const keeping = (over: Partial<Choice>) => keepProblem({ ...base, ...over }, 'example.org');

describe('what is always kept', () => {
  it('is planned only where each list names something', () => {
    expect(keeping({})).toBeNull();
    expect(keeping({ listed: 'mxc://example.org/abc' })).toBeNull();
    expect(keeping({ listed: 'mxc://elsewhere.example/abc' })).toBeNull();
    expect(keeping({ listed: 'abc' })).toContain('names no file');
    expect(keeping({ stickerRooms: '#lobby:example.org' })).toBeNull();
    expect(keeping({ stickerRooms: 'lobby' })).toContain('rooms whose stickers');
  });
  it('can’t be kept if Synapse deletes', () => {
    expect(sweepProblem({ ...base, listed: 'mxc://example.org/abc' })).toContain('list');
    expect(sweepProblem({ ...base, stickerRooms: '#lobby:example.org' })).toContain('sticker packs');
    expect(sweepProblem({ ...base, where: 'room' })).toContain('by room');
  });
});

describe('what is handed over', () => {
  it('is a room from its page, or users from a list, and then only the planned files are deleted', () => {
    expect(handedChoice({ rooms: { ids: ['!a:b'] } })).toEqual({ where: 'room', room: '!a:b', method: 'exact' });
    expect(handedChoice({ users: { ids: ['@a:b'] } })).toMatchObject({ where: 'local', whose: 'handed' });
    expect(handedChoice({})).toBeNull();
  });
  it('has to name one room', () => {
    expect(roomProblem({ room: '' })).toContain('Enter a room');
    expect(roomProblem({ room: '#a:b #c:d' })).toContain('only one');
    expect(roomProblem({ room: 'lobby' })).not.toBeNull();
    expect(roomProblem({ room: 'https://matrix.to/#/#lobby:example.org' })).toBeNull();
  });
});

describe('a filter of users', () => {
  it('finds locked and deactivated users, whose files are there too, and behind MAS no guests', () => {
    const filter = { name: ' anna ', onlyAdmins: true };
    expect(fittingQuery(filter, false)).toEqual({ locked: true, name: 'anna', admins: true });
    expect(fittingQuery(filter, true)).toEqual({ locked: true, guests: false, name: 'anna', admins: true });
  });
});

const words = (over: Partial<Choice> = {}) => wordsOf(ruleText({ ...base, ...over }, 'example.org'));

describe('the rule in words', () => {
  it('says the date, the size and whose files', () => {
    expect(words()).toBe('not opened since 2025-11-24, of everyone');
    expect(words({ by: 'uploaded-before', size: '1', unit: 'MB' })).toBe(
      'uploaded before 2025-11-24, larger than 1 MB, of everyone',
    );
    expect(words({ where: 'remote', size: '9', whose: 'named' })).toBe('not opened since 2025-11-24');
  });
  it('names up to three users, and counts more', () => {
    expect(words({ whose: 'named', users: '@anna:example.org' })).toContain('of @anna:example.org');
    expect(words({ whose: 'named', users: '@a:example.org @b:example.org' })).toContain(
      'of @a:example.org and @b:example.org',
    );
    expect(words({ whose: 'named', users: '@a:example.org @b:example.org @c:example.org' })).toContain(
      'of @a:example.org, @b:example.org and @c:example.org',
    );
    expect(words({ whose: 'named', users: '@a:example.org @b:example.org @c:example.org @d:example.org' })).toContain(
      'of 4 users chosen one by one',
    );
    expect(words({ whose: 'handed', handed: { ids: ['@a:b', '@c:b'] } })).toContain(
      'of the 2 users selected in the list',
    );
  });
  it('says by which filter the users are found, and how many newest files stay', () => {
    expect(words({ whose: 'filter', filter: { name: 'anna', onlyAdmins: true }, newest: '10' })).toBe(
      'not opened since 2025-11-24, of all users that match the filter: name contains “anna”, only admins, except each user’s 10 newest files',
    );
    expect(words({ newest: '2', listed: 'mxc://example.org/a', stickerRooms: '#a:b #c:d' })).toContain(
      ', of everyone, except each user’s 2 newest files, except 1 file on a list, except the stickers of 2 rooms',
    );
    expect(words({ where: 'room', room: '#a:example.org', whose: 'named' })).toContain(
      'of everyone, named in messages of #a:example.org',
    );
    expect(words({ newest: '1' })).toContain(', except each user’s newest file');
  });
  it('says when avatars are deleted, too', () => {
    expect(words({ keepAvatars: false })).toContain(', including avatars');
    expect(words({ roomAvatars: false })).toContain(', including room avatars');
    expect(words({ roomAvatars: false, method: 'sweep' })).not.toContain('pictures');
  });
  it('never rounds a size', () => {
    expect(words({ size: '1.5', unit: 'GB' })).toContain('larger than 1.5 GB,');
    expect(words({ size: '1234567', unit: 'B' })).toContain('larger than 1,234,567 B,');
    expect(words({ size: '2500', unit: 'kB' })).toContain('larger than 2.5 MB,');
  });
});

describe('the title of a job', () => {
  const none = emptyFound();
  it.each<[string, Partial<Choice>, string]>([
    ['exactly', {}, 'Delete 34 files not opened since 2025-11-24, larger than 1 MB, of everyone'],
    [
      'by Synapse itself',
      { method: 'sweep' },
      'Let Synapse delete 34 files not opened since 2025-11-24, larger than 1 MB, of everyone',
    ],
  ])('is one phrase with verb, number and rule: %s', (_how, over, title) => {
    const choice: Choice = { ...base, size: '1', unit: 'MB', ...over };
    expect(
      wordsOf(titleOf(localPlan(choice, none, { serverName: 'example.org' }), 34, ruleText(choice, 'example.org'))),
    ).toBe(title);
  });
  it('has no number of files for the remote media cache, since it is not known before', () => {
    const choice: Choice = { ...base, where: 'remote' };
    const planned: Planned = { kind: 'remote', choice, slices: [], madeAt: NOW };
    expect(wordsOf(titleOf(planned, 37, ruleText(choice, 'example.org')))).toBe(
      'Delete cached remote files not opened since 2025-11-24',
    );
  });
});
