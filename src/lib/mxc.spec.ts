import { describe, expect, it } from 'vitest';
import { parseMxc } from './mxc';

describe('an mxc link', () => {
  it('is taken apart', () => {
    expect(parseMxc('mxc://example.org:8448/AbC')).toEqual({ serverName: 'example.org:8448', mediaId: 'AbC' });
  });
  it.each(['', 'https://example.org/a.png', 'mxc://example.org', 'mxc://a/b/c', 'mxc://a/..', 'mxc://a/b?c', null])(
    '%s is none',
    (url) => {
      expect(parseMxc(url)).toBeNull();
    },
  );
});
