import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { typedPath } from '../../src/api/typed-path';
import { asCode, type Code } from '../../src/features/console/as-code';
import { ENTRIES } from '../../src/features/console/catalogue/catalogue';
import { draftOf, missingParts, withPart } from '../../src/features/console/draft';
import { addMedia, addRoom, addUser } from '../../src/mocks/build';
import { MockHomeserver } from '../../src/mocks/homeserver';
import { serveModel, type ServedModel } from '../model-server.ts';

/** What the console copies, run as it is against the model over HTTP, for each task that admins begin with. */

const has = (command: string) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
const RUNS = {
  curl: { file: 'request.sh', command: 'bash', isThere: has('curl') && has('bash') },
  python: { file: 'request.py', command: 'python3', isThere: has('python3') },
  javascript: { file: 'request.mjs', command: process.execPath, isThere: true },
} as const satisfies Record<Code, object>;

let model: MockHomeserver;
let served: ServedModel;
let folder: string;
beforeAll(async () => {
  served = await serveModel({ handle: (request) => model.handle(request) });
  folder = mkdtempSync(join(tmpdir(), 'glia-console-'));
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  model = new MockHomeserver();
});

/** The request of the catalogue, filled in as in the form. @returns what the program printed */
async function run(
  code: Code,
  [method, template]: readonly [string, string],
  parts: Readonly<Record<string, string>>,
  body?: object,
): Promise<string> {
  const entry = ENTRIES.find((one) => one.method === method && one.template === template);
  if (!entry) throw new Error(`the catalogue has no ${method} ${template}`);
  const filled = Object.entries(parts).reduce((draft, [name, value]) => withPart(draft, name, value), draftOf(entry));
  expect(missingParts(filled)).toEqual([]);
  const path = typedPath(filled.path);
  if (path === null) throw new Error(`${filled.path} is no path`);
  const { method: sent } = entry;
  const made = asCode(code, { baseUrl: served.url, method: sent, path, body: body ? JSON.stringify(body) : '' });
  if ('reason' in made) throw new Error('it can’t be copied');
  expect(made.text).not.toContain(model.adminToken);
  const { file, command } = RUNS[code];
  writeFileSync(join(folder, file), made.text);
  const env = { PATH: process.env.PATH, TOKEN: model.adminToken };
  return (await promisify(execFile)(command, [join(folder, file)], { cwd: folder, env })).stdout;
}

const USER = '/_synapse/admin/v2/users/{user_id}';

describe.each(['curl', 'python', 'javascript'] as const)('copied as %s', (code) => {
  const isMissing = !RUNS[code].isThere;

  it.skipIf(isMissing)('a user and a profile are read', async () => {
    const anna = addUser(model, { localpart: 'anna/ü', displayname: 'Anna' });
    const user = await run(code, ['GET', USER], { user_id: anna.name });
    expect(user).toContain('"displayname":"Anna"');
    const profile = await run(code, ['GET', '/_matrix/client/v3/profile/{user_id}'], { user_id: anna.name });
    expect(profile).toContain('"displayname":"Anna"');
    expect(model.log.writes()).toEqual([]);
  });

  it.skipIf(isMissing)('a user is joined to a room, by its alias', async () => {
    const anna = addUser(model, 'anna');
    const room = addRoom(model, {
      alias: `#lobby:${model.serverName}`,
      creator: model.adminId,
      members: [model.adminId],
    });
    const parts = { room_id_or_alias: room.canonical_alias ?? room.room_id };
    const said = await run(code, ['POST', '/_synapse/admin/v1/join/{room_id_or_alias}'], parts, { user_id: anna.name });
    expect(said).toContain(room.room_id);
    expect(room.members.has(anna.name)).toBe(true);
  });

  it.skipIf(isMissing)('a file is deleted', async () => {
    const { media_id } = addMedia(model, { user_id: addUser(model, 'anna').name });
    const parts = { server_name: model.serverName, media_id };
    const said = await run(code, ['DELETE', '/_synapse/admin/v1/media/{server_name}/{media_id}'], parts);
    expect(said).toContain('"deleted_media"');
    expect(model.state.media.has(media_id)).toBe(false);
  });

  it.skipIf(isMissing)('external IDs are read, and replaced by those that are to stay', async () => {
    const anna = addUser(model, 'anna');
    const [gone, stays] = ['old', 'new'].map((name) => ({
      auth_provider: `oidc-${name}`,
      external_id: `o'hara "${name}"`,
    }));
    anna.external_ids.push(...[gone, stays].filter((one) => one !== undefined));
    expect(await run(code, ['GET', USER], { user_id: anna.name })).toContain('"oidc-old"');
    const said = await run(code, ['PUT', USER], { user_id: anna.name }, { external_ids: [stays] });
    expect(said).toContain('"external_ids"');
    expect(anna.external_ids).toEqual([stays]);
  });

  it.skipIf(isMissing)('a refusal is shown with the homeserver’s own words', async () => {
    const said = await run(code, ['GET', USER], { user_id: `@nobody:${model.serverName}` });
    expect(said).toContain('M_NOT_FOUND');
  });
});
