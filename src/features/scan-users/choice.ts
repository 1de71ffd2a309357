import * as z from 'zod/mini';
import type { ScanChoice } from '~/job-store/user-scans';

/** Who is scanned, and what is read of them. */
export interface Choice extends ScanChoice {
  /** The form is open though there is a scan: a new one will take its place. */
  readonly again: boolean;
}

export const FIRST_CHOICE: Choice = {
  name: '',
  deactivated: false,
  locked: true,
  guests: false,
  devices: true,
  storage: true,
  again: false,
};

/** What of it outlives a reload. */
export const keptChoice = z.object({
  name: z.string(),
  deactivated: z.boolean(),
  locked: z.boolean(),
  guests: z.boolean(),
  devices: z.boolean(),
  storage: z.boolean(),
});

const PAGE = 1000;
/** Requests a second that homeservers answered in scans, small ones and large ones. */
const SLOW = 20;
const FAST = 100;

export interface Cost {
  requests: number;
  /** Ms, where the homeserver is quick, and where it isn't. */
  fastest: number;
  slowest: number;
}

/** About what it costs to scan so many users. */
export function costOf(users: number, { devices, storage }: Pick<ScanChoice, 'devices' | 'storage'>): Cost {
  const pages = Math.max(1, Math.ceil(users / PAGE));
  const requests = pages + (storage ? pages : 0) + users * (devices ? 2 : 1);
  return { requests, fastest: (requests / FAST) * 1000, slowest: (requests / SLOW) * 1000 };
}
