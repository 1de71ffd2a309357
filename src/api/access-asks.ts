import * as z from 'zod/mini';
import { changeAsk, Handed, lookAsk, tellAsk, Told, type Ask } from './ask';
import { clientRelease } from './older-path';
import { path, type RequestSpec } from './request';
import type { StateEvent } from './rooms';
import { rowsOf } from './rows';
import { moment } from '~/lib/dates';
import { withValues } from '~/lib/text';

/** Signing in as somebody, notices to users, and all files of a user, as data. */

const tokenSchema = z.object({ access_token: z.string() });

/**
 * `POST /v1/users/{id}/login` (1.24). It makes no session; the token ends with the admin's own `logout/all`. Absent under MAS.
 * @param until epoch ms
 */
export const loginAs = (userId: string, until: number): Ask<Told> =>
  tellAsk(
    {
      method: 'POST',
      path: path`/_synapse/admin/v1/users/${userId}/login`,
      body: { valid_until_ms: until },
      schema: tokenSchema,
      handsOut: true,
    },
    ({ access_token: token }) => new Handed(withValues(WORKS_UNTIL, { time: moment(until) }), token),
  );
const WORKS_UNTIL = /*i18n*/ { id: 'api.token-until', message: 'The token works until {time}.' } as const;

/** `POST /logout` with another token than the admin's: that one ends. */
export const endToken = (token: string, server: { readonly version: string }): Ask<null> => {
  const one = changeAsk(
    { method: 'POST', path: path`/_matrix/client/${clientRelease(server)}/logout`, body: {} },
    { exactly: {} },
  );
  return { ...one, request: { ...one.request, secret: token } };
};

const eventSchema = z.object({ event_id: z.string() });

/** What a notice says: plain text, and the same as HTML for clients that show that. */
export interface NoticeText {
  readonly text: string;
  readonly html?: string;
}

/**
 * `PUT /v1/send_server_notice/{txn}`: sent once for each transaction ID and session, for the 30 to 60 minutes that the main process
 * remembers it. 400 where the configuration has no notices.
 */
export const sendServerNotice = (userId: string, txnId: string, notice: NoticeText): Ask<Told> =>
  noticeAsk({
    method: 'PUT',
    path: path`/_synapse/admin/v1/send_server_notice/${txnId}`,
    body: { user_id: userId, content: contentOf(notice) },
    schema: eventSchema,
  });

/**
 * `POST /v1/send_server_notice`: sent each time. Behind MAS a token may have no device, and Synapse then fails on a transaction
 * (500, `rest/client/transactions.py:91-101`).
 */
export const postServerNotice = (userId: string, notice: NoticeText): Ask<Told> =>
  noticeAsk({
    method: 'POST',
    path: path`/_synapse/admin/v1/send_server_notice`,
    body: { user_id: userId, content: contentOf(notice) },
    schema: eventSchema,
  });

const noticeAsk = (request: RequestSpec<typeof eventSchema>): Ask<Told> =>
  tellAsk(request, ({ event_id: eventId }) => new Told(withValues(SENT, { eventId })));
const contentOf = ({ text: body, html }: NoticeText) => ({
  msgtype: 'm.text',
  body,
  ...(html !== undefined && { format: 'org.matrix.custom.html', formatted_body: html }),
});
const SENT = /*i18n*/ { id: 'api.notice-sent', message: 'Sent as {eventId}.' } as const;

const quarantinedSchema = z.object({ num_quarantined: z.number() });

/** `POST /v1/user/{id}/media/quarantine`: all local files of a user but protected ones, and others with the same content. */
export const quarantineUserMedia = (userId: string): Ask<Told> =>
  tellAsk(
    { method: 'POST', path: path`/_synapse/admin/v1/user/${userId}/media/quarantine`, schema: quarantinedSchema },
    ({ num_quarantined: count }) => new Told(withValues(QUARANTINED, { count })),
  );

/** `POST /v1/room/{id}/media/quarantine`: all files that unencrypted messages of a room name, and others with the same content. */
export const quarantineRoomMedia = (roomId: string): Ask<Told> =>
  tellAsk(
    { method: 'POST', path: path`/_synapse/admin/v1/room/${roomId}/media/quarantine`, schema: quarantinedSchema },
    ({ num_quarantined: count }) => new Told(withValues(QUARANTINED, { count })),
  );
const QUARANTINED = /*i18n*/ {
  id: 'api.quarantined',
  message:
    '{count, plural, =0 {No file was quarantined: there is none, or all were quarantined or protected already.} one {# file was quarantined.} other {# files were quarantined.}}',
} as const;

const eventsSchema = z.object({
  state: rowsOf(
    z.object({
      type: z.string(),
      state_key: z.string(),
      sender: z.string(),
      content: z.record(z.string(), z.unknown()),
    }),
  ),
});

/** `GET /v1/rooms/{id}/state?type=` (1.123): the events of one type. */
export const lookAtState = (roomId: string, type: string): Ask<StateEvent[]> => {
  const one = lookAsk(path`/_synapse/admin/v1/rooms/${roomId}/state`, eventsSchema);
  return {
    request: { ...one.request, query: { type } },
    read: (body, status) => one.read(body, status).state.rows.filter((event) => event.type === type),
  };
};

const mediaTotalSchema = z.object({ total: z.number() });

/** `GET /v1/users/{id}/media`, for how many there are. */
export const lookAtMediaTotal = (userId: string): Ask<number> => {
  const one = lookAsk(path`/_synapse/admin/v1/users/${userId}/media`, mediaTotalSchema);
  return {
    request: { ...one.request, query: { limit: 1 } },
    read: (body, status) => one.read(body, status).total,
  };
};
