import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signOut } from '~/data/session';
import type { Job, LedgerRow } from '~/jobs/job';
import { whenOver } from '~/jobs/phase';
import { reportFile } from '~/jobs/report';
import { createJob } from '~/jobs/runner';
import { addMedia, addUser } from '~/mocks/build';
import { CALM, fetchThrough, needlessRepeats, schedule, type Schedule } from '~/mocks/fault-schedule';
import type { Fault } from '~/mocks/faults';
import { MockHomeserver } from '~/mocks/homeserver';
import { groundOf } from '~/testing/actions';
import { asKept, Hurry, Notebook, seeItThrough } from '~/testing/engine';
import { inWords } from '~/testing/in-words';
import { reaching } from '~/testing/model-for-each';
import { runToTheEnd, signInTo } from '~/testing/signed-in';
import { addWriting } from '~/testing/worlds/access';
import { revivePlaybook } from './playbooks';
import { playbookJob } from './playbook-job';
import { asPart, endPart, Progress, stepsOf, type Part } from './playbook-parts';
import { changedByStep, stepsToUndo } from './playbook-undo';
import { chosenSteps } from './playbook/chosen';
import { actOnReport, REPORT_STEPS } from './playbook/report';
import { spamWave, type SpamInput } from './playbook/spam-wave';

/** Several actions as one plan: what is promised of each action holds of it as a step. */

const INPUT: SpamInput = { lock: true, redact: true, reason: 'Spam', media: 'delete', deactivate: true, erase: false };

interface Wave {
  readonly model: MockHomeserver;
  readonly ids: readonly string[];
}

function wave(count = 2): Wave {
  const model = new MockHomeserver();
  vi.stubGlobal('fetch', reaching(model));
  signInTo(model);
  model.taskMs = 0;
  const ids = Array.from({ length: count }, (_, index) => {
    const { name } = addUser(model, `spam${index}`);
    addWriting(model, name, index % 2 === 0 ? '10' : '12');
    addMedia(model, { user_id: name });
    addMedia(model, { user_id: name });
    return name;
  });
  return { model, ids };
}

const specOf = ({ model, ids }: Wave, input: SpamInput = INPUT) =>
  playbookJob(spamWave, { targets: ids.map((id) => ({ id })), input }, groundOf(model));

/** What is left of an account. */
function leftOf({ model }: Wave, id: string): string[] {
  const user = model.state.users.get(id);
  const rooms = [...model.state.rooms.values()];
  const written = rooms
    .flatMap(({ events }) => events)
    .filter(({ sender, content }) => sender === id && 'body' in content);
  return [
    ...(user?.deactivated ? [] : ['account']),
    ...(written.length > 0 ? ['messages'] : []),
    ...([...model.state.media.values()].some(({ user_id }) => user_id === id) ? ['files'] : []),
    ...(rooms.some(({ members }) => members.get(id)?.membership === 'join') ? ['rooms'] : []),
  ];
}

const run = (one: Wave, drawn: Schedule, spec = specOf(one)) =>
  runToTheEnd(one.model, spec, (events) => vi.stubGlobal('fetch', fetchThrough(one.model, drawn, events)));

const stepsIn = (row: LedgerRow) => stepsOf(row).map(({ key, end }) => `${key} ${end?.status ?? 'open'}`);

afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
});

describe('a playbook', () => {
  it('carries out its steps in order, and tells of each', async () => {
    const one = wave(1);
    const [row] = await run(one, CALM);
    expect(row?.status).toBe('done');
    expect(row && stepsIn(row)).toEqual([
      'lock done',
      'rooms done',
      'redact done',
      'media done',
      'deactivate done',
      'check done',
    ]);
    expect(inWords(row?.reason ?? '')).toMatch(/^Lock: Now locked\. Note rooms: .*Delete files: 2 changed\..*Check: /);
    expect(leftOf(one, one.ids[0] ?? '')).toEqual([]);
  });

  it('says in its report step by step what it did, in English', async () => {
    const one = wave(1);
    const job = createJob(specOf(one), new Hurry());
    job.start();
    await whenOver(job);
    const report = JSON.parse(await (await reportFile(job, 'json')).text()) as { items: { steps: unknown[] }[] };
    expect(report.items[0]?.steps).toContainEqual([
      'end',
      'lock',
      one.ids[0],
      'done',
      'Now locked.',
      false,
      expect.any(Number),
    ]);
    expect(await (await reportFile(job, 'csv')).text()).toContain('Now locked.');
  });

  it('names in its report each message that the homeserver could not redact', async () => {
    const one = wave(1);
    one.model.state.config.redaction_allowed_period = 1;
    const [row] = await run(one, CALM);
    expect(row?.status).toBe('failed');
    const events = [...one.model.state.rooms.values()].flatMap((room) => room.events);
    const written = events.filter(({ content }) => 'body' in content).map(({ event_id }) => event_id);
    const redaction = stepsOf(row as LedgerRow)
      .find(({ key }) => key === 'redact')
      ?.changes.get(one.ids[0] ?? '');
    const failed = Object.fromEntries(written.map((id) => [id, expect.stringContaining('older than')]));
    expect(redaction?.kept).toMatchObject({ details: { failed_redactions: failed } });
  });

  it('keeps what was there before each change', async () => {
    const one = wave(1);
    const [row] = await run(one, CALM);
    const kept = stepsOf(row as LedgerRow).flatMap(({ changes }) => [...changes.values()].map((change) => change.kept));
    expect(kept).toMatchObject([
      { before: { locked: false } },
      { goal: { rooms: [expect.any(String)] } },
      { before: { exists: true } },
      { before: { exists: true } },
      { before: { deactivated: false } },
    ]);
  });

  it('names each step of what is done about a report, as its job page shows them', () => {
    const named = Object.entries(actOnReport.labels ?? {}).map(([key, label]) => [key, inWords(label)]);
    expect(named).toContainEqual(['lock', 'Lock the user']);
    expect(named.map(([key]) => key)).toEqual(REPORT_STEPS);
  });

  it('can undo each step whose own action can be undone, with what that step changed', async () => {
    const one = wave(1);
    const [row] = await run(one, CALM);
    const [id] = one.ids;
    const steps = stepsToUndo(spamWave, INPUT);
    expect(steps.map(({ key, action }) => [key, action.kind])).toEqual([
      ['lock', 'user.lock'],
      ['deactivate', 'user.deactivate'],
    ]);
    const undone = steps.flatMap(({ key }) => changedByStep(row as LedgerRow, key));
    expect(undone).toMatchObject([
      { id, before: { locked: false }, after: { locked: true }, doubtful: false },
      { id, before: { deactivated: false }, after: { deactivated: true }, doubtful: false },
    ]);
    // What was deleted or redacted is no change that comes back.
    expect(steps.map(({ key }) => key)).not.toContain('redact');
  });

  it('changes nothing when it runs again on the same accounts', async () => {
    const one = wave();
    await run(one, CALM);
    const rows = await run(one, CALM);
    expect(rows.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    expect(one.model.log.writes()).toEqual([]);
  });

  it('stops an item at a step that fails, and others run on; a retry carries out the rest', async () => {
    const one = wave();
    const [first = '', second = ''] = one.ids;
    one.model.faults.next({ match: /\/redact$/, answer: '413' });
    const job = createJob(specOf(one), new Hurry());
    job.start();
    await seeItThrough(job, () => undefined);
    const [failed, done] = [job.row(0), job.row(1)];
    expect([failed.status, done.status]).toEqual(['failed', 'done']);
    expect(inWords(failed.reason)).toMatch(/^Redact messages: /);
    expect(stepsIn(failed)).toEqual(['lock done', 'rooms done', 'redact failed']);
    expect([leftOf(one, first), leftOf(one, second)]).toEqual([['account', 'messages', 'files', 'rooms'], []]);
    one.model.log.clear();
    job.retryFailed();
    await seeItThrough(job, () => undefined);
    expect(job.row(0).status).toBe('done');
    expect(leftOf(one, first)).toEqual([]);
    // What was done is not repeated.
    expect(one.model.log.count('PUT', /users/)).toBe(0);
  });

  it('is at rest after the step in flight where it is paused, and says so where it is stopped there', async () => {
    const one = wave(1);
    const job = createJob(specOf(one), new Hurry());
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (init.method === 'PUT') job.pause();
      return one.model.handle(new Request(url, init));
    });
    job.start();
    await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('paused'));
    expect(stepsIn(job.row(0))).toEqual(['lock done']);
    expect(job.row(0).status).toBe('waiting');
    job.stop();
    await whenOver(job);
    expect(inWords([job.row(0).status, job.row(0).reason])).toEqual([
      'failed',
      expect.stringMatching(/^The job was stopped before all steps/),
    ]);
    job.retryFailed();
    await whenOver(job);
    expect(job.row(0).status).toBe('done');
  });
});

const ANSWERS: readonly Fault['answer'][] = [
  'reset-before',
  'reset-after',
  '504-after',
  '500',
  '429',
  '401',
  '404-html',
  'portal',
];
/** By the writes of the calm run. */
const STEPS: readonly [string, RegExp][] = [
  ['the lock', /^PUT .*\/users\//],
  ['the redaction', /^POST .*\/redact$/],
  ['the deletion of files', /^DELETE .*\/media\//],
  ['the deactivation', /^POST .*\/deactivate\//],
];

describe.each(STEPS)('at %s', (_, match) => {
  it.each(ANSWERS)('%s leads to the same end, and nothing is repeated that was answered', async (answer) => {
    const one = wave();
    one.model.faults.next({ match, answer });
    const rows = await run(one, CALM);
    expect(one.model.log.entries.filter(({ fault }) => fault === answer)).toHaveLength(1);
    expect(rows.map(({ status }) => status)).not.toContain('unknown');
    expect(rows.flatMap(({ id, status }) => (status === 'failed' ? [] : leftOf(one, id)))).toEqual([]);
    expect(rows.map(({ status }) => status)).not.toContain('failed');
    expect(needlessRepeats(one.model)).toEqual([]);
  });
});

/** The homeserver, or the page, is gone after so many requests. @returns whether the job was over by then */
async function cutAt(one: Wave, requests: number, isAnswered: boolean): Promise<[Job, Notebook, boolean]> {
  const notebook = new Notebook();
  const job = createJob(specOf(one), new Hurry(), { journal: notebook });
  let sent = 0;
  const gone = new Promise<void>((resolve) => {
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      sent += 1;
      if (sent < requests) return one.model.handle(new Request(url, init));
      if (sent === requests && isAnswered) await one.model.handle(new Request(url, init));
      resolve();
      return new Promise<never>(() => undefined);
    });
  });
  job.start();
  const isOver = await Promise.race([gone.then(() => false), whenOver(job).then(() => true)]);
  return [job, notebook, isOver];
}

describe('a page that is closed', () => {
  it.each([true, false])(
    'at any request leads to the same end when it is resumed (carried out: %s)',
    async (isAnswered) => {
      let cuts = 0;
      for (let requests = 1; ; requests += 1) {
        const one = wave(1);
        const [job, notebook, isOver] = await cutAt(one, requests, isAnswered);
        if (isOver) break;
        cuts += 1;
        const restored = notebook.restored(job);
        vi.stubGlobal('fetch', reaching(one.model));
        const spec = revivePlaybook('playbook.spam-wave', asKept(specOf(one)), groundOf(one.model));
        const next = createJob(spec, new Hurry(), { restored });
        await seeItThrough(next, () => void signInTo(one.model));
        const row = next.row(0);
        expect([requests, row.status, inWords(row.reason)]).toEqual([requests, 'done', expect.anything()]);
        expect(leftOf(one, row.id)).toEqual([]);
        expect(needlessRepeats(one.model)).toEqual([]);
        signOut();
      }
      // Each request of the calm run was the last one once.
      expect(cuts).toBeGreaterThan(20);
    },
  );
});

it('promise 4: whatever requests meet, in whatever order, no item is done of which something is left', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (drawn) => {
      const one = wave();
      const rows = await run(one, drawn);
      const lies = rows.filter(({ id, status }) => status !== 'failed' && leftOf(one, id).length > 0);
      expect(lies).toEqual([]);
      expect(needlessRepeats(one.model)).toEqual([]);
    }),
    { numRuns: 30 },
  );
}, 60_000);

describe('chosen steps', () => {
  let one: Wave;
  beforeEach(() => {
    one = wave(1);
  });

  it('are carried out on what each item is about', async () => {
    const { model, ids } = one;
    const [sender = ''] = ids;
    const files = [...model.state.media.values()].map(({ media_id }) => `mxc://${model.serverName}/${media_id}`);
    const input = {
      steps: [
        { action: 'user.lock', input: null, of: 'sender' },
        { action: 'media.quarantine', input: null, of: 'files' },
      ],
    };
    const targets = [{ id: '7', label: 'Report 7', note: { sender: [sender], files } }];
    const rows = await run(one, CALM, playbookJob(chosenSteps, { targets, input }, groundOf(model)));
    expect(rows.map(({ status }) => status)).toEqual(['done']);
    expect(model.state.users.get(sender)?.locked).toBe(true);
    expect([...model.state.media.values()].every(({ quarantined_by }) => quarantined_by !== null)).toBe(true);
  });

  it('are left out where they were brought about already', async () => {
    const { model, ids } = one;
    const input = { steps: [{ action: 'user.lock', input: null, of: 'sender' }] };
    const targets = ['7', '8'].map((id) => ({ id, note: { sender: ids } }));
    const rows = await run(one, CALM, playbookJob(chosenSteps, { targets, input }, groundOf(model)));
    expect(rows.map(({ status }) => status)).toEqual(['done', 'skipped']);
  });
});

it('sends one request for each change', async () => {
  const one = wave(1);
  await run(one, CALM);
  expect(one.model.log.writes().map(({ method }) => method)).toEqual(['PUT', 'POST', 'DELETE', 'DELETE', 'POST']);
});

it('takes as long for each of many files as for each of few', () => {
  const key = 'media';
  const parts: Part[] = [['targets', key, []]];
  for (let index = 0; index < 50_000; index += 1) {
    const id = `mxc://a/${index}`;
    parts.push(['plan', key, id, {}], ['kept', key, id, {}], endPart(key, id, { status: 'done', reason: '' }, false));
  }
  const progress = new Progress(parts.map(asPart));
  const began = performance.now();
  for (let index = 0; index < 50_000; index += 1) progress.step(key).changes.get(`mxc://a/${index}`);
  expect(performance.now() - began).toBeLessThan(1000);
  expect(progress.step(key).open).toBeNull();
});
