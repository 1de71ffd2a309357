import type { Homeserver } from '~/api/request';
import { createStore } from '~/lib/store';
import type { ListRead, ReadProgress } from './list-reader';
import { watchShown } from './account-memory';

/** A list that was read to its end, for filters that the homeserver does not have. */
export interface WholeList<Row> extends ListRead {
  readonly rows: readonly Row[];
}

interface Reader {
  progress(): ReadProgress;
  run(hs: Homeserver, signal: AbortSignal, onProgress: (progress: ReadProgress) => void): Promise<ListRead>;
}

/** Reads lists of one kind. A reading that failed resumes where it was; one that was cancelled begins again. */
export function wholeLists<Row>() {
  /** How far a reading is, and of which it is. */
  const progress = createStore<(ReadProgress & { readonly key: string }) | null>(null);
  let broken: { readonly key: string; readonly reader: Reader; readonly rows: Row[] } | null = null;

  // What one account read is nothing to another.
  watchShown(() => {
    broken = null;
  });

  /** @param key says which reading it is. @param begin makes the reader, which gives each row once */
  async function read(
    hs: Homeserver,
    key: string,
    begin: (take: (rows: readonly Row[]) => void) => Reader,
    signal: AbortSignal,
  ): Promise<WholeList<Row>> {
    const mine = broken?.key === key ? broken : begun(key, begin);
    broken = null;
    const show = (now: ReadProgress) => {
      if (!signal.aborted) progress.set({ ...now, key });
    };
    show(mine.reader.progress());
    try {
      return { ...(await mine.reader.run(hs, signal, show)), rows: mine.rows };
    } catch (error) {
      if (!signal.aborted) broken = mine;
      throw error;
    }
  }

  function begun(key: string, begin: (take: (rows: readonly Row[]) => void) => Reader) {
    const rows: Row[] = [];
    return { key, rows, reader: begin((more) => rows.push(...more)) };
  }

  return { progress, read };
}
