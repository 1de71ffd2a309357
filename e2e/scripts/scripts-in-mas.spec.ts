import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AnyAction } from '../../src/actions/action';
import { actionOf, allActions } from '../../src/actions/all';
import { whyNoScript } from '../../src/actions/no-script';
import { verdictOf, type ActionItem } from '../../src/actions/plan';
import { actionScript } from '../../src/actions/script';
import { actionFor } from '../../src/actions/under-mas';
import { send } from '../../src/api/ask';
import type { Json } from '../../src/jobs/job';
import { ADMIN_SCOPE, CLIENT_SCOPE } from '../../src/mocks/authenticate';
import type { FaultTarget } from '../../src/mocks/faults';
import { MockHomeserver } from '../../src/mocks/homeserver';
import { putMasInFront } from '../../src/mocks/mas/adopt';
import { serverOf } from '../../src/testing/actions';
import { MAS_WORLDS, masOf, rowOf } from '../../src/testing/worlds/mas';
import { serveModel, type ServedModel } from '../model-server.ts';
import { interpreter, LANGUAGES, runScript, withoutSleep, type Language } from './scripts.ts';
import { wordsOf } from '~/lib/words';

/** The scripts of what is changed in Matrix Authentication Service (MAS), really run: it has a base URL of its own, with a path. */

let model: MockHomeserver;
let served: ServedModel;
let folder: string;

beforeAll(async () => {
  served = await serveModel({ handle: (request) => model.handle(asBrowser(request)) });
  folder = await mkdtemp(join(tmpdir(), 'glia-mas-scripts-'));
});
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  model = new MockHomeserver({ mas: true });
  putMasInFront(model, { baseUrl: `${served.url}/auth` }).cranksAfterMs = 0;
});

/** The model refuses headers that a browser may not send to MAS; a program sends more, and no preflight. */
function asBrowser(request: Request): Request {
  const headers = new Headers(request.headers);
  for (const name of ['connection', 'accept-encoding', 'content-length', 'transfer-encoding']) headers.delete(name);
  return new Request(request, { headers });
}

async function plan(action: AnyAction, id: string, input: Json): Promise<ActionItem> {
  const hs = { baseUrl: served.url, token: model.adminToken, mas: { baseUrl: masOf(model).baseUrl } };
  const found = verdictOf(action, id, await send(hs, action.look(id, serverOf(model))), input, model.adminId);
  if (found.verdict !== 'will') throw new Error(`The plan says: ${wordsOf(found.reason)}`);
  return found.item;
}

async function run(action: AnyAction, items: readonly ActionItem[], language: Language, input: Json, token?: string) {
  const command = await interpreter(language);
  if (command === null) return null;
  const owner = { baseUrl: served.url, userId: model.adminId };
  const file = join(folder, `script.${language}`);
  const server = serverOf(model);
  const text = [...actionScript(action, { items, input, title: 'Try it', owner, server, isUndo: false }, language)];
  await writeFile(file, text.join(''));
  const env = { ...(await withoutSleep(folder)), GLIA_GO_ON: '1' };
  const ran = await runScript(command, file, token ?? model.adminToken, { env });
  expect(model.crashes).toEqual([]);
  return { ...ran, text: text.join('') };
}

const known = (kind: string): AnyAction => {
  const action = actionOf(kind);
  if (!action) throw new Error(`There is no ${kind}.`);
  return action;
};

/** The change of this account in MAS, and on Synapse where that keeps it. */
const changeOf =
  (id: string) =>
  ({ method, path }: FaultTarget): boolean =>
    method !== 'GET' && (path.includes(rowOf(model, id).id) || path.includes(id));

const scripted = allActions
  .filter(({ underMas, onlyForOne }) => underMas !== undefined && !onlyForOne)
  .map((action) => actionFor(action, { mas: true }))
  .filter((action) => whyNoScript(action, false) === null);

it('is what these have, and none of those that take several requests, or a look at Synapse first', () => {
  expect(scripted.map(({ kind }) => kind).toSorted()).toEqual([
    'user.deactivate',
    'user.lock',
    'user.threepids-remove',
    'user.unlock',
  ]);
  expect(whyNoScript(actionFor(known('user.deactivate'), { mas: true }), true)).not.toBeNull();
  expect(whyNoScript(known('user.deactivate'), true)).toBeNull();
});

describe.each(LANGUAGES)('%s', (language) => {
  it.each(scripted.map(({ kind }) => kind))('%s does what its job does', async (kind) => {
    const world = MAS_WORLDS[kind];
    if (!world) throw new Error(`${kind} has no world.`);
    const action = actionFor(known(kind), { mas: true });
    const input = world.input ?? null;
    const make = (name: string) => plan(action, world.make(model, name), input);
    const items = {
      done: await make('anna'),
      already: await make('ben'),
      gone: await make('cleo'),
      anew: await make('dora'),
      refused: await make('emil'),
      lost: await make('finn'),
      proxy: await make('gina'),
    };
    world.set(model, items.already.id, true);
    world.remove(model, items.gone.id);
    world.drift?.(model, items.anew.id);
    model.faults.next({ match: changeOf(items.refused.id), answer: '403' });
    model.faults.next({ match: changeOf(items.lost.id), answer: 'reset-after' });
    model.faults.next({ match: changeOf(items.proxy.id), answer: '404-traefik' });
    const before = model.log.writes().length;
    const ran = await run(action, Object.values(items), language, input);
    if (ran === null) return;
    expect(ran.items.map((one) => one.split(' ')[0])).toEqual([
      'done',
      'skipped',
      'skipped',
      'skipped',
      'failed',
      'skipped',
      action.repeatable ? 'done' : 'unknown',
    ]);
    const reached = Object.entries(items).filter(([name]) => name !== 'gone');
    expect(reached.map(([, { id }]) => world.isReached(model, id))).toEqual([
      true,
      true,
      false,
      false,
      true,
      action.repeatable,
    ]);
    expect(model.log.writes().length - before).toBe(action.repeatable ? 5 : 4);
    // Nothing that MAS keeps goes to Synapse.
    const paths = model.log
      .writes()
      .slice(before)
      .map(({ path }) => path.startsWith('/auth/api/admin/v1/'));
    expect(new Set(paths)).toEqual(new Set([!kind.startsWith('user.threepids')]));
    // MAS erases unless it is asked not to.
    masOf(model).crank();
    expect([...model.state.users.values()].some(({ erased }) => erased)).toBe(false);
  });

  it('says which scopes its token needs, and stops with MAS’s words where it lacks one', async () => {
    const action = actionFor(known('user.lock'), { mas: true });
    const items = [await plan(action, MAS_WORLDS['user.lock']?.make(model, 'anna') ?? '', null)];
    const admin = masOf(model).state.userNamed('admin')?.id ?? '';
    const { token } = masOf(model).issueToken(admin, [CLIENT_SCOPE, ADMIN_SCOPE]);
    const ran = await run(action, items, language, null, token);
    if (ran === null) return;
    expect(ran.text).toContain('#   urn:matrix:client:api:* urn:synapse:admin:* urn:mas:admin\n');
    expect(ran.code).toBe(3);
    expect(ran.out).toContain('MAS does not accept the access token: Missing urn:mas:admin scope');
    expect(model.log.writes()).toEqual([]);
  });
});
