import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { textKey } from '~/lib/text';
import { countReasons, countVerdicts, filterRows, planFile, type PlanRow } from './plan-rows';

interface Row extends PlanRow {
  name: string;
}
const rows: Row[] = [
  { id: '1', name: 'Anna', verdict: 'will', reason: '' },
  { id: '2', name: '=cmd()', verdict: 'nothing', reason: 'already in' },
  { id: '3', name: 'Cleo', verdict: 'cannot', reason: 'deactivated' },
  { id: '4', name: 'Dora', verdict: 'cannot', reason: 'deactivated' },
];
const columns = [{ id: 'name', header: 'user', text: (row: Row) => row.name }];
const words = { will: 'will join', nothing: 'already in', cannot: 'can’t' };
const because = (room: string, message = 'banned from {room}') => ({ id: 'spec.banned', message, values: { room } });
const all = { verdict: null, reason: null, search: '' };

const isLeftOut = (id: string) => id === '1' || id === '3';
const only = ({ name }: Row) => name === 'Dora';

describe('a plan', () => {
  it('counts each verdict, and each reason of a verdict, most frequent first', () => {
    expect(countVerdicts(rows)).toEqual({ will: 1, nothing: 1, cannot: 2 });
    expect(countReasons(rows, null)).toEqual([
      { key: textKey('deactivated'), reason: 'deactivated', count: 2 },
      { key: textKey('already in'), reason: 'already in', count: 1 },
    ]);
    expect(countReasons(rows, 'nothing')).toHaveLength(1);
  });

  it('counts and filters messages by ID and values, not by their words', () => {
    const banned = [
      { ...rows[0], id: '5', verdict: 'cannot', reason: because('Lobby') } as Row,
      { ...rows[0], id: '6', verdict: 'cannot', reason: because('Lobby', 'not let into {room}') } as Row,
      { ...rows[0], id: '7', verdict: 'cannot', reason: because('Offtopic') } as Row,
    ];
    const counted = countReasons(banned, null);
    expect(counted.map(({ count }) => count)).toEqual([2, 1]);
    const reason = counted[0]?.key ?? null;
    expect(filterRows(banned, columns, { ...all, reason }).map(({ id }) => id)).toEqual(['5', '6']);
    expect(filterRows(banned, columns, { ...all, search: 'from off' }).map(({ id }) => id)).toEqual(['7']);
  });

  it('shows the same rows, not a copy, when nothing is filtered', () => {
    expect(filterRows(rows, columns, all)).toBe(rows);
  });

  it('filters by verdict, by reason and by text, all at once', () => {
    const ids = (filter: Partial<typeof all>) => filterRows(rows, columns, { ...all, ...filter }).map(({ id }) => id);
    expect(filterRows(rows, columns, { ...all, verdict: 'cannot' }).map(({ id }) => id)).toEqual(['3', '4']);
    expect(ids({ search: ' ANNA ' })).toEqual(['1']);
    expect(ids({ search: 'deactiv' })).toEqual(['3', '4']);
    expect(filterRows(rows, columns, { verdict: 'cannot', reason: textKey('deactivated'), search: 'dora' })).toEqual([
      rows[3],
    ]);
  });

  it('is searched by a whole ID that was pasted as a link or in brackets', () => {
    const users = [{ id: '1', name: '@u1:example.org', verdict: 'will', reason: '' } as const, ...rows];
    for (const search of ['https://matrix.to/#/@u1:example.org', '<@u1:example.org>']) {
      expect(filterRows(users, columns, { ...all, search })).toEqual([users[0]]);
    }
  });

  it('is exported as CSV with every row, in the words of its wizard, with formulas defused', async () => {
    const csv = await (await planFile(rows, columns, words, 'csv')).text();
    expect(Papa.parse<string[]>(csv, { skipEmptyLines: true }).data).toEqual([
      ['user', 'What happens', 'Reason'],
      ['Anna', 'will join', ''],
      ["'=cmd()", 'already in', 'already in'],
      ['Cleo', 'can’t', 'deactivated'],
      ['Dora', 'can’t', 'deactivated'],
    ]);
  });

  it('has in JSON the same codes of verdicts and reasons in every language, with the English', async () => {
    const banned: Row = { id: '5', name: 'Eve', verdict: 'cannot', reason: because('Lobby') };
    const json: unknown = JSON.parse(await (await planFile([...rows, banned], columns, words, 'json')).text());
    expect(json).toHaveLength(5);
    const nothing = { id: '2', columns: { name: '=cmd()' }, verdict: 'nothing', reason: 'already in' };
    expect(json).toHaveProperty('1', nothing);
    const coded = { reason: 'banned from Lobby', code: 'spec.banned', values: { room: 'Lobby' } };
    expect(json).toHaveProperty('4', { id: '5', columns: { name: 'Eve' }, verdict: 'cannot', ...coded });
  });

  it('marks what is left out in the file, and keeps every row in it', async () => {
    const csv = await (await planFile(rows, columns, words, 'csv', isLeftOut)).text();
    // What would not run anyway is not left out: its verdict says why.
    expect(Papa.parse<string[]>(csv, { skipEmptyLines: true }).data.map(([, verdict]) => verdict)).toEqual([
      'What happens',
      'left out',
      'already in',
      'can’t',
      'can’t',
    ]);
    const json: unknown = JSON.parse(await (await planFile(rows, columns, words, 'json', isLeftOut)).text());
    expect(json).toHaveProperty('0', { id: '1', columns: { name: 'Anna' }, verdict: 'left-out', reason: '' });
  });

  it('can show only what is left out, or only what a warning is about', () => {
    expect(filterRows(rows, columns, { ...all, verdict: 'out' }, isLeftOut)).toEqual([rows[0]]);
    expect(filterRows(rows, columns, { ...all, verdict: 'out' })).toEqual([]);
    expect(filterRows(rows, columns, { ...all, only })).toEqual([rows[3]]);
    expect(filterRows(rows, columns, { ...all, only, verdict: 'will' })).toEqual([]);
  });

  it('is complete in the file, even if it is written in several parts', async () => {
    const many = Array.from({ length: 12_345 }, (_, index) => ({ ...rows[0], id: String(index) }) as Row);
    expect(JSON.parse(await (await planFile(many, columns, words, 'json')).text())).toHaveLength(12_345);
  });
});
