import { beforeEach, describe, expect, it } from 'vitest';
import { afterMoreLooks } from '~/actions/more-looks';
import { verdictOf } from '~/actions/plan';
import { send } from '~/api/ask';
import type { AnyAction, LookAt, Server } from '~/actions/action';
import type { Session } from '~/data/session';
import { wordsOf } from '~/lib/words';
import { addMedia } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import type { LocalMedia } from '~/mocks/state';
import { modelForEach } from '~/testing/model-for-each';
import { quarantine, unquarantine } from './quarantine';

let model: MockHomeserver;
let session: Session;
let server: Server;

modelForEach((made, as) => {
  model = made;
  session = as;
});
beforeEach(() => {
  server = { serverName: model.serverName, version: session.version, mas: false };
});

const lists = () => model.log.of('GET', /\/users\/.*\/media/);

async function planned(action: AnyAction, mediaId: string) {
  const look: LookAt = (one) => send(session.homeserver, one);
  const id = `mxc://${model.serverName}/${mediaId}`;
  const seen = await look(action.look(id, server));
  const by = { seen, input: null, look, server };
  return afterMoreLooks(action, verdictOf(action, id, seen, null, session.userId), by);
}

const add = (media_id: string, over: Partial<LocalMedia> = {}) =>
  addMedia(model, { media_id, user_id: model.adminId, sha256: 'same', ...over });

describe('the plan of a quarantine', () => {
  it('names the other files of the owner that change with it: not protected ones, not those of other content', async () => {
    add('one');
    add('two');
    add('safe', { safe_from_quarantine: true });
    add('hidden', { quarantined_by: model.adminId });
    add('other', { sha256: 'another' });
    const { reason } = await planned(quarantine, 'one');
    expect(wordsOf(reason)).toBe('1 other file of the owner has the same content and changes with it: two.');
  });

  it('names those that are released together', async () => {
    for (let index = 0; index < 8; index += 1)
      add(`m${index}`, { quarantined_by: model.adminId, created_ts: 8 - index });
    const { reason } = await planned(unquarantine, 'm0');
    expect(wordsOf(reason)).toBe(
      '7 other files of the owner have the same content and change with it: m1, m2, m3, m4, m5 and 2 more.',
    );
  });

  it('reads the list of an owner once, for however many files', async () => {
    for (const id of ['one', 'two', 'three']) add(id);
    for (const id of ['one', 'two', 'three']) await planned(quarantine, id);
    expect(lists()).toHaveLength(1);
  });

  it('says that it did not look through all where the owner has very many', async () => {
    add('one', { created_ts: 1 });
    for (let index = 0; index < 1000; index += 1) add(`m${index}`, { sha256: null });
    expect(wordsOf((await planned(quarantine, 'one')).reason)).toContain('The owner has 1,001 files');
    // Nor are those that were found called all there are.
    add('two');
    server = { ...server };
    const { reason } = await planned(quarantine, 'one');
    expect(wordsOf(reason)).toMatch(/changes with it: two\. The owner has 1,002 files/);
  });

  it('is made though the homeserver does not list the owner’s files', async () => {
    add('one', { user_id: '@gone:demo.example' });
    const found = await planned(quarantine, 'one');
    expect(found.verdict).toBe('will');
    expect(wordsOf(found.reason)).toContain('can’t be named');
  });
});
