import { HomeserverError } from '~/api/errors';
import type { NewestOf } from '~/data/mas-newest';

/** Of an account that MAS does not know there is nothing in its lists. */
export async function unlessNobody<Row>(reading: Promise<NewestOf<Row>>): Promise<NewestOf<Row>> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof HomeserverError && error.notFound) return { rows: [], odd: [], total: 0, older: null };
    throw error;
  }
}
