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
    ['1.42.0 (b=matrix-org-hotfixes,abc)', '1.42', true],
    ['1.42.0 (b=matrix-org-hotfixes,abc)', '1.42.1', false],
    ['1.98.0rc1', '1.98', true],
    ['1.98.0rc1', '1.99', false],
    ['1.120.0+maunium.1', '1.120', true],
    ['1.120.0+maunium.1', '1.120.1', false],
    ['v1.100', '1.100.0', true],
    [' 1.100.0 ', '1.100', true],
    ['synapse-1.100.0', '1.101', false],
  ])('%s against %s compares numbers, not text', (version, wanted, expected) => {
    expect(isAtLeast(version, wanted)).toBe(expected);
  });

  it('that can’t be read counts as too old', () => {
    expect(isAtLeast('unknown', '1.140')).toBe(false);
    expect(isAtLeast('', '1.140')).toBe(false);
  });
});
