import { describe, expect, it, vi } from 'vitest';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import type { UsersQuery } from '~/api/users';
import type { Session } from './session';
import { UsersReader, type CreatedIn } from './users-reader';

const LIST = /v3\/users$/;
const DAY = 86_400_000;

let model: MockHomeserver;
let session: Session;
modelForEach((fresh, signedIn) => {
  [model, session] = [fresh, signedIn];
});

/** `@u0001` … , one a day; the admin is older than all of them. */
function crowd(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) =>
      addUser(model, { localpart: `u${String(index).padStart(4, '0')}`, creation_ts: 1_600_000_000 + index * 86_400 })
        .name,
  );
}
function deactivate(ids: readonly string[]): void {
  for (const id of ids) {
    const user = model.state.users.get(id);
    if (user) user.deactivated = true;
  }
}
const madeAt = (index: number): number => 1_600_000_000_000 + index * DAY;

function reading(query: UsersQuery = {}, created: CreatedIn | null = null) {
  const found: string[] = [];
  const waits: number[] = [];
  const reader = new UsersReader(
    query,
    created,
    (users) => found.push(...users.map(({ name }) => name)),
    (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  );
  const run = (onProgress: () => void = () => undefined) =>
    reader.run(session.homeserver, new AbortController().signal, onProgress);
  return { found, waits, run };
}

async function found(query: UsersQuery): Promise<string[]> {
  const all = reading(query);
  await all.run();
  return all.found;
}

describe('reading all users that match', () => {
  it('has each of them once, with one request for 1,000', async () => {
    const ids = crowd(2500);
    const { found, run } = reading();
    expect(await run()).toMatchObject({ total: 2501, missing: 0, odd: 0, requests: 3 });
    expect(found).toHaveLength(2501);
    expect(new Set(found)).toEqual(new Set([...ids, model.adminId]));
    expect(model.log.count('GET', LIST)).toBe(3);
  });

  it('leaves nobody out though the list becomes shorter while it is read', async () => {
    const ids = crowd(2500);
    const { found, run } = reading({ deactivated: false });
    let pages = 0;
    const read = await run(() => {
      pages += 1;
      // Of those that were read: all that follow move up, past the end of the page.
      if (pages === 1) deactivate(ids.slice(-300));
    });
    expect(read.missing).toBe(0);
    expect(new Set(found)).toEqual(new Set([...ids, model.adminId]));
  });

  it('has nobody twice though new accounts push the list down', async () => {
    const ids = crowd(1500);
    const { found, run } = reading();
    await run(() => {
      addUser(model, { localpart: `new${model.state.users.size}`, creation_ts: 2_000_000_000 });
    });
    expect(found.filter((id) => ids.includes(id))).toHaveLength(1500);
    expect(new Set(found).size).toBe(found.length);
  });

  it('says how many are missing where the list can’t be followed', async () => {
    const ids = crowd(3500);
    const { run } = reading({ deactivated: false });
    const read = await run(() => {
      deactivate(ids);
    });
    expect(read.missing).toBeGreaterThan(2000);
  });

  it('takes wildcards in a search for what they are, and a backslash too', async () => {
    for (const localpart of ['john_doe', 'johnxdoe', 'a%b']) addUser(model, localpart);
    addUser(model, { localpart: 'slash', displayname: 'a\\b' });
    expect(await found({ name: 'john_doe' })).toEqual(['@john_doe:demo.example']);
    expect(await found({ name: '%' })).toEqual(['@a%b:demo.example']);
    expect(await found({ name: 'a\\b' })).toEqual(['@slash:demo.example']);
  });

  it('waits as long as the homeserver asks, repeats what got no answer, and resumes where it failed', async () => {
    crowd(2500);
    const { found, waits, run } = reading();
    model.faults.next({ match: /v3\/users/, answer: '429', retryAfterMs: 7000 });
    model.faults.next({ match: /v3\/users/, answer: 'reset-before' });
    let isDone = false;
    const failing = run(() => {
      if (isDone) return;
      isDone = true;
      for (let times = 0; times < 3; times += 1) model.faults.next({ match: /v3\/users/, answer: '502-html' });
    });
    await expect(failing).rejects.toThrow('502');
    expect(waits.slice(0, 2)).toEqual([7000, 1000]);
    expect(found).toHaveLength(1000);
    expect(await run()).toMatchObject({ missing: 0, total: 2501 });
    expect(new Set(found).size).toBe(2501);
    expect(found).toHaveLength(2501);
  });
});

describe('accounts made in a span of time', () => {
  it('are read alone: their place in the list is found with a few small requests', async () => {
    const ids = crowd(5000);
    const { found, run } = reading({}, { from: madeAt(1000), before: madeAt(1500) });
    await run();
    expect(found.toSorted()).toEqual(ids.slice(1000, 1500));
    expect(model.log.count('GET', LIST)).toBeLessThan(20);
  });

  it('are all read though the list becomes so short that the next page is empty', async () => {
    const ids = crowd(1200);
    const { found, run } = reading({ deactivated: false }, { from: madeAt(0) });
    let isFirst = true;
    const read = await run(() => {
      if (isFirst) deactivate(ids.slice(-300));
      isFirst = false;
    });
    expect(found).toEqual(expect.arrayContaining(ids));
    expect(read.missing).toBe(0);
  });

  it('the newest are in the first page, with one request', async () => {
    const ids = crowd(5000);
    const { found, run } = reading({}, { from: madeAt(4990) });
    await run();
    expect(found.toSorted()).toEqual(ids.slice(4990));
    expect(model.log.count('GET', LIST)).toBe(1);
  });

  it.each(['first', 'last'] as const)('are found where accounts without a date come %s', async (where) => {
    const dated = Array.from({ length: 50 }, (_, index) => ({ name: `@u${50 - index}:x`, creation_ts: 50 - index }));
    const undated = [
      { name: '@odd1:x', creation_ts: null },
      { name: '@odd2:x', creation_ts: null },
    ];
    const list = where === 'first' ? [...undated, ...dated] : [...dated, ...undated];
    vi.stubGlobal('fetch', (url: string) => {
      const { searchParams } = new URL(url);
      const [from, limit] = [Number(searchParams.get('from')), Number(searchParams.get('limit'))];
      const users = list.slice(from, from + limit);
      return Promise.resolve(Response.json({ users, total: list.length }));
    });
    const { found, run } = reading({}, { from: 3, before: 6 });
    await run();
    expect(found).toEqual(['@u5:x', '@u4:x', '@u3:x']);
    const none = reading({}, { before: 1 });
    await none.run();
    expect(none.found).toEqual([]);
  });
});
