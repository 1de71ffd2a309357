import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { english } from '~/lib/english';
import { textOfError } from '~/lib/text-error';
import { USUAL_CONFIG } from './config';
import { readConfig } from './read-config';

function complaint(source: string): string {
  try {
    readConfig(source);
  } catch (error) {
    return english(textOfError(error));
  }
  return 'none';
}

describe('config.json', () => {
  it('leaves all as usual where it names nothing', () => {
    expect(readConfig('{}')).toEqual(USUAL_CONFIG);
  });

  it('takes one homeserver or several, as they are compared at sign-in', () => {
    expect(readConfig('{"restrictBaseUrl": "https://matrix.example.org/"}').restrictBaseUrl).toEqual([
      'https://matrix.example.org',
    ]);
    expect(readConfig('{"restrictBaseUrl": ["https://a.org", "b.org"]}').restrictBaseUrl).toEqual([
      'https://a.org',
      'https://b.org',
    ]);
  });

  it('ignores keys that it does not know', () => {
    expect(readConfig('{"etkeccAdmin": "https://x.org", "wellKnownDiscovery": false}').wellKnownDiscovery).toBe(false);
  });

  it('takes each of its keys', () => {
    const source = {
      restrictBaseUrl: ['https://matrix.example.org'],
      wellKnownDiscovery: false,
      corsCredentials: 'include',
      clientId: '01HZ0000000000000000000000',
      masBaseUrl: 'https://auth.example.org/mas/',
      readOnly: true,
      allowedActions: ['user.*', 'room.block'],
      asManagedUsers: [String.raw`^@slack_[a-z0-9\-]+:example\.org$`],
      defaultLanguage: 'en',
      menu: [{ label: 'Help', url: 'https://help.example.org' }],
    };
    expect(readConfig(JSON.stringify(source))).toEqual({
      ...source,
      masBaseUrl: 'https://auth.example.org/mas',
      asManagedUsers: [new RegExp(String.raw`^@slack_[a-z0-9\-]+:example\.org$`)],
    });
    expect(Object.keys(source).toSorted()).toEqual(Object.keys(USUAL_CONFIG).toSorted());
  });

  it('has a line in the table of the documentation for each of its keys, and no other', () => {
    const table = /## config\.json.*?(?=\n## )/s.exec(readFileSync('.deploy/README.md', 'utf8'))?.[0] ?? '';
    const keys = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key ?? '');
    expect(keys.toSorted()).toEqual(Object.keys(USUAL_CONFIG).toSorted());
  });

  it.each([
    ['{"corsCredentials": "yes"}', '“corsCredentials”: must be same-origin, include or omit'],
    ['{"clientId": ""}', '“clientId”'],
    ['{"masBaseUrl": "@a:b"}', '“masBaseUrl”: not the URL of a server'],
    ['{"masBaseUrl": "https://auth.example.org"}', '“masBaseUrl”: needs restrictBaseUrl with one homeserver'],
    [
      '{"masBaseUrl": "https://auth.example.org", "restrictBaseUrl": ["https://a.example", "https://b.example"]}',
      '“masBaseUrl”: needs restrictBaseUrl with one homeserver',
    ],
    ['{"readOnly": "true"}', '“readOnly”'],
    ['{"allowedActions": "user.*"}', '“allowedActions”'],
    ['{"allowedActions": ["user.*", "Lock users"]}', '“allowedActions[1]”: not the name of an action'],
    ['{"asManagedUsers": ["^@a", "("]}', '“asManagedUsers[1]”: Invalid regular expression'],
    ['{"defaultLanguage": 1}', '“defaultLanguage”'],
    ['{"restrictBaseUrl": 1}', 'config.json, “restrictBaseUrl”'],
    ['{"restrictBaseUrl": []}', 'config.json, “restrictBaseUrl”'],
    ['{"wellKnownDiscovery": "no"}', 'config.json, “wellKnownDiscovery”'],
    [
      '{"menu": [{"label": "Help", "url": "javascript:alert(1)"}]}',
      'config.json, “menu[0].url”: not an https or http URL',
    ],
    ['[]', 'config.json must hold an object'],
    ['{"menu": ', 'config.json is not JSON'],
  ])('names what is wrong in %s', (source, words) => {
    expect(complaint(source)).toContain(words);
  });
});
