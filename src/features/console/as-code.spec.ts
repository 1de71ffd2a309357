import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { path } from '~/api/request';
import { asCode, CODES, inert, type Code } from './as-code';

const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const RUNS: Readonly<Record<Code, { file: string; command: string; isThere: boolean }>> = {
  curl: { file: 'a.sh', command: 'sh', isThere: has('curl', '--version') },
  python: { file: 'a.py', command: 'python3', isThere: has('python3', '--version') },
  javascript: { file: 'a.mjs', command: process.execPath, isThere: true },
};

interface Heard {
  method: string;
  url: string;
  authorization: string;
  body: string;
}

const heard: Heard[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (piece: string) => (body += piece));
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    if (url === '/moved') {
      response.writeHead(302, { Location: `${baseUrl}/elsewhere` }).end('moved');
      return;
    }
    heard.push({ method, url, authorization: headers.authorization ?? '', body });
    response.end('{"heard":true}');
  });
});
let baseUrl = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => void server.close());

async function run(code: Code, text: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'glia-code-'));
  const { file, command } = RUNS[code];
  writeFileSync(join(folder, file), text);
  const env = { PATH: process.env.PATH, TOKEN: 'of-the-admin' };
  const { stdout } = await promisify(execFile)(command, [join(folder, file)], { cwd: folder, env });
  return stdout;
}

const HOSTILE = ['o\'hara"; touch pwned; `touch pwned` $(touch pwned) $TOKEN \\ #', 'Zoë 😀 \u202E\u2028', '{x}%s?&=+'];

describe('a request as code', () => {
  for (const code of CODES) {
    it.skipIf(!RUNS[code].isThere).each(HOSTILE)(`in ${code} sends %j as it is, and runs none of it`, async (word) => {
      const body = JSON.stringify({ displayname: word, big: 1 }).replace('1}', '12345678901234567890}');
      const made = asCode(code, { baseUrl, method: 'PUT', path: path`/_synapse/admin/v2/users/${word}`, body });
      const text = 'text' in made ? made.text : '';
      expect(text).toMatch(/^[\n -~]*$/);
      heard.length = 0;
      expect(await run(code, text)).toContain('{"heard":true}');
      const [one] = heard;
      expect(one).toMatchObject({ method: 'PUT', authorization: 'Bearer of-the-admin' });
      expect(decodeURIComponent(one?.url.slice('/_synapse/admin/v2/users/'.length) ?? '')).toBe(word);
      expect(JSON.parse(one?.body ?? '')).toMatchObject({ displayname: word });
      expect(one?.body).toContain('12345678901234567890');
    });

    it.skipIf(!RUNS[code].isThere)(`in ${code} sends no body where there is none, and the query as it is`, async () => {
      const where = `${path`/a/${'b c'}`}?x=1%262` as ReturnType<typeof path>;
      const made = asCode(code, { baseUrl, method: 'GET', path: where, body: '' });
      heard.length = 0;
      await run(code, 'text' in made ? made.text : '');
      expect(heard).toEqual([
        { method: 'GET', url: '/a/b%20c?x=1%262', authorization: 'Bearer of-the-admin', body: '' },
      ]);
    });
  }

  for (const code of CODES) {
    it.skipIf(!RUNS[code].isThere)(
      `in ${code} takes the token nowhere else, and shows where it is sent to`,
      async () => {
        const made = asCode(code, { baseUrl, method: 'GET', path: path`/moved`, body: '' });
        heard.length = 0;
        expect(await run(code, 'text' in made ? made.text : '')).toContain('moved');
        expect(heard.map(({ url }) => url)).not.toContain('/elsewhere');
      },
    );
  }

  it('has its JSON on one line, with every number as it was written', () => {
    expect(inert('{\n  "a b": [1.0, 1e400],\n  "c": " \\" x "\n}')).toBe('{"a b":[1.0,1e400],"c":" \\" x "}');
  });
});
