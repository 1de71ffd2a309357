import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AnyAction } from '../../src/actions/action';
import { actionOf, allActions } from '../../src/actions/all';
import { verdictOf, type ActionItem } from '../../src/actions/plan';
import { actionScript } from '../../src/actions/script';
import { send } from '../../src/api/ask';
import type { Json } from '../../src/jobs/job';
import { addUser } from '../../src/mocks/build';
import type { Fault, FaultTarget } from '../../src/mocks/faults';
import { MockHomeserver } from '../../src/mocks/homeserver';
import { ACTION_WORLDS } from '../../src/testing/action-worlds';
import { serveModel, type ServedModel } from '../model-server.ts';
import { interpreter, LANGUAGES, runScript, withoutSleep, type Language } from './scripts.ts';
import type { Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';

/**
 * The script of every action, really run: it ends as its job does (`src/actions/promises.spec.ts`), item by item. A new action
 * is covered by its world in `src/testing/action-worlds.ts`.
 */

let model: MockHomeserver;
let served: ServedModel;
let folder: string;

beforeAll(async () => {
  served = await serveModel({ handle: (request) => model.handle(request) });
  folder = await mkdtemp(join(tmpdir(), 'glia-actions-'));
});
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  model = new MockHomeserver();
});

async function plan(action: AnyAction, id: string, input: Json = null): Promise<ActionItem> {
  const hs = { baseUrl: served.url, token: model.adminToken };
  const found = verdictOf(action, id, await send(hs, action.look(id, model)), input, model.adminId);
  if (found.verdict !== 'will') throw new Error(`The plan says: ${wordsOf(found.reason)}`);
  return found.item;
}

/** @returns how each item ended, without its name; null where this machine has no such interpreter */
async function run(action: AnyAction, items: readonly ActionItem[], language: Language, input: Json = null) {
  const command = await interpreter(language);
  if (command === null) return null;
  const owner = { baseUrl: served.url, userId: model.adminId };
  const file = join(folder, `script.${language}`);
  const text = actionScript(action, { items, input, title: 'Try it', owner, server: model, isUndo: false }, language);
  await writeFile(file, [...text].join(''));
  // A failure among the first would stop it.
  const env = { ...(await withoutSleep(folder)), GLIA_GO_ON: '1' };
  const ran = await runScript(command, file, model.adminToken, { env });
  expect(model.crashes).toEqual([]);
  expect([ran.items.length, ran.out]).toEqual([items.length, expect.any(String)]);
  return items.map(({ id }, index) => ran.items[index]?.replace(id, 'ID').replaceAll(/ +/g, ' ') ?? '');
}

/** Without the marks around a name. */
const said = (words: Text): string => wordsOf(words).replaceAll(/[\u2066-\u2069]/g, '');

/** A script says a list as it is. */
function stateWords(action: AnyAction, state: Json): string {
  const [list] = Object.values((state ?? {}) as Readonly<Record<string, Json>>);
  if (!Array.isArray(list) || list.length === 0) return said(action.words(state));
  return (list as readonly object[]).map((one) => Object.values(one).join(': ')).join(', ');
}

/** Of the requests that name this item. */
const about = (id: string, isRead: boolean) => {
  const name = id.split(/[/ ]/).at(-1) ?? id;
  return ({ method, path }: FaultTarget) => path.includes(name) && (method === 'GET') === isRead;
};

const known = (kind: string): AnyAction => {
  const action = actionOf(kind);
  if (!action) throw new Error(`There is no ${kind}.`);
  return action;
};

describe.each(LANGUAGES)('%s', (language) => {
  const taken = allActions.filter(({ script, onlyForOne }) => script === undefined && !onlyForOne);
  it.each(taken.map((action) => [action.kind, action] as const))('%s does what its job does', async (kind, action) => {
    const world = ACTION_WORLDS[kind];
    if (!world) throw new Error(`${kind} has no world.`);
    const input = world.input ?? null;
    // With a mark that a shell could stumble over.
    const make = (name: string) => plan(action, world.make(model, `it's-${name}`), input);
    const items = {
      done: await make('a'),
      already: await make('b'),
      gone: await make('c'),
      refused: await make('d'),
      lost: await make('e'),
      restarting: await make('f'),
      portal: await make('g'),
      odd: await make('h'),
    };
    world.set(model, items.already.id, true);
    world.remove(model, items.gone.id);
    const fault = ({ id }: ActionItem, answer: Fault['answer'], isRead = false) =>
      model.faults.next({ match: about(id, isRead), answer });
    fault(items.refused, '403');
    fault(items.lost, 'reset-after');
    fault(items.restarting, '404-traefik');
    fault(items.portal, 'portal');
    fault(items.odd, 'portal', true);
    const before = model.log.writes().length;

    const ended = await run(action, Object.values(items), language, input);
    if (ended === null) return;
    // Where the action leads there, what is gone is as it was to be.
    const leads = action.absent !== undefined;
    // Or it can be changed still: then one more request changes something.
    const outlives = world.whenGone?.status === 'done';
    const goalOf = ({ goal }: ActionItem) => stateWords(action, goal);
    const gone = leads ? `Already ${goalOf(items.gone)}.` : 'It does not exist on this homeserver.';
    const done = (item: ActionItem) => `done ID: Now ${goalOf(item)}.`;
    const once = `unknown ID: A request was sent, and it is still ${stateWords(action, items.done.planned)}: it may still be running. It is not sent again.`;
    expect(ended).toEqual([
      done(items.done),
      `skipped ID: Already ${goalOf(items.already)}.`,
      outlives ? done(items.gone) : `skipped ID: ${gone}`,
      expect.stringMatching(/^failed ID: .*M_FORBIDDEN/),
      expect.stringMatching(/^skipped ID: .* or by someone else\.$/),
      action.repeatable ? done(items.restarting) : once,
      action.repeatable ? done(items.portal) : once,
      expect.stringMatching(/^failed ID: The answer is not in a form that this script knows/),
    ]);
    const reached = Object.values(items).map(
      ({ id }, index) => (index !== 2 || leads || outlives) && world.isReached(model, id),
    );
    expect(reached).toEqual([true, true, leads || outlives, false, true, action.repeatable, action.repeatable, false]);
    expect(model.log.writes().length - before).toBe((action.repeatable ? 7 : 5) + (outlives ? 1 : 0));
  });

  it('leaves alone who changed since the plan, or was made anew, and who must not be changed now', async () => {
    const [anna, ben, cleo] = ['anna', 'ben', 'cleo'].map((name) =>
      addUser(model, { localpart: name, ratelimit: null }),
    );
    if (!anna || !ben || !cleo) throw new Error('No users.');
    const limit = { messages_per_second: 5, burst_count: 20 };
    const action = known('user.rate-limit');
    const items = [await plan(action, anna.name, limit)];
    anna.ratelimit = { messages_per_second: 1, burst_count: 2 };
    expect(await run(action, items, language, limit)).toEqual([
      'skipped ID: Changed since the plan: now {"messages_per_second":1,"burst_count":2}.',
    ]);
    const lock = known('user.lock');
    const both = [await plan(lock, ben.name), await plan(lock, cleo.name)];
    ben.creation_ts += 60;
    cleo.deactivated = true;
    expect(await run(lock, both, language)).toEqual([
      'skipped ID: The planned item is gone, and a new one with the same name was created since.',
      expect.stringMatching(/^skipped ID: Deactivated accounts can.*t be locked/),
    ]);
    expect(model.log.writes()).toEqual([]);
  });

  it('takes nobody’s address away: who has it is asked just before each change', async () => {
    const action = known('user.threepids-add');
    const input = { medium: 'email', address: 'shared@x.example' };
    const items = await Promise.all(['anna', 'ben'].map((name) => plan(action, addUser(model, name).name, input)));
    expect(await run(action, items, language, input)).toEqual([
      'done ID: Now email: shared@x.example.',
      'skipped ID: In use by another account: shared@x.example belongs to @anna:demo.example.',
    ]);
    expect(model.log.writes()).toHaveLength(1);
  });

  it('says loudly where its request made an account, and calls no success what changed nothing', async () => {
    const lock = known('user.lock');
    const anna = addUser(model, 'anna');
    const items = [await plan(lock, anna.name)];
    // Gone between the look and the change.
    const handle = model.handle.bind(model);
    model.handle = (request) => {
      if (request.method === 'PUT') model.state.users.delete(anna.name);
      return handle(request);
    };
    expect(await run(lock, items, language)).toEqual([expect.stringMatching(/^failed ID: ATTENTION: .*\(201\)/)]);

    model = new MockHomeserver();
    const shadowBan = known('user.shadow-ban');
    const ben = addUser(model, 'ben');
    const others = [await plan(shadowBan, ben.name)];
    const handleOther = model.handle.bind(model);
    model.handle = async (request) => {
      const response = await handleOther(request);
      if (request.method === 'POST') ben.shadow_banned = false;
      return response;
    };
    expect(await run(shadowBan, others, language)).toEqual([
      'failed ID: The homeserver reported success, but it is not shadow-banned.',
    ]);
  });
});
