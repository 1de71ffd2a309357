import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FoundRoom } from '../../src/features/join-rooms/plan';
import { joinScript } from '../../src/features/join-rooms/script';
import { addRoom, addUser } from '../../src/mocks/build';
import { MockHomeserver } from '../../src/mocks/homeserver';
import { setMembership } from '../../src/mocks/rules/membership';
import type { Room } from '../../src/mocks/state';
import { serveModel, type ServedModel } from '../model-server.ts';
import { interpreter, LANGUAGES, runScript } from './scripts.ts';

/** The script of joins, really run: it calls a join its own only where a newer event shows it, as the job does. */

let model: MockHomeserver;
let room: Room;
let anna: string;
let served: ServedModel;
let folder: string;
/** What happens on the homeserver before it answers. */
let before: (request: Request) => void;

beforeAll(async () => {
  served = await serveModel({
    handle: (request) => {
      before(request);
      return model.handle(request);
    },
  });
  folder = await mkdtemp(join(tmpdir(), 'glia-joins-'));
});
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  model = new MockHomeserver();
  anna = addUser(model, 'anna').name;
  room = addRoom(model, { creator: model.adminId, members: [model.adminId], join_rules: 'public' });
  before = () => undefined;
});

const found = (): FoundRoom => ({
  ref: room.room_id,
  roomId: room.room_id,
  name: null,
  alias: null,
  via: [],
  known: true,
  blocked: false,
  joinRule: room.join_rules,
  isSpace: false,
  members: new Set(),
  banned: new Set(),
  bansLookedAt: true,
  adminIn: true,
  adminCanInvite: true,
  replaced: null,
});
const somebodyJoins = () => setMembership(model, room, anna, { membership: 'join', sender: anna });

describe.each(LANGUAGES)('%s', (language) => {
  /** @returns how the only join ended; null where this machine has no such interpreter */
  async function run(): Promise<string | null> {
    const command = await interpreter(language);
    if (command === null) return null;
    const file = join(folder, `script.${language}`);
    const owner = { baseUrl: served.url, userId: model.adminId };
    await writeFile(file, [...joinScript([{ kind: 'join', room: found(), userId: anna }], owner, language)].join(''));
    const ran = await runScript(command, file, model.adminToken, { env: { PYTHONDONTWRITEBYTECODE: '1' } });
    expect(model.crashes).toEqual([]);
    expect([room.members.get(anna)?.membership, ran.out]).toEqual(['join', expect.any(String)]);
    return ran.items[0] ?? ran.out;
  }

  it.each(['public', 'invite'])('joins a user to a room: %s', async (rule) => {
    room.join_rules = rule;
    const ended = await run();
    if (ended === null) return;
    expect(ended).toMatch(/^done/);
  });

  it('does not call a join its own that somebody else made just before', async () => {
    before = ({ url }) => /messages\?.*limit=0/.test(url) && somebodyJoins();
    const ended = await run();
    if (ended === null) return;
    expect(ended).toMatch(/^skipped .*by an earlier request of this script or by someone else\.$/);
    expect(model.log.count('POST', /\/v1\/join\//)).toBe(1);
  });

  it('nor one that is met by the request itself: “is already in the room”', async () => {
    room.join_rules = 'invite';
    before = ({ method }) => method === 'POST' && somebodyJoins();
    const ended = await run();
    if (ended === null) return;
    expect(ended).toMatch(/^skipped .*by someone else\.$/);
  });
});
