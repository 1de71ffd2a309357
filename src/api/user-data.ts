import * as z from 'zod/mini';
import { clientRelease, mediaPath, orOlder } from './older-path';
import { everyPage } from './pages';
import { HomeserverError } from './errors';
import { path, request, requestBlob, type Homeserver, type Path } from './request';
import { listTotal, nextOffset } from './rows';
import { TextError } from '~/lib/text-error';
import { withValues, type Text } from '~/lib/text';
import type { FeatureId } from './since';

/**
 * What a homeserver has of one user, as it answers it: to be handed to that user, so nothing of it is left out or renamed. All throw
 * HomeserverError.
 */

/** An answer of one endpoint, or the rows of a list in pages. */
export interface UserData {
  readonly data: unknown;
  /** How many entries it has; null: it is not a list. */
  readonly count: number | null;
  /** What is missing in it, as a sentence. */
  readonly lacks?: Text;
}

type Json = Record<string, unknown>;
const anything = z.looseObject({});
const PAGE = 1000;

const SHORT = /*i18n*/ {
  id: 'user-data.short',
  message:
    'The homeserver says that there are {total, number}, but its pages have {count, number}. The list may have changed while it was read.',
} as const;

async function whole(
  hs: Homeserver,
  { path: at, schema, names, feature }: { path: Path; schema: typeof anything; names?: string; feature?: FeatureId },
  userId: string,
  signal: AbortSignal,
): Promise<Json> {
  return request(hs, {
    path: at,
    schema,
    signal,
    ...(feature && { feature }),
    // What a cache or a portal answers about someone else is nothing to hand out.
    ...(names !== undefined && { subject: (body: Json) => [String(body[names]), userId] as const }),
  });
}

const sizeOf = (value: unknown): number =>
  Array.isArray(value) ? value.length : typeof value === 'object' && value !== null ? Object.keys(value).length : 0;

const rowsUnder = (key: string) =>
  z.looseObject({ [key]: z.array(z.unknown()), total: listTotal, next_token: nextOffset });
type RowsSchema = ReturnType<typeof rowsUnder>;

/** Each row of a list that comes in pages, the odd ones too. @param isTheirs the server's own filters match parts of IDs */
async function everyRow(
  hs: Homeserver,
  list: { path: Path; schema: RowsSchema; key: string; query: Record<string, string> },
  isTheirs: (row: Json) => boolean,
  signal: AbortSignal,
): Promise<UserData> {
  const { key, schema } = list;
  const rows: unknown[] = [];
  let read = 0;
  let total = Number.NaN;
  await everyPage(
    async (from) => {
      const query = { ...list.query, from, limit: PAGE };
      const answer: Json = await request(hs, { path: list.path, query, schema, signal });
      total = answer['total'] as number;
      return { held: answer[key] as unknown[], next: answer['next_token'] as number | undefined };
    },
    ({ held }) => {
      read += held.length;
      rows.push(...held.filter((row) => isTheirs(row as Json)));
      return held.length;
    },
  );
  const lacks = read < total ? withValues(SHORT, { total, count: read }) : undefined;
  return { data: rows, count: rows.length, ...(lacks && { lacks }) };
}

const all = () => true;

/** The parts, by the name of the file that each becomes. */
export const USER_DATA = {
  account: async (hs: Homeserver, userId: string, signal: AbortSignal): Promise<UserData> => {
    const data = await whole(
      hs,
      { path: path`/_synapse/admin/v2/users/${userId}`, schema: anything, names: 'name' },
      userId,
      signal,
    );
    return { data, count: null };
  },
  profile: async (hs: Homeserver, userId: string, signal: AbortSignal): Promise<UserData> => {
    const at = path`/_matrix/client/${clientRelease(hs)}/profile/${userId}`;
    return { data: await whole(hs, { path: at, schema: anything }, userId, signal), count: null };
  },
  rooms: (hs: Homeserver, userId: string, signal: AbortSignal): Promise<UserData> =>
    orOlder<UserData>(
      hs,
      'memberships',
      async () => {
        const at = path`/_synapse/admin/v1/users/${userId}/memberships`;
        const data = await whole(hs, { path: at, schema: anything, feature: 'memberships' }, userId, signal);
        return { data, count: sizeOf(data['memberships']) };
      },
      async () => {
        const data = await whole(
          hs,
          { path: path`/_synapse/admin/v1/users/${userId}/joined_rooms`, schema: anything },
          userId,
          signal,
        );
        return { data, count: sizeOf(data['joined_rooms']), lacks: ONLY_JOINED };
      },
    ),
  sessions: async (hs: Homeserver, userId: string, signal: AbortSignal): Promise<UserData> => {
    const data = await whole(
      hs,
      { path: path`/_synapse/admin/v2/users/${userId}/devices`, schema: anything },
      userId,
      signal,
    );
    return { data, count: sizeOf(data['devices']) };
  },
  'ip-addresses': async (hs: Homeserver, userId: string, signal: AbortSignal): Promise<UserData> => {
    const data = await whole(
      hs,
      { path: path`/_synapse/admin/v1/whois/${userId}`, schema: anything, names: 'user_id' },
      userId,
      signal,
    );
    return { data, count: connectionsIn(data) };
  },
  pushers: async (hs: Homeserver, userId: string, signal: AbortSignal): Promise<UserData> => {
    const data = await whole(
      hs,
      { path: path`/_synapse/admin/v1/users/${userId}/pushers`, schema: anything },
      userId,
      signal,
    );
    return { data, count: sizeOf(data['pushers']) };
  },
  'account-data': async (hs: Homeserver, userId: string, signal: AbortSignal): Promise<UserData> => {
    const at = path`/_synapse/admin/v1/users/${userId}/accountdata`;
    const data = await whole(hs, { path: at, schema: anything, feature: 'account-data' }, userId, signal);
    const { global, rooms } = (data['account_data'] ?? {}) as { global?: unknown; rooms?: Json };
    return {
      data,
      count: sizeOf(global) + Object.values(rooms ?? {}).reduce<number>((sum, of) => sum + sizeOf(of), 0),
    };
  },
  media: (hs: Homeserver, userId: string, signal: AbortSignal): Promise<UserData> =>
    everyRow(
      hs,
      // The oldest first: what is uploaded while it is read comes last.
      {
        path: path`/_synapse/admin/v1/users/${userId}/media`,
        key: 'media',
        schema: rowsUnder('media'),
        query: { order_by: 'created_ts', dir: 'f' },
      },
      all,
      signal,
    ),
  'reports-by-user': (hs: Homeserver, userId: string, signal: AbortSignal): Promise<UserData> =>
    bothReports(hs, { user_id: userId }, { user_id: userId }, ({ user_id: by }) => by === userId, signal),
  'reports-about-user': (hs: Homeserver, userId: string, signal: AbortSignal): Promise<UserData> =>
    bothReports(
      hs,
      { event_sender_user_id: userId },
      { target_user_id: userId },
      ({ sender, target_user_id: target }) => sender === userId || target === userId,
      signal,
    ),
} as const;

export type DataPart = keyof typeof USER_DATA;

const ONLY_JOINED = /*i18n*/ {
  id: 'user-data.only-joined',
  message: 'Only the rooms that the user is in: this Synapse doesn’t list invitations, bans and rooms that were left.',
};

function connectionsIn(answer: Json): number {
  const parsed = z.safeParse(
    z.looseObject({
      devices: z.record(
        z.string(),
        z.looseObject({ sessions: z.array(z.looseObject({ connections: z.array(z.unknown()) })) }),
      ),
    }),
    answer,
  );
  if (!parsed.success) return 0;
  const sessions = Object.values(parsed.data.devices).flatMap((device) => device.sessions);
  return sessions.reduce((sum, { connections }) => sum + connections.length, 0);
}

/** Reports of messages, and, where this Synapse has them, of users. */
async function bothReports(
  hs: Homeserver,
  ofEvents: Record<string, string>,
  ofUsers: Record<string, string>,
  isTheirs: (row: Json) => boolean,
  signal: AbortSignal,
): Promise<UserData> {
  const events = await everyRow(
    hs,
    {
      path: path`/_synapse/admin/v1/event_reports`,
      key: 'event_reports',
      schema: rowsUnder('event_reports'),
      query: { ...ofEvents, dir: 'f' },
    },
    isTheirs,
    signal,
  );
  const list = {
    path: path`/_synapse/admin/v1/user_reports`,
    key: 'user_reports',
    schema: rowsUnder('user_reports'),
    query: { ...ofUsers, dir: 'f' },
  };
  const users = await everyRow(hs, list, isTheirs, signal).catch((error: unknown): UserData => {
    if (error instanceof HomeserverError && error.endpointAbsent) return { data: [], count: 0, lacks: NO_USER_REPORTS };
    throw error;
  });
  const lacks = events.lacks ?? users.lacks;
  return {
    data: { event_reports: events.data, user_reports: users.data },
    count: (events.count ?? 0) + (users.count ?? 0),
    ...(lacks && { lacks }),
  };
}

const NO_USER_REPORTS = /*i18n*/ {
  id: 'user-data.no-user-reports',
  message: 'Only reports of messages: this Synapse has no list of reported users (it came with 1.152).',
};

const CUT_SHORT = /*i18n*/ {
  id: 'user-data.cut-short',
  message: 'Only {got, number} of its {size, number} bytes came.',
} as const;
const isPage = (type: string): boolean => /^text\/html\b/i.test(type);
/** As large as files get, over a slow line. */
const FILE_TIMEOUT_MS = 1_800_000;

/**
 * The whole file. Counts as opening it. @throws HomeserverError, or TextError where it is not whole
 * @param size in bytes, as the list of files has it; null: unknown
 */
export async function downloadFile(
  hs: Homeserver,
  {
    serverName,
    mediaId,
    type,
    size,
  }: { serverName: string; mediaId: string; type: string | null; size: number | null },
  signal?: AbortSignal,
): Promise<Blob> {
  const file = await requestBlob(
    hs,
    { path: mediaPath(hs, 'download', serverName, mediaId), signal, timeoutMs: FILE_TIMEOUT_MS },
    // Something in front of the homeserver answers with a page.
    (said) => !isPage(said) || isPage(type ?? ''),
  );
  if (size !== null && file.size < size) throw new TextError(withValues(CUT_SHORT, { got: file.size, size }));
  return file;
}
