import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRIES } from './catalogue/catalogue';
import { draftOf, entryOf, missingParts, pathParts, queryValue, withPart, withQuery } from './draft';
import { sentOf } from './recorded';
import { withoutSecrets, withoutSecretsInPath } from './secrets-out';

const known = (method: 'GET' | 'POST', path: string) => entryOf({ method, path })?.template;

describe('a request in the form', () => {
  it('is known by its path again, whichever it is and whatever fills it', () => {
    const filling = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/\p{Cs}/u.test(text));
    fc.assert(
      fc.property(fc.constantFrom(...ENTRIES), filling, (entry, value) => {
        const first = draftOf(entry);
        expect(entryOf(first)).toBe(entry);
        const filled = pathParts(first).reduce((draft, { name }) => withPart(draft, name, `x${value}`), first);
        expect(entryOf(filled)).toBe(entry);
        expect(pathParts(filled).every((part) => part.value === `x${value}`)).toBe(true);
        expect(filled.path.split('/')).toHaveLength(entry.template.split('/').length);
      }),
    );
  });

  it('says what is still missing', () => {
    const draft = { method: 'GET', path: '/_synapse/admin/v1/rooms/{room_id}/timestamp_to_event', body: '' } as const;
    expect(missingParts(draft)).toEqual(['room_id', 'ts']);
    const filled = withQuery(withPart(draft, 'room_id', '!a:b'), 'ts', '5');
    expect(missingParts(filled)).toEqual([]);
    expect(filled.path).toBe('/_synapse/admin/v1/rooms/!a%3Ab/timestamp_to_event?ts=5');
    expect(missingParts(withPart(filled, 'room_id', ''))).toEqual(['room_id']);
    expect(queryValue(filled, 'ts')).toBe('5');
  });

  it('takes the fixed path where an ID could stand', () => {
    expect(known('POST', '/_synapse/admin/v1/registration_tokens/new')).toBe(
      '/_synapse/admin/v1/registration_tokens/new',
    );
    expect(known('GET', '/_synapse/admin/v1/media/quarantine_changes')).toMatch(/quarantine_changes$/);
    expect(known('GET', '/_matrix/client/r0/account/whoami')).toBe('/_matrix/client/v3/account/whoami');
    expect(known('GET', '/_synapse/admin/v1/nothing')).toBeUndefined();
  });

  it('is kept without passwords and tokens, and not at all where that can’t be told', () => {
    expect(withoutSecrets('{"new_password":"hunter2","logout_devices":true}')).toEqual({
      body: '{\n  "new_password": "",\n  "logout_devices": true\n}',
      isCut: true,
    });
    expect(withoutSecrets('{"a":{"access_token":"syt_x"}}').body).not.toContain('syt_x');
    expect(withoutSecrets('{"tokens":["s1"],"secrets":{"a":"s2"}}').body).not.toMatch(/s1|s2/);
    expect(withoutSecretsInPath('/_synapse/admin/v1/registration_tokens/abc?access_token=syt_x&limit=1')).toBe(
      '/_synapse/admin/v1/registration_tokens/…?access_token=&limit=1',
    );
    expect(withoutSecrets('{"password": "x"')).toEqual({ body: '', isCut: true });
    expect(withoutSecrets('{ "displayname": "Anna" }')).toEqual({ body: '{ "displayname": "Anna" }', isCut: false });
  });

  it('is recorded without its query, its body and a registration token', () => {
    const draft = { method: 'PUT', path: '/_synapse/admin/v1/registration_tokens/abc?x=1', body: '{"a":1}' } as const;
    expect(sentOf(draft, { status: 200, text: '{}' })).toEqual({
      target: '/_synapse/admin/v1/registration_tokens/…',
      request: 'PUT /_synapse/admin/v1/registration_tokens/…',
      outcome: 'done',
    });
    const lock = { method: 'PUT', path: '/_synapse/admin/v2/users/%40anna%3Ab.c', body: '{}' } as const;
    expect(sentOf(lock, { status: 403, text: '{"errcode":"M_FORBIDDEN"}' })).toMatchObject({
      target: '@anna:b.c',
      outcome: 'failed',
    });
    expect(sentOf(lock, null).outcome).toBe('unknown');
    // A proxy says nothing of what the homeserver does.
    expect(sentOf(lock, { status: 200, text: '<html></html>' }).outcome).toBe('unknown');
    expect(sentOf(lock, { status: 504, text: '<html>504 Gateway Time-out</html>' }).outcome).toBe('unknown');
    expect(sentOf(lock, { status: 404, text: '{"detail":"Not found"}' }).outcome).toBe('unknown');
  });

  it('has a body wherever one is sent that is JSON itself', () => {
    for (const entry of ENTRIES) expect(() => JSON.parse(draftOf(entry).body || '{}')).not.toThrow();
  });
});
