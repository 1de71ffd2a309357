import { describe, expect, it } from 'vitest';
import { english } from '~/lib/english';
import { textOfError } from '~/lib/text-error';
import { readConfig, USUAL_CONFIG } from './config';

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

  it.each([
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
