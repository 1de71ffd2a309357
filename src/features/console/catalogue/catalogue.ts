import { CLIENT_SERVER } from './client-server';
import type { Chapter, Entry } from './entry';
import { MEDIA } from './media';
import { ROOMS } from './rooms';
import { FEDERATION, REPORTS, SERVER, TOKENS } from './server';
import { ACCOUNTS, DEVICES, USERS } from './users';

/** Every request of the Admin API, and those of the client-server API that an admin needs. */
export const CATALOGUE: readonly Chapter[] = [
  USERS,
  ACCOUNTS,
  DEVICES,
  ROOMS,
  MEDIA,
  REPORTS,
  TOKENS,
  FEDERATION,
  SERVER,
  CLIENT_SERVER,
];

export const ENTRIES: readonly Entry[] = CATALOGUE.flatMap(({ entries }) => entries);
