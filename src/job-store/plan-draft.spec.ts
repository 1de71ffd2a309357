import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '~/jobs/job';
import { startScan } from './jobs';
import { PlanDraft, type Making } from './plan-draft';

interface Choice {
  date: string;
  whose: string;
}

let draft: PlanDraft<Choice, string>;
/** Requests that are in flight: each ends with an answer, or with its signal. */
let inFlight: { id: string; signal: AbortSignal; answer(): void }[];
let asked: string[];

beforeEach(() => {
  draft = new PlanDraft({ date: '2024-01-01', whose: 'everyone' });
  inFlight = [];
  asked = [];
});
afterEach(() => draft.drop());

/** Reads items one request each, as a wizard does. */
function scan(items: readonly string[]): Job {
  return startScan<string>({
    kind: 'scan',
    title: 'Read',
    owner: { baseUrl: 'https://hs.example', userId: '@admin:hs.example' },
    items,
    describe: (id) => ({ id, columns: {} }),
    run: (id, { signal }) =>
      new Promise((resolve, reject) => {
        asked.push(id);
        const answer = () => resolve({ status: 'done' });
        inFlight.push({ id, signal, answer });
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
    classify: (error) => ({ kind: 'unanswered', reason: String(error) }),
    repeatable: true,
    policy: { concurrency: 1 },
  });
}

/** Two stages, as the deletion of media has. */
function twoStages(making: Making<string>): void {
  making.read(scan(['list']), 'lists', () =>
    making.read(scan(['a', 'b', 'c']), 'files', () => making.finish('the plan')),
  );
}

const reading = (stage: string) => vi.waitFor(() => expect(draft.get().reading?.stage).toBe(stage));
const sent = (id: string) => vi.waitFor(() => expect(asked).toContain(id));
const answer = (id: string) => inFlight.find((one) => one.id === id)?.answer();

async function plan(): Promise<void> {
  draft.make((making) => making.finish('the plan'));
  await vi.waitFor(() => expect(draft.get().planned).toBe('the plan'));
}

describe('promise 2: a plan belongs to the choice that it was made from', () => {
  it('is dropped by any change of the choice, whichever part of it, and never comes back with the choice', async () => {
    for (const patch of [{ date: '2023-11-01' }, { whose: '@anna:hs.example' }]) {
      const before = draft.get().choice;
      await plan();
      draft.choose(patch);
      expect(draft.get()).toMatchObject({ planned: null, choice: { ...before, ...patch } });
      draft.choose(before);
      expect(draft.get().planned).toBeNull();
    }
  });

  it('stays where a field reports the value that it had', async () => {
    await plan();
    draft.choose({ date: '2024-01-01' });
    expect(draft.get().planned).toBe('the plan');
  });

  it('is not made of what was read for another choice', async () => {
    draft.make(twoStages);
    await sent('list');
    draft.choose({ date: '2023-11-01' });
    answer('list');
    await Promise.resolve();
    expect(draft.get()).toMatchObject({ isMaking: false, reading: null, planned: null });
  });

  it('is not brought back by a choice that it offered itself', async () => {
    await plan();
    draft.choose({ date: '2023-11-01' });
    draft.replan('the old plan with another box ticked');
    expect(draft.get().planned).toBeNull();
  });
});

describe('what goes wrong while a plan is made', () => {
  it.each<[string, (making: Making<string>) => void | Promise<void>]>([
    ['at the beginning', () => invalid()],
    ['in what the beginning waits for', () => Promise.reject(new RangeError('Too long'))],
    ['after what was read', (making) => making.read(scan(['list']), 'lists', () => invalid())],
  ])('ends it with its reason: %s', async (_, begin) => {
    draft.make(begin);
    if (asked.length > 0 || draft.get().reading !== null) {
      await sent('list');
      answer('list');
    }
    await vi.waitFor(() => expect(draft.get()).toMatchObject({ isMaking: false, reading: null, problem: 'Too long' }));
  });
});

function invalid(): never {
  throw new RangeError('Too long');
}

describe('cancelling what is read for a plan', () => {
  it('aborts what is in flight, sends nothing more, begins no second stage and makes no plan', async () => {
    draft.make(twoStages);
    await sent('list');
    const job = draft.get().reading?.job;
    draft.drop();
    // The very last answer of the first stage, at the moment of the cancel.
    answer('list');
    await job?.settled();
    expect(inFlight[0]?.signal.aborted).toBe(true);
    expect(asked).toEqual(['list']);
    expect(draft.get()).toMatchObject({ isMaking: false, reading: null, planned: null, problem: null });
  });

  it('ends the second stage as well as the first', async () => {
    draft.make(twoStages);
    await sent('list');
    answer('list');
    await reading('files');
    await sent('a');
    const job = draft.get().reading?.job;
    draft.drop();
    const { state } = (await job?.settled()) ?? {};
    expect(state?.phase).toBe('stopped');
    expect(asked).toEqual(['list', 'a']);
  });

  it('never lets a cancelled plan take the place of a later one', async () => {
    let late: Making<string> | undefined;
    draft.make((making) => {
      late = making;
    });
    draft.drop();
    await plan();
    late?.finish('the cancelled plan');
    late?.fail('the cancelled problem');
    late?.read(scan(['x']), 'late', () => late?.finish('the cancelled plan'));
    expect(draft.get()).toMatchObject({ planned: 'the plan', reading: null, problem: null });
    await Promise.resolve();
    expect(asked).toEqual([]);
  });

  it('also ends a making that has not begun to read', () => {
    const signals: AbortSignal[] = [];
    draft.make(({ signal }) => void signals.push(signal));
    draft.make(({ signal }) => void signals.push(signal));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect(draft.get().isMaking).toBe(true);
  });
});
