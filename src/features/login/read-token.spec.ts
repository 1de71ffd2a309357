import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readToken } from './read-token';

const LOGIN = { user_id: '@admin:example.org', access_token: 'syt_abc', home_server: 'example.org', device_id: 'X' };

describe('readToken', () => {
  it.each([
    ['syt_YWRtaW4_abc', 'syt_YWRtaW4_abc'],
    ['  mct_abc_123\n', 'mct_abc_123'],
    ['Bearer syt_abc', 'syt_abc'],
    ['Authorization: Bearer syt_abc', 'syt_abc'],
    ["-H 'Authorization: Bearer syt_abc'", 'syt_abc'],
    ['"syt_abc"', 'syt_abc'],
    ['“syt_abc”,', 'syt_abc'],
    ['`syt_abc`', 'syt_abc'],
    ['<syt_abc>', 'syt_abc'],
    ['syt_\u200Babc\u00AD', 'syt_abc'],
    ['\uFEFF\u00A0syt_abc', 'syt_abc'],
    [JSON.stringify(LOGIN), 'syt_abc'],
    [JSON.stringify(LOGIN, null, 2), 'syt_abc'],
    ['"access_token": "syt_abc",', 'syt_abc'],
    [JSON.stringify({ ...LOGIN, refresh_token: 'syr_def' }), 'syt_abc'],
    ['https://example.org/_matrix/client/v3/sync?access_token=syt_abc&since=1', 'syt_abc'],
    [JSON.stringify(JSON.stringify(LOGIN)), 'syt_abc'],
    [String.raw`"{\"access_token\":\"syt_abc\"}"`, 'syt_abc'],
    ['access_token=syt_abc', 'syt_abc'],
    ['export ACCESS_TOKEN="syt_abc"', 'syt_abc'],
    ['access_token: syt_abc', 'syt_abc'],
    ['access_token":"syt_abc"', 'syt_abc'],
    ['access_token":"syt_abc', 'syt_abc'],
  ])('reads %j', (pasted, token) => {
    expect(readToken(pasted)).toMatchObject({ ok: true, token });
  });

  it('says what it took off, and nothing where the token was pasted alone', () => {
    expect(readToken(' syt_abc ')).toMatchObject({ note: null });
    expect(readToken(JSON.stringify(LOGIN))).toMatchObject({
      note: 'Only the access_token in it is used.',
    });
    expect(readToken('syt_\u200Babc')).toMatchObject({ note: 'Invisible characters were removed.' });
    expect(readToken('Bearer syt_abc')).toMatchObject({ note: 'The text around the token was removed.' });
  });

  it.each([
    ['', /Paste the access token/],
    ['  ', /Paste the access token/],
    ['""', /Paste the access token/],
    ['{"access_token":""}', /Paste the access token/],
    ['syt_abc syt_def', /no spaces/],
    ['syt_abc…', /only plain letters/],
    ['{"errcode":"M_FORBIDDEN","error":"syt_"}', /error message of the homeserver/],
    ['{"user_id":"@a:b"}', /without an access_token/],
    ['{"access_token":"syt_a"}{"access_token":"syt_b"}', /more than one/],
    ['syt_abc","device_id":"X', /only the token/],
    ['syt_abc"}', /only the token/],
    ['access_token', /only the token/],
    ['access_token=', /only the token/],
    ['access_token=syt_a&access_token=syt_b', /more than one/],
  ])('refuses %j, and does not repeat it', (pasted, reason) => {
    const read = readToken(pasted);
    expect(read).toMatchObject({ ok: false, reason: expect.stringMatching(reason) as unknown });
    expect(JSON.stringify(read)).not.toContain('syt_');
  });

  it('never throws, and no sentence of it holds the token', () => {
    assert(
      property(string({ minLength: 8 }), (text) => {
        const read = readToken(`${text}-secret-token`);
        expect(read.ok ? (read.note ?? '') : read.reason).not.toContain('secret-token');
      }),
    );
  });
});
