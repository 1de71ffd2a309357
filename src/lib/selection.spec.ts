import { describe, expect, it } from 'vitest';
import {
  countSelected,
  isSelected,
  NOTHING_SELECTED,
  select,
  selectEverything,
  type Selection,
  type Sight,
} from './selection';

const FIRST: Sight = { filter: '{}', shown: ['a', 'b', 'c'] };
const SECOND: Sight = { filter: '{}', shown: ['d', 'e'] };
const ANNA: Sight = { filter: '{"name":"anna"}', shown: ['c', 'e'] };

const tick = (selection: Selection, sight: Sight, ...ids: string[]) => select(selection, sight, ids, true);

describe('a selection', () => {
  it('grows from page to page, and says how many of it are not shown', () => {
    const chosen = tick(tick(NOTHING_SELECTED, FIRST, 'b', 'a'), SECOND, 'd');
    expect([...chosen.ids]).toEqual(['b', 'a', 'd']);
    expect(countSelected(chosen, FIRST, 5)).toEqual({ count: 3, notShown: 1, ofShown: 'some', elsewhere: 0 });
    expect(countSelected(chosen, SECOND, 5)).toEqual({ count: 3, notShown: 2, ofShown: 'some', elsewhere: 0 });
  });

  it('is kept under another filter', () => {
    const chosen = tick(NOTHING_SELECTED, FIRST, 'a', 'b', 'c');
    expect(countSelected(chosen, ANNA, 2)).toEqual({ count: 3, notShown: 2, ofShown: 'some', elsewhere: 0 });
    expect(isSelected(chosen, ANNA.filter, 'c')).toBe(true);
  });

  it('loses the rows shown and no others when those shown are cleared', () => {
    const chosen = select(tick(NOTHING_SELECTED, FIRST, 'a', 'd'), FIRST, FIRST.shown, false);
    expect([...chosen.ids]).toEqual(['d']);
    expect(select(chosen, SECOND, ['d'], false)).toBe(NOTHING_SELECTED);
  });
});

describe('all that match a filter', () => {
  const all = selectEverything(FIRST.filter, 5);

  it('are selected on every page of that filter', () => {
    expect(countSelected(all, FIRST, 5)).toEqual({ count: 5, notShown: 0, ofShown: 'all', elsewhere: 0 });
    expect(isSelected(all, SECOND.filter, 'd')).toBe(true);
  });

  it('are not selected under another filter, which says so', () => {
    expect(countSelected(all, ANNA, 2)).toEqual({ count: 0, notShown: 0, ofShown: 'none', elsewhere: 5 });
    expect(isSelected(all, ANNA.filter, 'c')).toBe(false);
    expect([...tick(all, ANNA, 'c').ids]).toEqual(['c']);
  });

  it('become the rows shown, without the one that is cleared', () => {
    expect([...select(all, FIRST, ['b'], false).ids]).toEqual(['a', 'c']);
  });
});
