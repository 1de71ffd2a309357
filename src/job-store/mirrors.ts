import type { JobSnapshot } from '~/jobs/job';
import type { Mirror } from '~/jobs/mirror';
import { readSince, type KeptJob } from './journal-db';

/** The jobs of other tabs that are shown here, and from where on their log is still to be read. */
const mirrors = new Map<string, { mirror: Mirror; nextSeq: number; reading: Promise<void> }>();

export function addMirror(mirror: Mirror, nextSeq: number): void {
  mirrors.set(mirror.id, { mirror, nextSeq, reading: Promise.resolve() });
}

export const isMirror = (id: string): boolean => mirrors.has(id);

/** It is not shown any more, or this tab runs it now. @returns whether it was shown */
export const dropMirror = (id: string): boolean => mirrors.delete(id);

/**
 * Reads what was written since. One after the other, so that entries come in order.
 * @param snapshot of the job, asked for when its entries are there
 */
export async function readOn(kept: KeptJob, snapshot: () => JobSnapshot): Promise<void> {
  const { id } = kept;
  const known = mirrors.get(id);
  if (!known) return;
  const before = known.reading;
  known.reading = (async () => {
    await before.catch(() => undefined);
    const news = await readSince(id, known.nextSeq);
    await known.mirror.take(news, snapshot);
    known.nextSeq = news.nextSeq;
  })();
  await known.reading;
}
