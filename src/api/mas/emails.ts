import * as z from 'zod/mini';
import type { Ask, NOT_THERE } from '~/api/ask';
import { path, type Homeserver } from '~/api/request';
import { listMas, type MasPage, type MasPaging } from './paging';
import { removalAsk, thingAsk } from './resource';

/** Emails of accounts (`admin/v1/user_emails`). A job replaces all of the user's on Synapse by what MAS has. */

export const emailSchema = z.object({ created_at: z.string(), user_id: z.string(), email: z.string() });
export type MasEmail = { readonly id: string } & z.output<typeof emailSchema>;

export interface MasEmailFilter {
  /** 404 where there is no such account. */
  user?: string | undefined;
  /** The whole address, in any case. */
  email?: string | undefined;
}

/** 0.14 */
export const listMasEmails = (
  hs: Homeserver,
  { user, email }: MasEmailFilter = {},
  page?: MasPaging,
  signal?: AbortSignal,
): Promise<MasPage<MasEmail>> =>
  listMas(
    hs,
    { path: path`/api/admin/v1/user-emails`, attributes: emailSchema, filter: { user, email }, page },
    signal,
  );

export const lookAtMasEmail = (id: string): Ask<MasEmail> =>
  thingAsk(path`/api/admin/v1/user-emails/${id}`, emailSchema, id);

/** 0.15. It counts as verified, and no mail is sent. 409: someone has it. */
export const addMasEmail = (userId: string, email: string): Ask<MasEmail> =>
  thingAsk(
    path`/api/admin/v1/user-emails`,
    emailSchema,
    { at: ['data', 'attributes', 'email'], is: email },
    { method: 'POST', body: { user_id: userId, email } },
  );

/** 0.15 */
export const deleteMasEmail = (id: string): Ask<typeof NOT_THERE> => removalAsk(path`/api/admin/v1/user-emails/${id}`);
