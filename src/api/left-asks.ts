import * as z from 'zod/mini';
import { lookAsk, Mishap, type Ask } from './ask';
import { path } from './request';
import { nextOffset, rowsOf, type Rows } from './rows';

/** What a user left on the homeserver, page by page, as data: messages in a room, files. Only reads. */

const PAGE = 500;

const ODD = /*i18n*/ {
  id: 'api.odd-list',
  message: 'The homeserver’s list has a row that Glia can’t read, so it is not known what belongs to this user.',
};

/** A list to act by has to be whole. */
function whole<Row>({ rows, odd }: Rows<Row>): readonly Row[] {
  if (odd.length > 0) throw new Mishap(ODD);
  return rows;
}

const writtenSchema = z.object({
  chunk: rowsOf(
    z.object({
      event_id: z.string(),
      type: z.string(),
      origin_server_ts: z.nullish(z.number()),
      content: z.record(z.string(), z.unknown()),
      unsigned: z.nullish(z.object({ redacted_because: z.optional(z.unknown()) })),
    }),
  ),
  end: z.nullish(z.string()),
});

export interface Written {
  readonly id: string;
  readonly isRedacted: boolean;
}

export interface WrittenPage {
  readonly events: readonly Written[];
  readonly end: string | undefined;
}

/**
 * `GET /v1/rooms/{id}/messages` (1.68), newest first: what a redaction of everything takes of this user (`handlers/admin.py:466-487`),
 * and whether it did.
 */
export function lookAtWritten(roomId: string, userId: string, from?: string): Ask<WrittenPage> {
  const one = lookAsk(path`/_synapse/admin/v1/rooms/${roomId}/messages`, writtenSchema, undefined, 'room-messages');
  const filter = { senders: [userId], types: ['m.room.message', 'm.room.encrypted', 'm.room.member'] };
  return {
    request: { ...one.request, query: { dir: 'b', limit: PAGE, from, filter: JSON.stringify(filter) } },
    read(body, status) {
      const { chunk, end } = one.read(body, status);
      const events = whole(chunk).flatMap(({ event_id: id, type, content, unsigned }): Written[] => {
        const isEmpty = Object.keys(content).length === 0;
        const isRedacted = unsigned?.redacted_because !== undefined || isEmpty;
        // Of memberships only joins are redacted.
        return type === 'm.room.member' && !isEmpty && content['membership'] !== 'join' ? [] : [{ id, isRedacted }];
      });
      return { events, end: end ?? undefined };
    },
  };
}

const filesSchema = z.object({
  media: rowsOf(
    z.object({
      media_id: z.string(),
      media_length: z.nullish(z.number()),
      url_cache: z.nullish(z.string()),
      quarantined_by: z.nullish(z.string()),
      safe_from_quarantine: z.nullish(z.union([z.boolean(), z.number()])),
    }),
  ),
  next_token: nextOffset,
});

export interface OwnFile {
  readonly mxc: string;
  readonly bytes: number;
  readonly isQuarantined: boolean;
  readonly isProtected: boolean;
}

/** `GET /v1/users/{id}/media`: the files that a local user uploaded. Link previews are not among them: Synapse deletes those itself. */
export function lookAtFiles(userId: string, serverName: string, from: number): Ask<FilesPage> {
  const one = lookAsk(path`/_synapse/admin/v1/users/${userId}/media`, filesSchema);
  return {
    request: { ...one.request, query: { from, limit: PAGE, order_by: 'created_ts', dir: 'f' } },
    read(body, status) {
      const { media, next_token: next } = one.read(body, status);
      const rows = whole(media);
      const files = rows.flatMap((row): OwnFile[] =>
        row.url_cache == null
          ? [
              {
                mxc: `mxc://${serverName}/${row.media_id}`,
                bytes: row.media_length ?? 0,
                isQuarantined: row.quarantined_by != null,
                isProtected: Boolean(row.safe_from_quarantine),
              },
            ]
          : [],
      );
      return { files, held: rows.length, next };
    },
  };
}

export interface FilesPage {
  readonly files: readonly OwnFile[];
  /** Rows of the page, with those that are no files of the user. */
  readonly held: number;
  readonly next: number | undefined;
}

const reportsSchema = z.object({
  event_reports: rowsOf(z.object({ sender: z.nullish(z.string()) })),
  next_token: nextOffset,
});

export interface ReportsPage {
  /** Whose events were reported. */
  readonly senders: readonly string[];
  readonly held: number;
  readonly next: number | undefined;
}

/** `GET /v1/event_reports`: who was reported, the newest first. */
export function lookAtReported(from: number): Ask<ReportsPage> {
  const one = lookAsk(path`/_synapse/admin/v1/event_reports`, reportsSchema);
  return {
    request: { ...one.request, query: { from, limit: PAGE, dir: 'b' } },
    read(body, status) {
      const { event_reports: reports, next_token: next } = one.read(body, status);
      const senders = reports.rows.flatMap(({ sender }) => sender ?? []);
      return { senders, held: reports.rows.length + reports.odd.length, next };
    },
  };
}

const membersSchema = z.object({ members: z.array(z.string()) });

/** `GET /v1/rooms/{id}/members` (1.18): who is in it. 404 for an unknown room. */
export function lookAtMembers(roomId: string): Ask<readonly string[]> {
  const one = lookAsk(path`/_synapse/admin/v1/rooms/${roomId}/members`, membersSchema);
  return {
    request: { ...one.request, timeoutMs: 300_000 },
    read: (body, status) => one.read(body, status).members,
  };
}
