import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstChoice, type Choice } from '../../src/features/delete-media/choice';
import { makePlan } from '../../src/features/delete-media/plan';
import { mediaScript } from '../../src/features/delete-media/script';
import { localSlices, remoteSlices } from '../../src/features/delete-media/slices';
import { removalScript } from './removal-script.ts';
import { joinScript } from '../../src/features/join-rooms/script';
import type { ScriptLanguage } from '../../src/lib/script-languages';
import { addMedia, addRemoteMedia, addRoom, addUser } from '../../src/mocks/build';
import type { FaultKind } from '../../src/mocks/faults';
import { MockHomeserver } from '../../src/mocks/homeserver';
import { foundRoom } from '../../src/testing/joins';
import { serveModel, type ServedModel } from '../model-server.ts';
import { interpreter, LANGUAGES, runScript, withoutSleep } from './scripts.ts';

/**
 * The scripts, really run, where something in front of the homeserver answers in its place: that is never taken for the
 * homeserver's word. The wizards' own runs are tried out in each feature's proxy.spec.ts.
 */

const DAY = 86_400_000;
const GOOGLE = 'oidc-google';
let model = new MockHomeserver();
let served: ServedModel;
let folder: string;

beforeAll(async () => {
  served = await serveModel({ handle: (request) => model.handle(request) });
  folder = await mkdtemp(join(tmpdir(), 'glia-no-sleep-'));
});
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true });
});

const owner = () => ({ baseUrl: served.url, userId: model.adminId });

function mediaPlan(method: 'exact' | 'sweep') {
  const { name } = addUser(model, 'owner');
  const beforeTs = model.startedAt - 30 * DAY;
  const files = [0, 1, 2, 3].map((index) => {
    const lastAccessTs = beforeTs - (40 + 31 * index) * DAY;
    const file = addMedia(model, { user_id: name, created_ts: lastAccessTs, last_access_ts: lastAccessTs });
    return {
      id: file.media_id,
      owner: name,
      name: null,
      type: null,
      bytes: file.media_length,
      createdTs: lastAccessTs,
      lastAccessTs,
      isProtected: false,
      isQuarantined: false,
      isLinkPreview: false,
    };
  });
  const rule = { by: 'not-opened-since' as const, beforeTs, largerThan: 0, keepAvatars: true, method };
  const plan = makePlan(files, rule, new Set());
  const slices = method === 'sweep' ? localSlices(plan) : [];
  return {
    kind: 'local' as const,
    choice: { ...firstChoice(model.startedAt), method },
    plan,
    avatars: new Set<string>(),
    notes: [],
    slices,
    madeAt: 0,
  };
}

/** Each fills the model, and gives the script of a plan that is made of it. */
const SCRIPTS = {
  exact: (language: ScriptLanguage) =>
    mediaScript(mediaPlan('exact'), { owner: owner(), serverName: model.serverName, version: model.version }, language),
  sweep: (language: ScriptLanguage) =>
    mediaScript(mediaPlan('sweep'), { owner: owner(), serverName: model.serverName, version: model.version }, language),
  remote(language: ScriptLanguage) {
    addRemoteMedia(model, { last_access_ts: model.startedAt - 400 * DAY });
    const slices = remoteSlices(model.startedAt - 30 * DAY);
    const planned = { kind: 'remote' as const, choice: {} as Choice, slices, madeAt: 0 };
    return mediaScript(planned, { owner: owner(), serverName: model.serverName, version: model.version }, language);
  },
  'external-ids'(language: ScriptLanguage) {
    const users = ['anna', 'ben'].map((localpart) => {
      const ids = [{ auth_provider: GOOGLE, external_id: localpart }];
      return addUser(model, { localpart, external_ids: ids });
    });
    return removalScript(model, users, GOOGLE, served.url, language);
  },
  joins(language: ScriptLanguage) {
    const ids = ['anna', 'ben'].map((name) => addUser(model, name).name);
    const { room_id } = addRoom(model, { join_rules: 'public', creator: model.adminId, members: [model.adminId] });
    const room = foundRoom(room_id, { adminIn: true, adminCanInvite: true });
    return joinScript(
      ids.map((userId) => ({ kind: 'join' as const, room, userId })),
      owner(),
      language,
    );
  },
};

/** All that a plan is about. */
const world = () =>
  JSON.stringify([
    [...model.state.media.keys()],
    [...model.state.remoteMedia.keys()],
    [...model.state.users.values()].map(({ name, external_ids }) => [name, external_ids]),
    [...model.state.rooms.values()].map(({ members }) => members.size),
  ]);

async function run(
  language: ScriptLanguage,
  name: keyof typeof SCRIPTS,
  answer: FaultKind,
  match: RegExp,
  times = Infinity,
) {
  const command = await interpreter(language);
  if (command === null) return null;
  model = new MockHomeserver();
  const file = join(folder, `script.${language}`);
  await writeFile(file, [...SCRIPTS[name](language)].join(''));
  model.faults.next({ match, answer, times });
  const before = world();
  const ran = await runScript(command, file, model.adminToken, { env: await withoutSleep(folder) });
  expect(ran.out).not.toContain(model.adminToken);
  expect(model.crashes).toEqual([]);
  return { ...ran, isUntouched: world() === before };
}

describe.each(LANGUAGES)('what was carried out without an answer, %s', (language) => {
  it.each([
    ['exact', /^DELETE /, 'by an earlier request of this script that got no answer, or by someone else.'],
    [
      'sweep',
      /^POST .*\/media\//,
      /No answer came, but the planned files \(\d+\) are no longer listed\. This job or someone else deleted them\./,
    ],
  ] as const)(
    '%s: is nobody’s for sure, so skipped, in the words of the page',
    async (name, match, words) => {
      const ran = await run(language, name, '504-after', match, 1);
      if (!ran) return;
      expect([ran.code, ran.out]).toEqual([0, expect.any(String)]);
      expect(ran.items[0]).toMatch(/^skipped/);
      expect(ran.out).toMatch(words);
      expect(ran.items.slice(1).filter((item) => !item.startsWith('done'))).toEqual([]);
    },
    60_000,
  );
});

/** All but the look at whose token it is. */
const ALL = /^(?!.*whoami)/;

describe.each(LANGUAGES)('a proxy that answers in the homeserver’s place, %s', (language) => {
  it.each([
    ['404-traefik', ALL],
    ['401-html', ALL],
    ['portal', ALL],
    ['404-html', /^DELETE /],
    ['portal', /^DELETE /],
    ['echo', /^DELETE /],
  ] as const)(
    '%s to %s: the first file asks, and none is called gone',
    async (answer, match) => {
      const ran = await run(language, 'exact', answer, match);
      if (!ran) return;
      expect([ran.code, ran.items.length, ran.out]).toEqual([4, 1, expect.any(String)]);
      expect(ran.items[0]).toMatch(match === ALL ? /^(failed|unknown)/ : /^unknown/);
      expect(ran.isUntouched).toBe(true);
    },
    60_000,
  );

  it.each(['sweep', 'remote', 'external-ids', 'joins'] as const)(
    '%s: nothing is done or skipped, and the first item asks',
    async (name) => {
      for (const answer of ['404-traefik', 'portal'] as const) {
        const ran = await run(language, name, answer, ALL);
        if (!ran) return;
        expect([ran.code, ran.items.length, ran.out]).toEqual([4, 1, expect.any(String)]);
        expect(ran.items[0]).toMatch(/^(failed|unknown)/);
        expect(ran.isUntouched).toBe(true);
      }
    },
    60_000,
  );

  it('begins nothing where a proxy answers whose token it is, and says who answered', async () => {
    for (const answer of ['401-html', 'portal'] as const) {
      const ran = await run(language, 'external-ids', answer, /whoami/);
      if (!ran) return;
      expect([ran.code, ran.out]).toEqual([2, expect.any(String)]);
      expect(ran.out).toContain('Could not read whose access token this is');
    }
  });
});
