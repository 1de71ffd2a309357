import { describe, expect, it } from 'vitest';
import { readToken } from './read-token';

describe('readToken', () => {
  it.each([
    ['syt_YWRtaW4_abc', 'syt_YWRtaW4_abc'],
    ['  mct_abc_123\n', 'mct_abc_123'],
    ['Bearer syt_abc', 'syt_abc'],
    ['Authorization: Bearer syt_abc', 'syt_abc'],
    ['"syt_abc"', 'syt_abc'],
  ])('reads %j', (pasted, token) => {
    expect(readToken(pasted)).toEqual({ ok: true, token });
  });

  it.each([
    ['', /Paste the access token/],
    ['  ', /Paste the access token/],
    ['syt_abc syt_def', /no spaces/],
    ['syt_abc…', /only plain letters/],
    ['syt_\u200babc', /only plain letters/],
  ])('refuses %j, and does not repeat it', (pasted, reason) => {
    const read = readToken(pasted);
    expect(read).toMatchObject({ ok: false, reason: expect.stringMatching(reason) as unknown });
    expect(JSON.stringify(read)).not.toContain('syt_');
  });
});
