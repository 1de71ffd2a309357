import type { MockHomeserver } from '../homeserver';

/** How much of everything. */
export interface Size {
  users: number;
  rooms: number;
  spaces: number;
  media: number;
  remoteMedia: number;
  destinations: number;
  reports: number;
}

export const SIZES: Record<'demo' | 'small', Size> = {
  demo: { users: 10_000, rooms: 500, spaces: 12, media: 20_000, remoteMedia: 6000, destinations: 120, reports: 60 },
  small: { users: 60, rooms: 12, spaces: 2, media: 80, remoteMedia: 20, destinations: 6, reports: 6 },
};

export const DAY_MS = 86_400_000;
export const YEAR_MS = 365 * DAY_MS;

/** One step of making the world; it yields often, so that a page can yieldToPage in between. */
export type Making = Generator<undefined, void, undefined>;
export type Maker = (hs: MockHomeserver, size: Size) => Making;
