import { pageEnvironment } from '~/jobs/environment';
import type { Job, JobSnapshot, JobSpec } from '~/jobs/job';
import { createMirror, type Command } from '~/jobs/mirror';
import { isActive } from '~/jobs/phase';
import { isUnsavedReading } from '~/jobs/reading-kind';
import { jobs } from '~/jobs/registry';
import { restingSnapshot, restingState } from '~/jobs/restored';
import { createJob } from '~/jobs/runner';
import { createStore } from '~/lib/store';
import { hearTabs, tellTabs } from './job-channel';
import { reviverOf } from './job-kinds';
import { countKept, deleteKept, readKept, storageReason, type KeptJob, type ReadBack } from './journal-db';
import { KeptJournal } from './kept-journal';
import { clearMarks, listLatest, readLatest } from './latest-jobs';
import { readMark, readMarkForSure, removeMark } from './lost-marks';
import { addMirror, dropMirror, isMirror, readOn } from './mirrors';
import { atItsPace } from './own-pace';
import { withRequestLog } from './request-log';
import { awaitRunner, heldJobs, holdRunner, isRunner, releaseRunner, whenReleased } from './runner-lock';
import { homeserverOf } from '~/data/session';
import { GONE, LOST, UNKNOWN_KIND, UnreadableJobError } from './unreadable-job';
import { TextError, textOfError } from '~/lib/text-error';
import { withValues, type Text } from '~/lib/text';

/**
 * The jobs on this browser's disk: those that ran before this page was opened, and those that other tabs run. One tab runs a
 * job; the others show it by its journal, and hand what they are asked to that tab. When it is gone, any of them may take over.
 */
interface KeptState {
  /** Whether the disk was read by now. */
  isRead: boolean;
  /** When, epoch ms; 0 where it never could be. */
  readAt: number;
  /** Why it could not be. */
  problem: Text | null;
  jobs: ReadonlyMap<string, KeptJob>;
  /** Jobs that another tab holds. */
  elsewhere: ReadonlySet<string>;
}

const store = createStore<KeptState>({
  isRead: false,
  readAt: 0,
  problem: null,
  jobs: new Map(),
  elsewhere: new Set(),
});

export const keptJobs = { get: store.get, subscribe: store.subscribe };

/** As a list shows it: what no page runs any more is at rest. */
export function keptSnapshot({ snapshot }: KeptJob, elsewhere: ReadonlySet<string>): JobSnapshot {
  return elsewhere.has(snapshot.id) ? { ...snapshot, elsewhere: true } : restingSnapshot(snapshot);
}

let reading: Promise<void> | null = null;

/** Reads the disk: once, or again where somebody asks for it. Never rejects: what went wrong is in `problem`. */
export function readKeptJobs(again = false): Promise<void> {
  reading = again && reading ? reading.then(read) : (reading ?? read());
  return reading;
}

async function read(): Promise<void> {
  try {
    const [list, held] = await Promise.all([listLatest(), heldJobs()]);
    const known = new Map<string, KeptJob>();
    void clearMarks();
    for (const kept of list) {
      const isHeld = held.has(kept.id);
      if (isHeld && !isRunner(kept.id)) noteElsewhere(kept.id);
      known.set(kept.id, isHeld ? kept : await asLeft(kept));
    }
    for (const id of forgotten) known.delete(id);
    // What was noted meanwhile is newer.
    for (const [id, kept] of store.get().jobs) known.set(id, kept);
    store.set({ ...store.get(), isRead: true, readAt: Date.now(), problem: null, jobs: known });
  } catch (error) {
    store.set({ ...store.get(), isRead: true, problem: storageReason(error) });
  }
}

/** What was marked as about to be sent when its page went away is unknown. Only the log says how much that is. */
async function asLeft(kept: KeptJob): Promise<KeptJob> {
  const { snapshot } = kept;
  if (restingState(snapshot.state) === snapshot.state) return kept;
  return { ...kept, snapshot: { ...snapshot, counts: await countKept(kept.id, snapshot.total) } };
}

/** Deleted, here or by another tab, perhaps while the disk was read: they never come back. */
const forgotten = new Set<string>();

/** Lists it in this tab as it is now. */
export function noteKept(kept: KeptJob): void {
  if (forgotten.has(kept.id)) return;
  store.set({ ...store.get(), jobs: new Map(store.get().jobs).set(kept.id, kept) });
}

function noteElsewhere(id: string): void {
  const { elsewhere } = store.get();
  if (elsewhere.has(id)) return;
  store.set({ ...store.get(), elsewhere: new Set(elsewhere).add(id) });
  // A disk that does not answer now is asked again when somebody opens the job, and then the reason is shown.
  whenReleased(id, () => void freed(id).catch(() => undefined));
}

/** The tab that ran it is gone. */
async function freed(id: string): Promise<void> {
  const left = new Set(store.get().elsewhere);
  left.delete(id);
  store.set({ ...store.get(), elsewhere: left });
  const kept = await readLatest(id);
  if (kept) await catchUp(await asLeft(kept));
  const wish = asked.get(id);
  asked.delete(id);
  if (!wish || performance.now() - wish.at > HANDOVER_MS || !kept || !homeserverOf(kept.snapshot.owner)) return;
  // Other tabs that waited have it for a moment: wait in line behind them.
  if (await awaitRunner(id, HANDOVER_MS)) await takeOver(id, wish.command);
}

/** Ms between two messages to other tabs: a quick job writes hundreds of batches a second. */
const TELL_EVERY_MS = 500;

/** Those that are written here. */
const journals = new Map<string, Pick<KeptJournal<never>, 'delete' | 'close' | 'isIdle'>>();

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
 * @throws UnreadableJobError: what to tell where it can't be opened
 */
export function openKept(id: string): Promise<Job> {
  const known = opening.get(id);
  if (known) return known;
  const job = open(id).then((made) => {
    // Deleted while it was read: it must not come back into the list.
    if (opening.get(id) !== job) throw new UnreadableJobError(GONE);
    jobs.put(made);
    return made;
  });
  opening.set(id, job);
  // A rejected promise stays: otherwise a component that asks again would wait for ever and never say why.
  return job;
}

const STILL_THERE = /*i18n*/ { id: 'kept.still-there', message: 'The job was not deleted. {reason}' } as const;
const RUNS_ELSEWHERE = /*i18n*/ {
  id: 'kept.runs-elsewhere',
  message: 'Another tab is running this job. Stop it first.',
};
const OPEN_ELSEWHERE = /*i18n*/ {
  id: 'kept.open-elsewhere',
  message: 'Another tab has this job open and did not hand it over. Close that tab first.',
};

async function open(id: string): Promise<Job> {
  await readKeptJobs();
  const kept = store.get().jobs.get(id);
  // Without its account's token this tab could not run it, and would only keep it from one that can.
  const isMine = kept !== undefined && homeserverOf(kept.snapshot.owner) !== null && (await holdRunner(id));
  // The token was lost while the lock was asked for.
  if (!isMine) releaseRunner(id);
  try {
    const mark = await (isMine ? readMarkForSure(id) : readMark(id));
    const back = mark ? undefined : await readKept(id);
    if (!back) throw new TextError(await whyNotWhole(id));
    const spec = await revive(back);
    return isMine ? goOnWith(spec, back) : mirror(spec, back);
  } catch (error) {
    if (isMine) releaseRunner(id);
    throw new UnreadableJobError(textOfError(error), { cause: error });
  }
}

async function whyNotWhole(id: string): Promise<Text> {
  const { state } = (await readLatest(id))?.snapshot ?? {};
  return state?.phase === 'lost' ? withValues(LOST, { reason: state.reason }) : GONE;
}

async function revive({ kept: { snapshot }, plan, items }: ReadBack): Promise<JobSpec<unknown>> {
  const { id, kind, title, owner } = snapshot;
  const made = await reviverOf(kind);
  if (!made) throw new TextError(withValues(UNKNOWN_KIND, { kind }));
  return { ...(await made({ id, title, owner, plan, items })), title };
}

function goOnWith(spec: JobSpec<unknown>, { kept, rows, nextSeq }: ReadBack): Job {
  const { id, snapshot, size } = kept;
  const journal = new KeptJournal(id, spec, { nextSeq, size }, teller());
  journals.set(id, journal);
  const { startedAt, endedAt, waitingUntil } = snapshot;
  return createJob(withRequestLog(atItsPace(spec), id), pageEnvironment, {
    journal,
    restored: { id, state: restingState(snapshot.state), startedAt, endedAt, waitingUntil, rows },
  });
}

function mirror(spec: JobSpec<unknown>, { kept, rows, nextSeq }: ReadBack): Job {
  const { id } = kept;
  noteElsewhere(id);
  const made = createMirror(spec, pageEnvironment, {
    snapshot: { ...kept.snapshot, elsewhere: true },
    rows,
    ask: (command) => {
      if (store.get().elsewhere.has(id)) askRunner(id, command);
      else if (homeserverOf(kept.snapshot.owner)) void takeOver(id, command);
    },
  });
  addMirror(made, nextSeq);
  // What was written while this was read.
  void hear(id);
  return made;
}

/** How long another tab may take to let go of a job, ms. */
const HANDOVER_MS = 3000;
/** About as long as a batch takes to be written, ms. */
const SOON_MS = 20;

/** What the tab that holds a job was asked last. Where it lets go instead, for want of a token, this one does it. */
const asked = new Map<string, { command: Command; at: number }>();

function askRunner(id: string, command: Command): void {
  asked.set(id, { command, at: performance.now() });
  tellTabs({ type: 'command', id, command });
}

/** Another tab asks for something. Without a token of the job’s account this tab can't do it, so it lets the other tab have the job. */
function obey(id: string, command: Command): void {
  const job = isRunner(id) ? jobs.get(id) : undefined;
  if (!job) return;
  const { owner, state, kept } = job.getSnapshot();
  // With its journal lost, other tabs don’t know how far it is: they could only stop it blindly.
  if (kept?.ok === false) return;
  if (homeserverOf(owner) || isActive({ state })) job[command]();
  else letGo(id);
}

/** Another tab wants the job. It gets it if the job is at rest and all of it is on disk; this tab then follows its journal. */
function letGo(id: string): void {
  const job = isRunner(id) ? jobs.get(id)?.getSnapshot() : undefined;
  const journal = journals.get(id);
  if (!job || !journal || isActive(job) || job.kept?.ok !== true) return;
  if (!journal.isIdle) {
    pageEnvironment.after(SOON_MS, () => letGo(id));
    return;
  }
  journal.close();
  journals.delete(id);
  opening.delete(id);
  releaseRunner(id);
  noteElsewhere(id);
  jobs.remove(id);
}

/** The tab that ran it is gone: this one runs it now, unless yet another one was quicker. */
async function takeOver(id: string, command: Command): Promise<void> {
  // Asked twice, only one takes over: a second one would be a second runner.
  if (dropMirror(id)) opening.delete(id);
  try {
    (await openKept(id))[command]();
  } catch {
    // Without the mirror a page that shows it opens it once more, and says why it can't.
    jobs.remove(id);
  }
}

/**
 * The whole job, run by this tab: as it is open here already, else from disk, also where another tab has it at rest.
 * @throws what to tell where it can't be had
 */
export async function openHere(id: string): Promise<Job> {
  const open = jobs.get(id) ?? (await opening.get(id)?.catch(() => undefined));
  if (open && !isMirror(id)) return open;
  if (!(await holdRunner(id))) await getFromOther(id);
  // One that could not be opened is tried anew.
  opening.delete(id);
  const wasShown = dropMirror(id);
  try {
    return await openKept(id);
  } catch (error) {
    if (wasShown) jobs.remove(id);
    throw error;
  }
}

/** Shows what was written since. */
async function catchUp(kept: KeptJob): Promise<void> {
  noteKept(kept);
  await readOn(kept, () => keptSnapshot(kept, store.get().elsewhere));
}

/** From disk, for good. @throws where another tab runs it, or the disk refuses: then all is as it was */
export async function deleteKeptJob(id: string): Promise<void> {
  if (isUnsavedReading(store.get().jobs.get(id)?.snapshot)) return forget(id);
  const wasHere = isRunner(id);
  if (!(await holdRunner(id))) await getFromOther(id);
  try {
    await (journals.get(id)?.delete() ?? deleteKept(id));
    void removeMark(id);
  } catch (error) {
    if (!wasHere) releaseRunner(id);
    throw new TextError(withValues(STILL_THERE, { reason: storageReason(error) }), { cause: error });
  }
  forget(id);
  releaseRunner(id);
  tellTabs({ type: 'deleted', id });
}

/** @throws where it is not given */
async function getFromOther(id: string): Promise<void> {
  const kept = store.get().jobs.get(id);
  if (kept && isActive(kept.snapshot)) throw new TextError(RUNS_ELSEWHERE);
  const given = awaitRunner(id, HANDOVER_MS);
  tellTabs({ type: 'let-go', id });
  if (!(await given)) throw new TextError(OPEN_ELSEWHERE);
}

function forget(id: string): void {
  forgotten.add(id);
  opening.delete(id);
  dropMirror(id);
  journals.delete(id);
  jobs.remove(id);
  const left = new Map(store.get().jobs);
  left.delete(id);
  store.set({ ...store.get(), jobs: left });
}

/** A message that can't be followed is no loss: the next one from that tab says the same again. */
async function hear(id: string): Promise<void> {
  try {
    const kept = await readLatest(id);
    if (kept) await catchUp(kept);
    // It was written, and is gone: there was not even room for the mark of a lost journal.
    else forget(id);
  } catch {
    // The next message says the same again.
  }
}

hearTabs((message) => {
  switch (message.type) {
    case 'wrote':
      // It obeyed.
      asked.delete(message.id);
      noteElsewhere(message.id);
      void hear(message.id);
      return;
    case 'deleted':
      forget(message.id);
      return;
    case 'let-go':
      letGo(message.id);
      return;
    case 'command':
      obey(message.id, message.command);
  }
});
