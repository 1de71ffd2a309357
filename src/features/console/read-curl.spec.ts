import { i18n } from '@lingui/core';
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { path } from '~/api/request';
import { shellCanCarry } from '~/lib/script-text';
import { asCode } from './as-code';
import { looksLikeCurl, readCurl } from './read-curl';

i18n.load('en', {});
i18n.activate('en');

const BASE = 'https://matrix.example.org';
const draftIn = (text: string) => {
  const found = readCurl(text, BASE);
  return 'draft' in found ? found.draft : null;
};

describe('a pasted curl command', () => {
  it('fills the form, and its token is dropped', () => {
    const text = `curl -sS -X PUT -H "Authorization: Bearer syt_secret" -H 'Content-Type: application/json' \\
      -d '{"locked": true}' https://matrix.example.org/_synapse/admin/v2/users/@anna:example.org`;
    expect(looksLikeCurl(text)).toBe(true);
    const found = readCurl(text, BASE);
    expect(found).toEqual({
      draft: { method: 'PUT', path: '/_synapse/admin/v2/users/@anna:example.org', body: '{"locked": true}' },
      hadToken: true,
      elsewhere: null,
      ignored: [],
    });
    expect(JSON.stringify(found)).not.toContain('syt_secret');
  });

  it.each([
    `curl '${BASE}/_matrix/client/v3/account/whoami?access_token=syt_secret'`,
    `curl --oauth2-bearer syt_secret ${BASE}/_matrix/client/v3/account/whoami`,
    `curl -H'Authorization: Bearer syt_secret' ${BASE}/_matrix/client/v3/account/whoami`,
    `curl --header="Authorization: Bearer syt_secret" ${BASE}/_matrix/client/v3/account/whoami`,
  ])('drops the token wherever it stands: %s', (text) => {
    expect(readCurl(text, BASE)).toMatchObject({
      hadToken: true,
      draft: { method: 'GET', path: '/_matrix/client/v3/account/whoami', body: '' },
    });
    expect(JSON.stringify(readCurl(text, BASE))).not.toContain('syt_secret');
  });

  it('posts where it has a body, and gets where it has none or is told so', () => {
    expect(draftIn(`curl ${BASE}/_synapse/a -d '{}'`)?.method).toBe('POST');
    expect(draftIn(`curl ${BASE}/_synapse/a`)?.method).toBe('GET');
    expect(draftIn(`curl -G ${BASE}/_synapse/a -d limit=5 -d from=1`)).toEqual({
      method: 'GET',
      path: '/_synapse/a?limit=5&from=1',
      body: '',
    });
    expect(draftIn(`curl -XDELETE ${BASE}/_synapse/a`)?.method).toBe('DELETE');
  });

  it('names another homeserver, and what it leaves out', () => {
    const text = `curl -H 'X-Other: 1' --limit-rate=5 https://else.example/_synapse/a | jq .`;
    expect(readCurl(text, BASE)).toMatchObject({
      elsewhere: 'https://else.example',
      ignored: ['X-Other', '--limit-rate=5'],
    });
    expect(readCurl(`curl $HOMESERVER/_synapse/a`, BASE)).toMatchObject({ elsewhere: null });
  });

  it.each([`curl 'https://x`, 'curl', `curl ${BASE}/_synapse/a -d @file`, `curl -X PATCH ${BASE}/_synapse/a`])(
    'says why it can’t be read: %s',
    (text) => {
      expect(readCurl(text, BASE)).toHaveProperty('problem');
    },
  );

  it('that Glia wrote comes back as it was, whatever is in it', () => {
    const word = fc.string({ unit: 'binary' }).filter((text) => shellCanCarry(text) && text !== '.' && text !== '..');
    fc.assert(
      fc.property(word, fc.dictionary(word, word), (id, body) => {
        const made = asCode('curl', {
          baseUrl: BASE,
          method: 'PUT',
          path: path`/_synapse/admin/v2/users/${id}`,
          body: JSON.stringify(body),
        });
        const draft = 'text' in made ? draftIn(made.text) : null;
        expect(draft?.method).toBe('PUT');
        expect(decodeURIComponent(draft?.path.slice('/_synapse/admin/v2/users/'.length) ?? '')).toBe(id);
        expect(JSON.parse(draft?.body ?? '')).toEqual(body);
      }),
    );
  });
});
