import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { firstChoice } from '../../src/features/delete-media/choice';
import { makePlan } from '../../src/features/delete-media/plan';
import { mediaScript } from '../../src/features/delete-media/script';
import { removalScript } from './removal-script.ts';
import { joinScript } from '../../src/features/join-rooms/script';
import { addMedia, addRoom, addUser } from '../../src/mocks/build';
import { MockHomeserver } from '../../src/mocks/homeserver';
import { foundRoom } from '../../src/testing/joins';
import { serveModel, type ServedModel } from '../model-server.ts';
import { interpreter, LANGUAGES, runScript, type Ran } from './scripts.ts';

/** The scripts, really run, where a change got no answer, or one that does not say what it seems to. */

const GOOGLE = 'oidc-google';
const DAY = 86_400_000;
const LATE = '(An earlier request got no answer and may have been carried out.)';
const TOKEN = 'syt_YWRtaW4_dUmMyToKeNoFaTest_0aB1cD';

let model: MockHomeserver;
let served: ServedModel;
let folder: string;
/** In the homeserver's place, or null. */
let instead: (request: Request) => Promise<Response | null> | Response | null;

beforeAll(async () => {
  served = await serveModel({ handle: async (request) => (await instead(request)) ?? model.handle(request) });
  folder = await mkdtemp(join(tmpdir(), 'glia-late-'));
  await writeFile(join(folder, 'sleep'), '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(join(folder, 'sitecustomize.py'), 'import time\ntime.sleep = lambda seconds: None\n');
});
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  model = new MockHomeserver();
  instead = () => null;
});

const owner = () => ({ baseUrl: served.url, userId: model.adminId });
const says = (status: number, body: unknown) => Response.json(body, { status });
const noAnswer = () => new Response('<h1>504 Gateway Timeout</h1>', { status: 504 });

/** Once, at the first request of this method: what happens then, and what is answered. */
function atFirst(method: string, answer: (request: Request) => Promise<Response> | Response) {
  let isOver = false;
  instead = (request) => {
    if (isOver || request.method !== method) return null;
    isOver = true;
    return answer(request);
  };
}

describe.each(LANGUAGES)('%s', (language) => {
  async function run(pieces: Iterable<string>, token = model.adminToken): Promise<Ran> {
    const command = (await interpreter(language)) ?? '';
    const file = join(folder, `script.${language}`);
    await writeFile(file, [...pieces].join(''));
    const env = { PATH: `${folder}:${process.env.PATH}`, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' };
    return runScript(command, file, token, { env });
  }

  function removal() {
    const anna = addUser(model, { localpart: 'anna', external_ids: [{ auth_provider: GOOGLE, external_id: 'anna' }] });
    return { anna, script: () => removalScript(model, [anna], GOOGLE, served.url, language) };
  }

  function deletion() {
    const ts = model.startedAt - 400 * DAY;
    const { name } = addUser(model, 'owner');
    const media = addMedia(model, { user_id: name, created_ts: ts, last_access_ts: ts });
    const row = {
      id: media.media_id,
      owner: name,
      name: null,
      type: null,
      bytes: media.media_length,
      createdTs: ts,
      lastAccessTs: ts,
      isProtected: false,
      isQuarantined: false,
      isLinkPreview: false,
    };
    const rule = { by: 'not-opened-since' as const, beforeTs: model.startedAt, largerThan: 0, keepAvatars: true };
    const planned = {
      kind: 'local' as const,
      choice: { ...firstChoice(model.startedAt), method: 'exact' as const },
      plan: makePlan([row], { ...rule, method: 'exact' }, new Set()),
      avatars: new Set<string>(),
      notes: [],
      slices: [],
      madeAt: 0,
    };
    const ground = { owner: owner(), serverName: model.serverName, version: model.version };
    return { media, script: () => mediaScript(planned, ground, language) };
  }

  it('external ids that are gone after an unanswered request are nobody’s for sure', async () => {
    const { anna, script } = removal();
    atFirst('PUT', () => {
      anna.external_ids = [];
      return noAnswer();
    });
    const { items, code } = await run(script());
    expect(items).toEqual([
      expect.stringMatching(
        /^skipped .*by an earlier request of this script that got no answer, or by someone else\.$/,
      ),
    ]);
    expect(code).toBe(0);
  });

  it('external ids: a request without an answer is told where somebody added an id since', async () => {
    const { anna, script } = removal();
    atFirst('PUT', () => {
      anna.external_ids.push({ auth_provider: GOOGLE, external_id: 'rival' });
      return noAnswer();
    });
    const { items, code, out } = await run(script());
    expect([items[0]?.endsWith(LATE), code, out]).toEqual([true, 1, expect.stringMatching(/skipped .*Changed since/)]);
  });

  it('a deletion without an answer is told where the file was protected since', async () => {
    const { media, script } = deletion();
    atFirst('DELETE', () => {
      media.safe_from_quarantine = true;
      return noAnswer();
    });
    const { items, code, out } = await run(script());
    expect([items[0]?.endsWith(LATE), code, out]).toEqual([true, 1, expect.stringMatching(/skipped .*Protected/)]);
  });

  it('a file that is gone after an unanswered deletion is nobody’s for sure, and no failure', async () => {
    const { media, script } = deletion();
    atFirst('DELETE', () => {
      model.state.media.delete(media.media_id);
      return noAnswer();
    });
    const { items, code, out } = await run(script());
    expect([items[0]?.includes(LATE), code, out]).toEqual([false, 0, expect.stringContaining('or by someone else')]);
  });

  it('a token that is lost after an unanswered change leaves that item unknown, not untouched', async () => {
    const { script } = removal();
    let sent = false;
    instead = (request) => {
      if (sent) return says(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'Gone' });
      sent = request.method === 'PUT';
      return sent ? noAnswer() : null;
    };
    const { code, out } = await run(script());
    expect([code, out]).toEqual([3, expect.stringContaining('0 skipped, 0 failed, 1 unknown, 0 not started')]);
  });

  it.each([200, 201])(
    'external ids: %i about another user is no answer, and nobody is to be deactivated',
    async (status) => {
      const { anna, script } = removal();
      instead = async (request) => {
        if (request.method !== 'PUT') return null;
        const user = (await (
          await model.handle(new Request(request.url, { headers: request.headers }))
        ).json()) as object;
        return says(status, { ...user, name: '@other:demo.example', external_ids: [], creation_ts: 7 });
      };
      const { items, code, out } = await run(script());
      expect(items[0]).toMatch(/^unknown/);
      expect([code, out]).toEqual([4, expect.not.stringContaining('ATTENTION')]);
      expect(anna.external_ids).toHaveLength(1);
    },
  );

  it('external ids: another account of that name is only called made anew after a 201', async () => {
    const { script } = removal();
    instead = async (request) => {
      if (request.method !== 'PUT') return null;
      const user = (await (await model.handle(request)).json()) as object;
      return says(200, { ...user, creation_ts: 7 });
    };
    const { items } = await run(script());
    expect(items[0]).toMatch(/^failed .*ATTENTION/);
    expect(items[0]).not.toMatch(/201|[Dd]eactivate/);
  });

  it.each([true, false])('whoever is made an admin is looked at: carried out %s', async (isCarriedOut) => {
    const creator = addUser(model, 'creator').name;
    const { room_id: roomId } = addRoom(model, { creator, members: [creator, model.adminId], join_rules: 'invite' });
    const room = foundRoom(roomId, { joinRule: 'invite', adminIn: true });
    instead = async (request) => {
      if (request.url.includes('/make_room_admin') && !isCarriedOut) return says(200, {});
      if (isCarriedOut || !request.url.includes('state?type=m.room.power_levels')) return null;
      const answer = (await (await model.handle(request)).json()) as { state: { content: object }[] };
      for (const event of answer.state) Object.assign(event.content, { invite: 50 });
      return says(200, answer);
    };
    const { items, code } = await run(joinScript([{ kind: 'make-admin', room }], owner(), language));
    const ended = isCarriedOut
      ? /^done .*You may invite now\.$/
      : /^failed .*you have power 0 in the room and are in it; to invite there takes 50/;
    expect([items[0], code]).toEqual([expect.stringMatching(ended), isCarriedOut ? 0 : 4]);
  });

  const hex = Array.from(TOKEN, (one) => one.charCodeAt(0).toString(16));
  it('prints its token in no spelling', async () => {
    const { script } = removal();
    const spellings = [
      TOKEN.replaceAll('_', '%5F'),
      TOKEN.replaceAll('_', '&#95;'),
      btoa(TOKEN),
      btoa(`Bearer ${TOKEN}`),
      btoa(`u:${TOKEN}`),
      TOKEN.toUpperCase(),
      hex.join(''),
      `%${hex.join('%')}`,
      `${TOKEN.slice(0, 20)}<b>${TOKEN.slice(20)}</b>`,
      `${TOKEN.slice(0, 20)}\n${TOKEN.slice(20)}`,
    ];
    const pages = [
      new Response(`<p>${spellings.join(' | ')} end</p>`, { status: 502 }),
      says(400, { errcode: 'M_UNKNOWN', error: spellings.join(' | ') }),
    ];
    for (const page of pages) {
      instead = () => page;
      const { out } = await run(script(), TOKEN);
      expect(out).toContain('[access token]');
      const parts = ['dUmMyToKeN', 'FaTest', '0aB1', hex.slice(12, 20).join('')];
      for (const part of parts) expect(out.toLowerCase()).not.toContain(part.toLowerCase());
      expect(out).not.toContain(btoa(TOKEN).slice(12, 20));
    }
  });
});
