import { describe, expect, it } from 'vitest';
import { withLines } from './lines';
import { parseUserIds } from './mxid';

describe('withLines', () => {
  it('writes odd IDs so that they are read back as they are', () => {
    const odd = ['@a b:example.org', '@zero\u200Bwidth:example.org', '@plain:example.org'];
    expect(parseUserIds(withLines('', odd), 'example.org')).toMatchObject({ ids: odd, problems: [] });
  });

  it('adds each line once, and keeps what was typed', () => {
    expect(withLines('a\nb', ['b', 'c'])).toBe('a\nb\nc\n');
    expect(withLines('', ['a'])).toBe('a\n');
    expect(withLines('a', ['a'])).toBe('a');
  });
});
