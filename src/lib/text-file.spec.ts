import { describe, expect, it } from 'vitest';
import { decodeText } from './text-file';

const bytes = (...values: number[]) => new Uint8Array(values).buffer;

describe('decodeText', () => {
  it('reads UTF-8, with or without a byte order mark, and UTF-16 of both kinds', () => {
    expect(decodeText(bytes(0x40, 0xc3, 0xa4))).toBe('@ä');
    expect(decodeText(bytes(0xef, 0xbb, 0xbf, 0x40))).toBe('@');
    expect(decodeText(bytes(0xff, 0xfe, 0x40, 0x00))).toBe('@');
    expect(decodeText(bytes(0xfe, 0xff, 0x00, 0x40))).toBe('@');
  });

  it('reads an empty file', () => {
    expect(decodeText(bytes())).toBe('');
  });
});
