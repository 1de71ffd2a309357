import { describe, expect, it } from 'vitest';
import { isTypedNumber, isWrongNumber } from './confirmation';

describe('typing the number', () => {
  it.each(['1204', '1,204', '1 204', ' 1.204 ', '1’204', '1\u00A0204', '1\u202F204'])('takes %j for 1,204', (typed) => {
    expect(isTypedNumber(typed, 1204)).toBe(true);
  });

  it.each(['', '1205', '120', '12,04', '1,20,4', '1204 files', '-1204', '1e3', '1204.0'])('refuses %j', (typed) => {
    expect(isTypedNumber(typed, 1204)).toBe(false);
  });

  it('takes several groups, of one separator', () => {
    expect(isTypedNumber('1,234,567', 1_234_567)).toBe(true);
    expect(isTypedNumber('1,234.567', 1_234_567)).toBe(false);
  });

  it('never accepts an empty field as 0', () => {
    expect(isTypedNumber('', 0)).toBe(false);
    expect(isTypedNumber(' ', 0)).toBe(false);
  });
});

describe('a wrong number', () => {
  it.each(['7', '13', '1205', '12045', 'all', '-1'])('%j can’t become 1,204 by typing on', (typed) => {
    expect(isWrongNumber(typed, 1204)).toBe(true);
  });

  it.each(['', ' ', '1', '12', '1,2', '1,204', '1204'])('%j is on the way to it, or it', (typed) => {
    expect(isWrongNumber(typed, 1204)).toBe(false);
  });
});
