import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { useEffect, useSyncExternalStore } from 'react';
import { createStore } from '~/lib/store';
import { currentSession, useSession, watchSession } from './session';

/**
 * Which reports were opened, and what was noted of them: in this browser only, for each homeserver. Synapse has no place for it. A number
 * may be given out once more on SQLite: a name has the time of the report in it.
 */
export interface ReportMark {
  /** When it was opened, ms. */
  readonly seen: number;
  readonly note: string;
}

interface Schema extends DBSchema {
  marks: { key: [baseUrl: string, report: string]; value: ReportMark };
}

let opened: Promise<IDBPDatabase<Schema>> | null = null;

/** @throws where the browser forbids storage, as private windows may */
function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('glia-reports', 1, {
    upgrade: (db) => void db.createObjectStore('marks'),
    blocking: forget,
    terminated: forget,
  });
  opened.catch(forget);
  return opened;
}

function forget(): void {
  void opened?.then(
    (db) => db.close(),
    () => undefined,
  );
  opened = null;
}

export interface ReportMarks {
  readonly baseUrl: string;
  readonly marks: ReadonlyMap<string, ReportMark>;
  /** False: the browser stores nothing, and a reload forgets it. */
  readonly isKept: boolean;
}

const NONE: ReportMarks = { baseUrl: '', marks: new Map(), isKept: true };
const store = createStore<ReportMarks>(NONE);

watchSession(() => {
  if (currentSession().status === 'signed-out') store.set(NONE);
});

/** All of a homeserver. */
const allOf = (baseUrl: string) => IDBKeyRange.bound([baseUrl], [baseUrl, []]);

/** Reads what is kept of this homeserver, once. */
export async function loadReportMarks(baseUrl: string): Promise<void> {
  if (store.get().baseUrl === baseUrl) return;
  store.set({ ...NONE, baseUrl });
  try {
    const { store: kept } = (await database()).transaction('marks');
    const marks = new Map<string, ReportMark>();
    for await (const { key, value } of kept.iterate(allOf(baseUrl))) marks.set(key[1], value);
    const now = store.get();
    if (now.baseUrl === baseUrl) store.set({ ...now, marks: new Map([...marks, ...now.marks]) });
  } catch {
    const now = store.get();
    if (now.baseUrl === baseUrl) store.set({ ...now, isKept: false });
  }
}

const BLANK: ReportMark = { seen: 0, note: '' };

/** Of the homeserver that was loaded last. @param report as `markKeyOf` (report-list) names it */
export async function markReport(report: string, part: Partial<ReportMark>): Promise<void> {
  const { baseUrl, marks } = store.get();
  const mark = { ...BLANK, ...marks.get(report), ...part };
  store.set({ ...store.get(), marks: new Map(marks).set(report, mark) });
  await kept(async (db) => void (await db.put('marks', mark, [baseUrl, report])));
}

/** All that is kept of this homeserver. */
export async function forgetReportMarks(): Promise<void> {
  const { baseUrl } = store.get();
  store.set({ ...store.get(), marks: new Map() });
  await kept((db) => db.delete('marks', allOf(baseUrl)));
}

async function kept(write: (db: IDBPDatabase<Schema>) => Promise<void>): Promise<void> {
  try {
    await write(await database());
  } catch {
    store.set({ ...store.get(), isKept: false });
  }
}

export const reportMarks = { get: store.get, subscribe: store.subscribe };

/** What is kept of the homeserver that is signed in to. */
export function useReportMarks(): ReportMarks {
  const { baseUrl } = useSession().homeserver;
  useEffect(() => {
    void loadReportMarks(baseUrl);
  }, [baseUrl]);
  const marks = useSyncExternalStore(store.subscribe, store.get);
  return marks.baseUrl === baseUrl ? marks : NONE;
}
