import { describe, expect, it } from 'vitest';
import type { Cause } from '~/api/verdicts';
import { wordsOf } from '~/lib/words';
import { fieldOf } from './fields';
import { fixOf } from './fixes';

const CAUSES: Record<Cause, 'fix' | 'sentence'> = {
  url: 'sentence',
  odd: 'sentence',
  'mixed-content': 'fix',
  'plain-http': 'fix',
  redirect: 'fix',
  unreachable: 'fix',
  cors: 'fix',
  timeout: 'fix',
  busy: 'fix',
  'homeserver-down': 'fix',
  'not-a-homeserver': 'fix',
  'client-api-blocked': 'fix',
  'admin-api-blocked': 'fix',
  'admin-api-absent': 'fix',
  'authorization-blocked': 'fix',
  'authorization-dropped': 'fix',
  'token-unknown': 'fix',
  'token-expired': 'fix',
  guest: 'fix',
  'account-locked': 'fix',
  'account-expired': 'fix',
  'account-missing': 'fix',
  'mas-down': 'fix',
  'mas-scope': 'fix',
  'not-admin': 'fix',
  media: 'fix',
  old: 'sentence',
};
const place = { baseUrl: 'https://matrix.example.org:8448/sub', userId: '@anna:example.org' };
const textOf = (cause: Cause, userId: string | null = place.userId) =>
  (fixOf(cause, { ...place, userId })?.snippets ?? []).map(({ text }) => text).join('\n');

describe('fixOf', () => {
  it.each(Object.entries(CAUSES) as [Cause, string][])('says what to do about %s', (cause, kind) => {
    expect(fixOf(cause, place) === null ? 'sentence' : 'fix').toBe(kind);
    expect(['url', 'token']).toContain(fieldOf(cause));
  });

  it.each(['cors', 'admin-api-blocked', 'admin-api-absent', 'media'] as const)(
    'has %s for nginx, Caddy and Traefik, for this host',
    (cause) => {
      const snippets = fixOf(cause, place)?.snippets ?? [];
      expect(snippets.map(({ name }) => name)).toEqual(expect.arrayContaining(['nginx', 'Caddy', 'Traefik']));
      for (const { name, text } of snippets.slice(0, 3))
        expect(`${wordsOf(name)}: ${text}`).toContain('matrix.example.org');
    },
  );

  it('gives nginx no path after proxy_pass: it would decode the ids', () => {
    for (const cause of ['admin-api-blocked', 'media'] as const) {
      expect(textOf(cause)).toMatch(/proxy_pass http:\/\/localhost:\d+;/);
      expect(textOf(cause)).toContain('client_max_body_size');
    }
  });

  it('routes every media path to the media worker, and nothing else', () => {
    const pattern = /location ~ (\S+) \{/.exec(textOf('media'))?.[1] ?? '';
    const goes = (path: string) => new RegExp(pattern).test(path);
    expect(
      [
        '/_matrix/media/v3/upload',
        '/_matrix/client/v1/media/config',
        '/_synapse/admin/v1/purge_media_cache',
        '/_synapse/admin/v1/media/example.org/abc',
        '/_synapse/admin/v1/media/quarantine/example.org/abc',
        '/_synapse/admin/v1/users/@anna:example.org/media',
        '/_synapse/admin/v1/room/!x:example.org/media',
      ].filter((path) => !goes(path)),
    ).toEqual([]);
    expect(
      [
        '/_matrix/client/versions',
        '/_synapse/admin/v2/users/@anna:example.org',
        '/_synapse/admin/v1/statistics/users/media',
      ].filter(goes),
    ).toEqual([]);
  });

  it('lets no user id break out of a command', () => {
    const hostile = "@x'; rm -rf ~ #:example.org";
    expect(textOf('not-admin', hostile)).toContain('%40x%27%3B%20rm%20-rf%20~%20%23%3Aexample.org');
    expect(textOf('not-admin', hostile)).toContain("name = '@x''; rm -rf ~ #:example.org'");
    expect(textOf('mas-scope', hostile)).toMatch(/\\\n {2}anna$/);
    expect(textOf('mas-scope', '@--help:example.org')).toMatch(/\\\n {2}anna$/);
    expect(textOf('mas-scope')).toMatch(/\\\n {2}anna$/);
  });
});
