import { openDB, type DBSchema } from 'idb';
import * as z from 'zod/mini';
import { openBriefly } from './open-briefly';

/**
 * Requests that an admin keeps for the console: in this browser until they are removed, for the account that kept them. Whoever
 * keeps one takes passwords and tokens out of it first.
 */

const favouriteSchema = z.object({
  id: z.string(),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  path: z.string(),
  body: z.string(),
});
export type Favourite = z.output<typeof favouriteSchema>;

interface Owner {
  readonly baseUrl: string;
  readonly userId: string;
}

interface Schema extends DBSchema {
  favourites: { key: string; value: Favourite & { owner: string; keptAt: number }; indexes: { owner: string } };
}

const withFavourites = openBriefly(() =>
  openDB<Schema>('glia-console', 1, {
    upgrade(db) {
      db.createObjectStore('favourites', { keyPath: 'id' }).createIndex('owner', 'owner');
    },
  }),
);

const nameOf = ({ baseUrl, userId }: Owner): string => JSON.stringify([baseUrl, userId]);

/** The last one first. */
export async function listFavourites(owner: Owner): Promise<Favourite[]> {
  const all = await withFavourites((db) => db.getAllFromIndex('favourites', 'owner', nameOf(owner)));
  return all
    .toSorted((one, other) => other.keptAt - one.keptAt)
    .flatMap((one) => {
      // Another version of Glia may have written it.
      const parsed = z.safeParse(favouriteSchema, one);
      return parsed.success ? [parsed.data] : [];
    });
}

/** The same request twice is one. */
export async function keepFavourite(
  owner: Owner,
  { method, path, body }: Omit<Favourite, 'id'>,
  keptAt = Date.now(),
): Promise<void> {
  const name = nameOf(owner);
  const id = JSON.stringify([name, method, path]);
  await withFavourites((db) => db.put('favourites', { id, method, path, body, owner: name, keptAt }));
}

export async function removeFavourite(id: string): Promise<void> {
  await withFavourites((db) => db.delete('favourites', id));
}
