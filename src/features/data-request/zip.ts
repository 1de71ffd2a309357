import { TextError } from '~/lib/text-error';

/** The archive as it is written: one entry after the other, without all of them in memory. */

export interface Entry {
  readonly name: string;
  readonly input: Blob | string;
  /** Epoch ms. */
  readonly at: number | null;
}

/** Where it goes. */
export interface Target {
  /** So many bytes fit; null: as many as the disk has. */
  readonly limit: number | null;
  /** @returns how many bytes it took. Rejects where not all of it could be written; then there is no file */
  save(zip: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<number>;
}

export interface Zip {
  /** Resolves when it was taken: who adds many, adds them as fast as they are written. */
  add(entry: Entry): Promise<void>;
  /** All is in it. @returns its size in bytes */
  end(): Promise<number>;
  /** Nobody wants it any more: nothing of it stays. */
  drop(): void;
  /** Rejects as soon as it can’t be written. */
  readonly written: Promise<number>;
}

/** ZIP knows no time before 1980 and none after 2107. */
const inRange = (at: number | null): Date => {
  const date = new Date(at ?? Date.now());
  const year = date.getFullYear();
  return year >= 1980 && year <= 2107 ? date : new Date();
};

const CANCELLED = /*i18n*/ { id: 'data-request.cancelled', message: 'Cancelled: no archive was saved.' };

/** @param target asked for before: the browser lets a page choose a file only right after a click */
export async function openZip(target: Target): Promise<Zip> {
  const { makeZip } = await import('client-zip');
  const queue = new TransformStream<Entry, Entry>(undefined, { highWaterMark: 1 }, { highWaterMark: 0 });
  const writer = queue.writable.getWriter();
  // What ends the queue is said by `written`.
  writer.closed.catch(() => undefined);
  const stream = makeZip(entriesOf(queue.readable)) as ReadableStream<Uint8Array<ArrayBuffer>>;
  const written = target.save(stream).catch((error: unknown) => {
    // Whoever waits for its turn need not wait any more.
    writer.abort(error).catch(() => undefined);
    throw error;
  });
  written.catch(() => undefined);
  return {
    add: (entry) => writer.write(entry),
    async end() {
      await writer.close();
      return written;
    },
    drop: () => void writer.abort(new TextError(CANCELLED)).catch(() => undefined),
    written,
  };
}

async function* entriesOf(queue: ReadableStream<Entry>) {
  const reader = queue.getReader();
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as the archive takes them
    const { done, value } = await reader.read();
    if (done) return;
    yield { name: value.name, lastModified: inRange(value.at), input: value.input };
  }
}
