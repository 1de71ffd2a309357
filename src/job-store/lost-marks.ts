import type { Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import type { KeptJob } from './journal-db';
import { TextError } from '~/lib/text-error';

/**
 * Marks that say which journals were lost, in files whose room is taken when a job begins. A disk that fills up in the middle
 * of a job refuses what would be written in the journal's own place, and a journal that fell behind must never be resumed: it
 * tells less than was done. Where the browser has no such files there are no marks, and the job waits for room instead.
 */

export type MarkRequest = { id: string } & ({ type: 'reserve' | 'close' | 'remove' } | { type: 'write'; text: string });
export interface MarkAnswer {
  seq: number;
  ok: boolean;
}

/** Null: there is none to be had. */
let worker: Worker | null | undefined;
let lastSeq = 0;
const waiting = new Map<number, (ok: boolean) => void>();

function makeWorker(): Worker | null {
  if (typeof Worker === 'undefined' || typeof navigator === 'undefined' || !navigator.storage?.getDirectory)
    return null;
  try {
    const made = new Worker(new URL('./lost-marks-worker.ts', import.meta.url), { type: 'module', name: 'glia-marks' });
    made.addEventListener('message', ({ data: { seq, ok } }: MessageEvent<MarkAnswer>) => {
      waiting.get(seq)?.(ok);
      waiting.delete(seq);
    });
    // Not to be had: an old host serves it with a wrong type.
    made.addEventListener('error', () => {
      worker = null;
      for (const resolve of waiting.values()) resolve(false);
      waiting.clear();
    });
    return made;
  } catch {
    return null;
  }
}

/** @returns whether it was done. Never rejects */
function ask(request: MarkRequest): Promise<boolean> {
  if (worker === undefined) worker = makeWorker();
  const to = worker;
  if (!to) return Promise.resolve(false);
  lastSeq += 1;
  const seq = lastSeq;
  return new Promise((resolve) => {
    waiting.set(seq, resolve);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    to.postMessage({ seq, request });
  });
}

/** Takes the room for a mark. @returns whether there is room, and files at all */
export const reserveMark = (id: string): Promise<boolean> => ask({ id, type: 'reserve' });

/** Another tab runs the job from now on. */
export const closeMark = (id: string): Promise<boolean> => ask({ id, type: 'close' });

/** The job is over, deleted, or marked in the journal's own place. */
export const removeMark = (id: string): Promise<boolean> => ask({ id, type: 'remove' });

/** Characters of a title or a reason that surely fit into the room. */
const LONGEST = 400;

/** Says in the reserved room that the journal was lost, and how far the job was known. @returns whether it is durable */
export function writeMark({ id, snapshot, size }: KeptJob): Promise<boolean> {
  const { title, state } = snapshot;
  const short = {
    ...snapshot,
    title: cut(title),
    state: 'reason' in state ? { ...state, reason: cut(state.reason) } : state,
  };
  return ask({ id, type: 'write', text: JSON.stringify({ id, snapshot: short, size }) });
}

/** A message that is too long for the room is kept as its words. */
function cut(text: Text): Text {
  if (typeof text !== 'string') return JSON.stringify(text).length > LONGEST ? cut(wordsOf(text)) : text;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const FOLDER = 'lost-jobs';

/** Null: this browser has no such files, or not for this page, so that no mark was ever made. */
async function rootFolder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await navigator.storage.getDirectory();
  } catch {
    return null;
  }
}

async function markIn(dir: FileSystemDirectoryHandle, id: string): Promise<KeptJob | null> {
  const text = await (await (await dir.getFileHandle(id)).getFile()).text();
  return text.trim() === '' ? null : (JSON.parse(text) as KeptJob);
}

/** The mark of this job, if its journal was lost. Never rejects: where there are no files, there are no marks. */
export async function readMark(id: string): Promise<KeptJob | undefined> {
  return readMarkForSure(id).catch(() => undefined);
}

const UNREADABLE = /*i18n*/ {
  id: 'kept.unreadable-mark',
  message:
    'Glia could not read from the disk whether the record of this job is complete. Reload the page to try again.',
};

/** Tries to read a file that another tab may still be closing, and ms between them. */
const TRIES = 5;
const BETWEEN_MS = 40;

/**
 * The same for who would go on with the job: a mark that is there and can't be read must not pass for none, since the journal
 * behind it tells less than was done. @throws why it could not be read, for people
 */
export async function readMarkForSure(id: string): Promise<KeptJob | undefined> {
  const root = await rootFolder();
  if (!root) return undefined;
  for (let tries = 1; ; tries += 1) {
    try {
      return (await markIn(await root.getDirectoryHandle(FOLDER), id)) ?? undefined;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
      if (tries === TRIES) {
        throw new TextError(UNREADABLE, { cause: error });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
}

/** Each job that has a file, with its mark; null: room was reserved, and nothing was lost. Never rejects. */
export async function readMarks(): Promise<ReadonlyMap<string, KeptJob | null>> {
  const marks = new Map<string, KeptJob | null>();
  try {
    const dir = await (await rootFolder())?.getDirectoryHandle(FOLDER);
    if (!dir) return marks;
    for await (const id of dir.keys()) {
      // A part of the disk that can't be read hides no other mark, and is not taken for room without a mark.
      const mark = await markIn(dir, id).catch(() => undefined);
      if (mark !== undefined) marks.set(id, mark);
    }
  } catch {
    // No files here, or none yet.
  }
  return marks;
}
