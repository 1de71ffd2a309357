import { queryOptions } from '@tanstack/react-query';
import type { Owner } from '~/data/session';
import { storageReason } from '~/job-store/journal-db';
import { heldJobs, isRunner } from '~/job-store/runner-lock';
import { deleteScan, listScans, readScan, type KeptScan } from '~/job-store/user-scans';
import type { Text } from '~/lib/text';
import type { ScanResult } from './scan';

/** The scan that the page shows, as it is in this tab. */
export interface ShownScan {
  readonly scan: KeptScan | null;
  /** Why it is not on disk, or could not be read from there. */
  readonly problem: Text | null;
  /** Another tab is reading on with it. */
  readonly elsewhere: boolean;
}

export const scanKey = ({ baseUrl, userId }: Owner) => ['user-scan', baseUrl, userId] as const;

/** The newest one of this account. It stays in memory until sign-out: one that could not be written is nowhere else. */
export const keptScan = (owner: Owner) =>
  queryOptions({
    queryKey: scanKey(owner),
    queryFn: async (): Promise<ShownScan> => {
      try {
        const [head] = await listScans(owner);
        if (!head) return { scan: null, problem: null, elsewhere: false };
        const scan = await readScan(head);
        const elsewhere = head.endedAt === null && !isRunner(head.id) && (await heldJobs()).has(head.id);
        return { scan, problem: null, elsewhere };
      } catch (error) {
        return { scan: null, problem: storageReason(error), elsewhere: false };
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
    retry: false,
    // 100,000 rows are not compared with those before.
    structuralSharing: false,
  });

/** A scan that came to its end takes the place of those before. */
export async function dropOlderScans(owner: Owner, { scan, problem }: ScanResult): Promise<void> {
  if (problem !== null || scan.head.endedAt === null) return;
  try {
    for (const { id, startedAt } of await listScans(owner)) {
      if (id !== scan.head.id && startedAt < scan.head.startedAt) await deleteScan(id);
    }
  } catch {
    // They take room and nothing else: the newest is shown.
  }
}
