import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { HomeserverError } from '~/api/errors';
import { listQuarantineChanges } from '~/api/media';
import type { Homeserver } from '~/api/request';

/** A file, as the last change of it that was read says. */
export interface QuarantinedFile {
  readonly mxc: string;
  readonly isQuarantined: boolean;
}

export interface QuarantineLog {
  /** The last changed first; each file once. */
  readonly files: readonly QuarantinedFile[];
  /** Where the next reading begins. */
  readonly next: number;
  /** There is more to read. */
  readonly hasMore: boolean;
  /** Rows that could not be read. */
  readonly odd: number;
}

const EMPTY: QuarantineLog = { files: [], next: 0, hasMore: true, odd: 0 };

/** So many pages of 100 are read at a time. */
const PAGES = 20;

/**
 * What was quarantined, and what was let go. Synapse tells it from the first change on: what was read is kept, and a later reading asks
 * only for what came since.
 */
export const quarantineLog = (hs: Homeserver, client: QueryClient) => {
  const queryKey = [hs.baseUrl, 'media', 'quarantine-changes'] as const;
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) => readOn(hs, client.getQueryData<QuarantineLog>(queryKey) ?? EMPTY, signal),
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
};

async function readOn(hs: Homeserver, known: QuarantineLog, signal: AbortSignal): Promise<QuarantineLog> {
  try {
    return await pagesFrom(hs, known, signal);
  } catch (error) {
    // Beyond the end: the homeserver’s database is another one than before.
    if (known.next === 0 || !(error instanceof HomeserverError) || error.status !== 400) throw error;
    return pagesFrom(hs, EMPTY, signal);
  }
}

async function pagesFrom(hs: Homeserver, known: QuarantineLog, signal: AbortSignal): Promise<QuarantineLog> {
  const changed = new Map<string, boolean>();
  let { next, odd } = known;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await listQuarantineChanges(hs, next, signal);
    const held = answer.changes.length + answer.odd.length;
    odd += answer.odd.length;
    for (const { origin, media_id, quarantined } of answer.changes) {
      const mxc = `mxc://${origin}/${media_id}`;
      // The last change decides, and where the file stands in the list.
      changed.delete(mxc);
      changed.set(mxc, quarantined);
    }
    if (held === 0 || answer.next <= next) return merged(known, changed, { next, odd, hasMore: false });
    ({ next } = answer);
  }
  return merged(known, changed, { next, odd, hasMore: true });
}

function merged(
  { files }: QuarantineLog,
  changed: ReadonlyMap<string, boolean>,
  rest: Pick<QuarantineLog, 'next' | 'odd' | 'hasMore'>,
): QuarantineLog {
  const latest = [...changed].toReversed().map(([mxc, isQuarantined]) => ({ mxc, isQuarantined }));
  return { files: [...latest, ...files.filter(({ mxc }) => !changed.has(mxc))], ...rest };
}
