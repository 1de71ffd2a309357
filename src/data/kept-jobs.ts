import { pageEnvironment } from '~/jobs/environment';
import type { Job, JobSnapshot, JobSpec } from '~/jobs/job';
import { createMirror, type Mirror } from '~/jobs/mirror';
import { isOver } from '~/jobs/phase';
import { jobs } from '~/jobs/registry';
import { restingSnapshot, restingState } from '~/jobs/restored';
import { createJob } from '~/jobs/runner';
import { createStore } from '~/lib/store';
import { hearTabs, tellTabs } from './job-channel';
import { reviverOf } from './job-kinds';
import {
  countKept,
  deleteKept,
  listKept,
  readEntries,
  readJob,
  readKept,
  storageReason,
  type KeptJob,
  type ReadBack,
} from './journal-db';
import { KeptJournal } from './kept-journal';
import { heldJobs, holdRunner, isRunner, releaseRunner, whenReleased } from './runner-lock';

/**
 * The jobs on this browser's disk: those that ran before this page was opened, and those that other tabs run. One tab runs a
 * job; the others show it by its journal, and hand what they are asked to that tab. When it is gone, any of them may take over.
 */
interface KeptState {
  /** Whether the disk was read by now. */
  isRead: boolean;
  /** Why it could not be. */
  problem: string | null;
  jobs: ReadonlyMap<string, KeptJob>;
  /** Jobs that another tab holds. */
  elsewhere: ReadonlySet<string>;
}

const store = createStore<KeptState>({ isRead: false, problem: null, jobs: new Map(), elsewhere: new Set() });

export const keptJobs = { get: store.get, subscribe: store.subscribe };

/** As a list shows it: what no page runs any more is at rest. */
export function keptSnapshot({ snapshot }: KeptJob, elsewhere: ReadonlySet<string>): JobSnapshot {
  return elsewhere.has(snapshot.id) ? { ...snapshot, elsewhere: true } : restingSnapshot(snapshot);
}

let reading: Promise<void> | null = null;

/** Reads the disk, once. Never rejects: what went wrong is in `problem`. */
export function readKeptJobs(): Promise<void> {
  reading ??= read();
  return reading;
}

async function read(): Promise<void> {
  try {
    const [list, held] = await Promise.all([listKept(), heldJobs()]);
    const known = new Map<string, KeptJob>();
    for (const kept of list) {
      const isHeld = held.has(kept.id);
      if (isHeld && !isRunner(kept.id)) noteElsewhere(kept.id);
      known.set(kept.id, isHeld ? kept : await asLeft(kept));
    }
    // What was noted meanwhile is newer.
    for (const [id, kept] of store.get().jobs) known.set(id, kept);
    store.set({ ...store.get(), isRead: true, jobs: known });
  } catch (error) {
    store.set({ ...store.get(), isRead: true, problem: storageReason(error) });
  }
}

/** What was marked as about to be sent when its page went away is unknown, and only the log tells how much that is. */
async function asLeft(kept: KeptJob): Promise<KeptJob> {
  const { snapshot } = kept;
  if (restingState(snapshot.state) === snapshot.state) return kept;
  return { ...kept, snapshot: { ...snapshot, counts: await countKept(kept.id, snapshot.total) } };
}

function noteKept(kept: KeptJob): void {
  store.set({ ...store.get(), jobs: new Map(store.get().jobs).set(kept.id, kept) });
}

function noteElsewhere(id: string): void {
  const { elsewhere } = store.get();
  if (elsewhere.has(id)) return;
  store.set({ ...store.get(), elsewhere: new Set(elsewhere).add(id) });
  whenReleased(id, () => void freed(id));
}

/** The tab that ran it is gone. */
async function freed(id: string): Promise<void> {
  const left = new Set(store.get().elsewhere);
  left.delete(id);
  store.set({ ...store.get(), elsewhere: left });
  const kept = await readJob(id);
  if (kept) await catchUp(await asLeft(kept));
}

/** Between two words to other tabs, ms: a quick job writes hundreds of batches a second. */
const TELL_EVERY_MS = 500;

/** Those that are written here. */
const journals = new Map<string, { close(): void }>();

/** A journal for a job that begins here. */
export function beginJournal<Item>(id: string, spec: JobSpec<Item>): KeptJournal<Item> {
  const journal = new KeptJournal(id, spec, null, teller());
  journals.set(id, journal);
  return journal;
}

/** Says what was written, at once where the state changed. */
function teller(): (kept: KeptJob) => void {
  let phase = '';
  let toldAt = Number.NEGATIVE_INFINITY;
  let latest: KeptJob;
  let isWaiting = false;
  const tell = () => {
    isWaiting = false;
    toldAt = performance.now();
    // Deleted meanwhile.
    if (!journals.has(latest.id)) return;
    noteKept(latest);
    tellTabs({ type: 'wrote', id: latest.id });
  };
  return (kept) => {
    latest = kept;
    const left = toldAt + TELL_EVERY_MS - performance.now();
    if (kept.snapshot.state.phase !== phase || left <= 0) {
      phase = kept.snapshot.state.phase;
      tell();
    } else if (!isWaiting) {
      isWaiting = true;
      pageEnvironment.after(left, tell);
    }
  };
}

const opening = new Map<string, Promise<Job>>();

/**
 * The whole job, from disk: to go on with where no other tab has it, else as that tab runs it. The same promise until it is
 * deleted, so that a component may `use` it.
 * @throws what to tell where it can't be opened
 */
export function openKept(id: string): Promise<Job> {
  const known = opening.get(id);
  if (known) return known;
  const job = open(id);
  opening.set(id, job);
  // A rejected one stays: a component that asks again would wait for ever, and never say why.
  return job;
}

async function open(id: string): Promise<Job> {
  await readKeptJobs();
  const isMine = await holdRunner(id);
  try {
    const back = await readKept(id);
    if (!back)
      throw new Error('This job is not on this browser’s disk any more, or not whole: nothing of it was sent.');
    const spec = await revive(back);
    const job = isMine ? goOnWith(spec, back) : mirror(spec, back);
    jobs.put(job);
    return job;
  } catch (error) {
    if (isMine) releaseRunner(id);
    throw error;
  }
}

async function revive({ kept: { snapshot }, plan, items }: ReadBack): Promise<JobSpec<unknown>> {
  const { kind, title, owner } = snapshot;
  const made = await reviverOf(kind);
  if (!made) throw new Error(`This Glia does not know jobs of the kind “${kind}”.`);
  return { ...(await made({ title, owner, plan, items })), title };
}

function goOnWith(spec: JobSpec<unknown>, { kept, rows, nextSeq }: ReadBack): Job {
  const { id, snapshot, size } = kept;
  const journal = new KeptJournal(id, spec, { nextSeq, size }, teller());
  journals.set(id, journal);
  const { startedAt, endedAt } = snapshot;
  return createJob(spec, pageEnvironment, {
    journal,
    restored: { id, state: restingState(snapshot.state), startedAt, endedAt, rows },
  });
}

/** The jobs of other tabs that are shown here, and from where on their log is still to be read. */
const mirrors = new Map<string, { mirror: Mirror; nextSeq: number; reading: Promise<void> }>();

function mirror(spec: JobSpec<unknown>, { kept, rows, nextSeq }: ReadBack): Job {
  const { id } = kept;
  noteElsewhere(id);
  const made = createMirror(spec, pageEnvironment, {
    snapshot: { ...kept.snapshot, elsewhere: true },
    rows,
    ask: (command) => {
      if (store.get().elsewhere.has(id)) tellTabs({ type: 'command', id, command });
      else void takeOver(id).then((job) => job[command]());
    },
  });
  mirrors.set(id, { mirror: made, nextSeq, reading: Promise.resolve() });
  // What was written while this was read.
  void hear(id);
  return made;
}

/** The tab that ran it is gone: this one runs it now, unless yet another one was quicker. */
function takeOver(id: string): Promise<Job> {
  // Asked twice, it is one taking over: a second one would be a second runner.
  if (mirrors.delete(id)) opening.delete(id);
  return openKept(id);
}

/** The whole job, run by this tab: as it is open here already, else from disk. */
export async function openHere(id: string): Promise<Job> {
  const open = mirrors.has(id) ? undefined : jobs.get(id);
  return open ?? takeOver(id);
}

/** Reads what was written since. One after the other, so that entries come in order. */
async function catchUp(kept: KeptJob): Promise<void> {
  const { id } = kept;
  noteKept(kept);
  const known = mirrors.get(id);
  if (!known) return;
  const before = known.reading;
  known.reading = (async () => {
    await before.catch(() => undefined);
    // The log of a job that is over was made shorter: what is new in it may stand anywhere.
    const from = isOver(kept.snapshot) ? 0 : known.nextSeq;
    const { entries, nextSeq } = await readEntries(id, from);
    known.nextSeq = nextSeq;
    known.mirror.take(entries, keptSnapshot(kept, store.get().elsewhere));
  })();
  await known.reading;
}

/** From disk, for good. @throws where another tab has it, or the disk does not answer */
export async function deleteKeptJob(id: string): Promise<void> {
  if (!(await holdRunner(id))) throw new Error('Another tab has this job open. Close it there first.');
  journals.get(id)?.close();
  await deleteKept(id);
  forget(id);
  releaseRunner(id);
  tellTabs({ type: 'deleted', id });
}

function forget(id: string): void {
  opening.delete(id);
  mirrors.delete(id);
  journals.delete(id);
  jobs.remove(id);
  const left = new Map(store.get().jobs);
  left.delete(id);
  store.set({ ...store.get(), jobs: left });
}

/** The next word of that tab tells the same again, so one that can't be followed is no loss. */
async function hear(id: string): Promise<void> {
  const kept = await readJob(id).catch(() => undefined);
  if (kept) await catchUp(kept).catch(() => undefined);
}

hearTabs((message) => {
  switch (message.type) {
    case 'wrote':
      noteElsewhere(message.id);
      void hear(message.id);
      return;
    case 'deleted':
      forget(message.id);
      return;
    case 'command':
      if (isRunner(message.id)) jobs.get(message.id)?.[message.command]();
  }
});
