import { describe, expect, it } from 'vitest';
import { isAtLeast } from './versions';

describe('a version of Synapse', () => {
  it.each([
    ['1.140.0', '1.140', true],
    ['1.140.0rc1', '1.140', true],
    ['1.163.2 (b=develop)', '1.163.2', true],
    ['1.163.2 (b=main,abc123)', '1.163.2', true],
    ['1.163.2 (b=main,abc123)', '1.163.3', false],
    ['1.99.0', '1.140', false],
    ['1.110.0', '1.110.1', false],
    ['2.0', '1.999.9', true],
  ])('%s against %s compares numbers, not text', (version, wanted, expected) => {
    expect(isAtLeast(version, wanted)).toBe(expected);
  });

  it('that can’t be read counts as too old', () => {
    expect(isAtLeast('unknown', '1.140')).toBe(false);
    expect(isAtLeast('', '1.140')).toBe(false);
  });
});
