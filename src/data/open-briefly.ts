import type { DBSchema, IDBPDatabase } from 'idb';

/**
 * A database that is opened for each use, and closed after it: an open one can keep a page out of the back-forward cache, and its
 * deletion waiting.
 *
 * @returns does its work with the database open. It throws what the work throws, and where the browser forbids storage, as private
 *   windows may.
 */
export const openBriefly =
  <S extends DBSchema>(open: () => Promise<IDBPDatabase<S>>) =>
  async <T>(work: (db: IDBPDatabase<S>) => Promise<T>): Promise<T> => {
    const db = await open();
    try {
      return await work(db);
    } finally {
      db.close();
    }
  };
