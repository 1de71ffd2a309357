import { describe, expect, it, vi } from 'vitest';
import { createJob } from '~/jobs/runner';
import { whenOver } from '~/jobs/phase';
import { addRoom, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { groundOf, lookAt, planned } from '~/testing/actions';
import { Hurry, lookOnly } from '~/testing/engine';
import { inWords } from '~/testing/in-words';
import { modelForEach, reaching } from '~/testing/model-for-each';
import { runToTheEnd, signInTo } from '~/testing/signed-in';
import { send } from '~/api/ask';
import { canUndo, type LookAt } from '~/actions/action';
import { afterMoreLooks } from '~/actions/more-looks';
import { changedBy, undoVerdict } from '~/actions/undo';
import { actionJob } from '~/actions/job';
import type { ActionItem } from '~/actions/plan';
import type { Json } from '~/jobs/job';
import { deactivate, reactivate } from './deactivate';
import { wordsOf } from '~/lib/words';

/** What some versions of Synapse do besides. */

const said = (action: typeof deactivate, version: string, erase: boolean) =>
  action
    .consequences({ erase }, false, { server: { serverName: 'a', version, mas: false }, isMyself: false })
    .map(wordsOf)
    .join('\n');

it.each([
  ['1.149.1', true, false],
  ['1.150.0', false, true],
  ['1.156.2', false, true],
  ['1.157.0', false, false],
])(
  'on Synapse %s: an erased account may rejoin rooms: %s; can’t sign in when it comes back: %s',
  (version, joins, broken) => {
    const erasing = said(deactivate, version, true);
    expect([erasing.includes('in rooms again'), erasing.includes('can’t sign in')]).toEqual([joins, broken]);
    expect(said(reactivate, version, false).includes('can’t sign in')).toBe(broken);
    // Nothing of it without erasing.
    expect(said(deactivate, version, false)).not.toMatch(/in rooms again|can’t sign in and/);
  },
);

it('never undoes a reactivation: an undo asks nothing, and a deactivation takes what does not come back', () => {
  expect([canUndo(deactivate), canUndo(reactivate)]).toEqual([true, false]);
});

const about = (many: boolean) =>
  deactivate
    .consequences({ erase: false }, many, {
      server: { serverName: 'a', version: '1.163.2', mas: false },
      isMyself: false,
    })
    .map(wordsOf)
    .join('\n');

it('says of several accounts what stays, and that nobody looked for rooms without an admin', () => {
  expect(about(true)).toMatch(/Files stay.*\nRooms may be left without an admin.*\nExternal IDs stay/);
  expect(about(false)).not.toMatch(/stay/);
});

describe('an undo', () => {
  it.each([
    ['1.98.0', false, 'cannot', /^This needs Synapse 1\.99 or newer/],
    ['1.99.0', false, 'will', /^$/],
    ['1.152.0', false, 'will', /^$/],
    ['1.152.0', true, 'cannot', /an account that was erased and reactivated can’t sign in.*use “Reactivate”/],
    ['1.157.0', true, 'will', /^$/],
  ])('on Synapse %s, erased: %s: %s, %s', async (version, erase, verdict, why) => {
    const model = new MockHomeserver({ version });
    vi.stubGlobal('fetch', reaching(model));
    signInTo(model);
    const { name } = addUser(model, 'anna');
    const [row] = await runToTheEnd(model, await planned(model, deactivate, [name], { erase }), () => undefined);
    const changed = row && changedBy(row);
    if (!changed) throw new Error('Nothing was changed.');
    const seen = await lookAt(model, deactivate, name);
    const look: LookAt = (one) => send(groundOf(model).homeserver(), one);
    const by = { seen, input: null, look, server: groundOf(model).server(), isUndo: true } as const;
    const found = await afterMoreLooks(deactivate, undoVerdict(deactivate, changed, seen, model.adminId), by);
    vi.unstubAllGlobals();
    expect([found.verdict, inWords(found.reason)]).toEqual([verdict, expect.stringMatching(why)]);
    const guarded = reactivate.guard?.(groundOf(model).server()) ?? null;
    expect(guarded !== null).toBe(version === '1.98.0');
  });
});

const reason = (words: string) => ({ status: 'done', reason: `Now deactivated. ${words}` });

describe('the row of a deactivated account says whether it has left its rooms', () => {
  let model: MockHomeserver;
  modelForEach((made) => (model = made));

  /** The clock of the homeserver runs while the job waits. */
  class Passing extends Hurry {
    override after(ms: number, callback: () => void): () => void {
      return super.after(ms, () => {
        model.advance(ms);
        callback();
      });
    }
  }

  async function deactivated(): Promise<unknown> {
    const { name } = addUser(model, 'anna');
    for (let count = 0; count < 3; count += 1) addRoom(model, { creator: model.adminId, members: [name] });
    const job = createJob(await planned(model, deactivate, [name], { erase: false }), new Passing());
    job.start();
    await whenOver(job);
    return inWords(job.row(0));
  }
  it('when it has, some seconds later', async () => {
    model.taskMs = 700;
    expect(await deactivated()).toMatchObject(reason('The account is not in any room.'));
    expect(model.log.count('GET', /joined_rooms/)).toBeGreaterThan(1);
  });

  it('when it is in some still', async () => {
    model.taskMs = 1_000_000;
    expect(await deactivated()).toMatchObject(
      reason(
        'The account is still in 3 rooms: Synapse removes it from them in the background. Check the user’s Rooms tab later.',
      ),
    );
  });

  it('and when that can’t be read, which is no failure of the deactivation', async () => {
    model.faults.next({ match: /joined_rooms/, answer: '403' });
    expect(await deactivated()).toMatchObject({
      status: 'done',
      reason: expect.stringMatching(/^Now deactivated\. Glia could not check .*M_FORBIDDEN/),
    });
  });

  it('also where the homeserver asks to slow down in between', async () => {
    model.faults.next({ match: /joined_rooms/, answer: '429' });
    expect(await deactivated()).toMatchObject(reason('The account is not in any room.'));
    expect(model.log.count('POST', /deactivate/)).toBe(1);
  });

  it('a page that is closed while the rooms are looked at loses nothing: what was answered stays done', async () => {
    const { name } = addUser(model, 'anna');
    addRoom(model, { creator: model.adminId, members: [name] });
    model.taskMs = 1_000_000;
    const spec = await planned(model, deactivate, [name], { erase: false });
    const job = createJob(spec, new Hurry());
    job.start();
    await whenOver(job);
    const kept = job.row(0).before;
    expect(kept).toMatchObject({ answered: true });
    // The next page knows nothing but what was kept.
    const later = actionJob(deactivate, { items: [...spec.items], input: { erase: false } }, groundOf(model));
    const found = (before: Json | undefined) =>
      later.verify?.(spec.items[0] as ActionItem, { ...lookOnly(), kept: before });
    expect(await found(kept)).toMatchObject({ status: 'done' });
    expect(await found({ ...(kept as Record<string, Json>), answered: false })).toMatchObject({ status: 'skipped' });
  });
});
