import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlCommand } from './curl';
import { path } from './request';
import { TextError } from '~/lib/text-error';
import { inWords } from '~/testing/in-words';

const BASE = 'https://matrix.example.org';

/** What a POSIX shell makes of the command: its words, without `curl`. */
function wordsOf(text: string): string[] {
  const ran = spawnSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${text}`], {
    env: { PATH: process.env.PATH, TOKEN: 'of-the-admin' },
  });
  expect([ran.status, ran.stderr.toString()]).toEqual([0, '']);
  return ran.stdout.toString().split('\0').slice(0, -1);
}

function commandOf(...args: Parameters<typeof curlCommand>): string {
  const made = curlCommand(...args);
  if ('reason' in made) throw new TextError(made.reason);
  return made.command;
}

describe('a request as a curl command', () => {
  it('is one line that names the token by its variable only', () => {
    const request = {
      method: 'PUT',
      path: path`/_synapse/admin/v2/users/${'@anna:b.c'}`,
      body: { locked: true },
    } as const;
    expect(commandOf(BASE, request)).toBe(
      `curl --globoff --request PUT --header "Authorization: Bearer $TOKEN" --header 'Content-Type: application/json' ` +
        `--data-raw '{"locked":true}' 'https://matrix.example.org/_synapse/admin/v2/users/%40anna%3Ab.c'`,
    );
  });

  it('has no body where there is none, and the query where there is one', () => {
    const request = { method: 'DELETE', path: path`/a`, query: { server: 'b&c d' } } as const;
    expect(wordsOf(commandOf(BASE, request))).toEqual([
      '--globoff',
      '--request',
      'DELETE',
      '--header',
      'Authorization: Bearer of-the-admin',
      `${BASE}/a?server=b%26c+d`,
    ]);
  });

  it.each([
    `o'hara`,
    '"; touch pwned; `touch pwned` $(touch pwned) $TOKEN \\ \n#',
    '[a-z]{x,y}',
    'Zoë 😀 \u202E',
    'a\0b',
    '@file',
    '-x',
  ])('%j reaches the homeserver as it is, and the shell runs none of it', (word) => {
    const text = commandOf(BASE, { method: 'PUT', path: path`/users/${word}`, body: { displayname: word } });
    expect(text).toMatch(/^[ -~]*$/);
    const words = wordsOf(text);
    expect(JSON.parse(words[words.indexOf('--data-raw') + 1] ?? '')).toEqual({ displayname: word });
    const url = words.at(-1) ?? '';
    expect(decodeURIComponent(url.slice(`${BASE}/users/`.length))).toBe(word);
    expect(words).toHaveLength(10);
  });

  it.each(['\0', '\uD83D'])('there is none, with the reason, where the homeserver’s address holds %j', (character) => {
    expect(inWords(curlCommand(`${BASE}/${character}`, { path: path`/a` }))).toEqual({
      reason: expect.stringContaining('can’t be a shell command'),
    });
  });
});
