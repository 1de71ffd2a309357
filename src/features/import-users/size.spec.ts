import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { accountsJob, unpackItem, type AccountItem } from '~/actions/account-job';
import { classifyHomeserverError, homeserverFor } from '~/job-store/jobs';
import { pageEnvironment, type Environment } from '~/jobs/environment';
import { whenOver } from '~/jobs/phase';
import { reportFile } from '~/jobs/report';
import { createJob } from '~/jobs/runner';
import type { Json } from '~/jobs/job';
import { readTable } from '~/lib/table-csv';
import { guessMapping } from '~/lib/user-columns';
import { accountsIn } from '~/lib/user-table';
import { asKept, Notebook } from '~/testing/engine';
import { BASE, leavePage, planMade, signInTo } from '~/testing/signed-in';
import { beginImport, type Planned } from './scan';

/** A file of 100,000 lines against a homeserver that does no more than keep users: what is counted is Glia's own work. */

/** No timer takes its time: a request is answered at once. */
const QUICK: Environment = {
  ...pageEnvironment,
  after(_ms, callback) {
    const timer = setImmediate(callback);
    return () => clearImmediate(timer);
  },
  yieldToPage: () => new Promise((resolve) => setImmediate(resolve)),
};

const COUNT = 100_000;
const SERVER = 'example.org';
const ADMIN = `@admin:${SERVER}`;

interface Row {
  name: string;
  displayname: string;
  creation_ts: number;
}

/** Every second line of the file is a user already. */
const users = new Map<string, Row>();
const name = (index: number) => `@u${String(index).padStart(6, '0')}:${SERVER}`;
const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const whole = (row: Row) => ({
  ...row,
  admin: false,
  locked: false,
  deactivated: false,
  threepids: [],
  external_ids: [],
});
let puts = 0;
/** Requests that are refused from here on. */
let refuses: (id: string) => boolean = () => false;

function homeserver(url: string, init: RequestInit): Promise<Response> {
  const { pathname, searchParams } = new URL(url);
  if (pathname.endsWith('/v3/users')) {
    const from = Number(searchParams.get('from'));
    const all = [...users.values()];
    const page = all
      .slice(from, from + 1000)
      .map(({ name, displayname, creation_ts }) => ({ name, displayname, creation_ts: creation_ts * 1000 }));
    return Promise.resolve(answer(200, { users: page, total: all.length }));
  }
  if (!pathname.includes('/v2/users/')) return Promise.resolve(answer(200, {}));
  const id = decodeURIComponent(pathname.split('/').at(-1) ?? '');
  const known = users.get(id);
  if (init.method === 'PUT') {
    puts += 1;
    if (refuses(id)) return Promise.resolve(answer(400, { errcode: 'M_UNKNOWN', error: 'No' }));
    const { displayname } = JSON.parse(init.body as string) as { displayname: string };
    const row = { ...(known ?? { name: id, creation_ts: 7 }), displayname };
    users.set(id, row);
    return Promise.resolve(answer(known ? 200 : 201, whole(row)));
  }
  return Promise.resolve(known ? answer(200, whole(known)) : answer(404, { errcode: 'M_NOT_FOUND', error: 'None' }));
}

beforeEach(() => {
  users.clear();
  for (let index = 0; index < COUNT; index += 2) {
    users.set(name(index), { name: name(index), displayname: 'old', creation_ts: 5 });
  }
  vi.stubGlobal('fetch', homeserver);
});
afterEach(() => {
  leavePage();
  vi.unstubAllGlobals();
});

async function plannedItems(): Promise<{ items: readonly AccountItem[]; turns: number }> {
  const admin = {
    adminToken: 'syt_YWRtaW4_abcdefghij',
    adminId: ADMIN,
    serverName: SERVER,
    version: '1.163.2',
    mas: false,
  };
  const session = signInTo(admin);
  const file = Array.from({ length: COUNT }, (_, index) => `${name(index)},Name ${index}\n`);
  const table = await readTable(`user_id,displayname\n${file.join('')}`, { spanLines: 10 });
  const work = accountsIn(table, guessMapping(table).mapping, SERVER, false);
  for (let turns = 0; ; turns += 1) {
    const step = work.next();
    if (!step.done) continue;
    const accounts = step.value;
    expect(accounts.rows).toHaveLength(COUNT);
    const plan = await planMade<Planned>((making) =>
      beginImport(session, accounts, { mode: 'both', passwords: 'none', weak: false, unused: [] }, making),
    );
    return { items: plan.rows.flatMap(({ item }) => item ?? []), turns };
  }
}

function specOf(items: readonly AccountItem[]) {
  const owner = { baseUrl: BASE, userId: ADMIN };
  const ground = {
    owner,
    server: () => ({ serverName: SERVER, version: '1.163.2', mas: false }),
    homeserver: () => homeserverFor(owner),
    classify: classifyHomeserverError,
  };
  return accountsJob({ kind: 'import-users', items }, ground, null);
}

it('plans 100,000 lines, and the page has its turn all along', async () => {
  const { items, turns } = await plannedItems();
  expect(turns).toBeGreaterThanOrEqual(COUNT / 50);
  expect(items.filter(({ op }) => op === 'create')).toHaveLength(COUNT / 2);
  expect(items.filter(({ op }) => op === 'update')).toHaveLength(COUNT / 2);
  expect(puts).toBe(0);
  // A line takes no more on disk than it has to.
  expect(JSON.stringify(asKept(specOf(items)).items).length / COUNT).toBeLessThan(130);
}, 180_000);

it('runs all of them, is interrupted, resumes, reports and retries: nothing that was done is sent again', async () => {
  const { items } = await plannedItems();
  puts = 0;
  const first = specOf(items);
  const kept = asKept(first);

  // The page goes away in the middle: what is in flight gets no answer that anybody reads.
  const journal = new Notebook();
  const begun = createJob(first, QUICK, { journal });
  begun.start();
  await new Promise<void>((resolve) => {
    const unsubscribe = begun.subscribe(() => {
      if (begun.getSnapshot().counts.done < COUNT / 4) return;
      unsubscribe();
      begun.pause();
      resolve();
    });
  });
  await vi.waitUntil(() => begun.getSnapshot().state.phase === 'paused', { timeout: 300_000 });
  const doneBefore = begun.getSnapshot().counts.done;
  const sentBefore = puts;
  expect(doneBefore).toBeLessThan(COUNT);

  const back = kept.items.map((item: Json) => unpackItem(item, SERVER));
  const resumed = createJob(specOf(back), QUICK, {
    journal,
    restored: journal.restored(begun),
  });
  expect(resumed.getSnapshot().counts.done).toBe(doneBefore);
  refuses = (id) => id === name(COUNT - 1);
  resumed.resume();
  await whenOver(resumed);
  expect(resumed.getSnapshot().counts).toMatchObject({ done: COUNT - 1, failed: 1 });
  // Nothing that was done was sent again.
  expect(puts - sentBefore).toBe(COUNT - doneBefore);

  refuses = () => false;
  resumed.retryFailed();
  await whenOver(resumed);
  expect(resumed.getSnapshot().counts.done).toBe(COUNT);
  const report = await (await reportFile(resumed, 'csv')).text();
  expect(report.match(/Created as planned\./g)).toHaveLength(COUNT / 2);
  expect(report.match(/Changed as planned\./g)).toHaveLength(COUNT / 2);
}, 580_000);
