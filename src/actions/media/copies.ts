import { HomeserverError } from '~/api/errors';
import type { ShownMedia } from '~/api/media';
import { lookAtUserMedia, placeOf, type MediaInfo } from '~/api/media-asks';
import { shownRows } from '~/api/rows';
import type { LookAt, Server } from '~/actions/action';
import { commaList, sentences, withValues, type Text } from '~/lib/text';

/**
 * Synapse quarantines all files with the same content together (since 1.128), and lists none of them. Those of the owner are found in
 * the list of the owner's files.
 */

const COPIES = /*i18n*/ {
  id: 'media.copies.named',
  message:
    '{count, plural, one {# other file of the owner has the same content and changes with it: {list}} other {# other files of the owner have the same content and change with it: {list}}}.',
} as const;
const COPIES_AND_MORE = /*i18n*/ {
  id: 'media.copies.named-and-more',
  message: '{count, number} other files of the owner have the same content and change with it: {list} and {more} more.',
} as const;
const NOT_LOOKED = /*i18n*/ {
  id: 'media.copies.not-looked',
  message:
    'The owner has {count, number} files: copies were looked for only among the newest {read, number}. The page of the file can look through all.',
} as const;
const UNREAD = /*i18n*/ {
  id: 'media.copies.unread',
  message: 'The homeserver did not list the owner’s files, so copies among them can’t be named.',
};
const ID = /*i18n*/ { id: 'media.copies.id', message: '{mediaId}' } as const;

/** So many of the owner's files are looked through, in one request. */
const READ = 1000;
const NAMED = 5;

interface Owned {
  readonly files: readonly ShownMedia[];
  readonly total: number;
}

/** For one plan: its server is the same object for all items. */
const read = new WeakMap<Server, Map<string, Promise<Owned | null>>>();

/** Null: the homeserver does not list them. */
function filesOf(owner: string, look: LookAt, server: Server): Promise<Owned | null> {
  const ofPlan = read.get(server) ?? new Map<string, Promise<Owned | null>>();
  read.set(server, ofPlan);
  const known = ofPlan.get(owner);
  if (known) return known;
  const reading = look(lookAtUserMedia(owner, { limit: READ, order_by: 'created_ts', dir: 'b' })).then(
    ({ media, total }) => ({ files: shownRows(media), total }),
    (error: unknown) => {
      if (error instanceof HomeserverError && error.kind === 'matrix' && error.notFound) return null;
      // Whoever looks next tries again.
      ofPlan.delete(owner);
      throw error;
    },
  );
  ofPlan.set(owner, reading);
  return reading;
}

interface By {
  readonly isQuarantine: boolean;
  readonly look: LookAt;
  readonly server: Server;
}

/** Which other files change with this one, as far as they can be known; '' where none is. */
export async function copiesWords(id: string, { media_info: file }: MediaInfo, by: By): Promise<Text> {
  const { sha256, user_id: owner, media_origin: origin } = file;
  if (sha256 == null || owner == null || origin != null) return '';
  const owned = await filesOf(owner, by.look, by.server);
  if (owned === null) return UNREAD;
  const copies = owned.files.filter((one) => one.sha256 === sha256 && isChanged(one, id, by.isQuarantine));
  const named = copies.length > 0 ? namedWords(copies.map(({ media_id: mediaId }) => mediaId)) : '';
  return sentences(named, owned.total > READ ? withValues(NOT_LOOKED, { count: owned.total, read: READ }) : '');
}

/** Protected files are left out of a quarantine, and what is so already does not change. */
function isChanged(one: ShownMedia, id: string, isQuarantine: boolean): boolean {
  if (one.media_id === placeOf(id).mediaId) return false;
  const isQuarantined = one.quarantined_by != null;
  return isQuarantine ? !isQuarantined && !one.safe_from_quarantine : isQuarantined;
}

function namedWords(ids: readonly string[]): Text {
  const list = commaList(ids.slice(0, NAMED).map((mediaId) => withValues(ID, { mediaId })));
  const count = ids.length;
  return count > NAMED
    ? withValues(COPIES_AND_MORE, { count, list, more: count - NAMED })
    : withValues(COPIES, { count, list });
}
