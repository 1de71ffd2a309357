import * as z from 'zod/mini';
import type { Ask } from '~/api/ask';
import { path, type Path } from '~/api/request';
import { emailSchema, type MasEmail } from './emails';
import { masQuery, type MasFilter, type MasPaging } from './paging';
import { tokenSchema, type MasRegistrationToken } from './registration-tokens';
import { plain, wrapped, type Plain, type Wrapped } from './resource';
import { linkSchema, type UpstreamLink } from './upstream';

/** Look-ups in lists, as data: what an action finds by something else than an ID. No row may be odd: it could be the one. */

interface Found<Row> {
  readonly rows: readonly Row[];
  /** Behind which the next page begins; null: this is the last. */
  readonly next: string | null;
}

function findAsk<Schema extends z.core.$ZodType>(
  at: Path,
  attributes: Schema,
  filter: MasFilter,
  page: MasPaging,
): Ask<Found<Plain<Schema>>> {
  const schema = z.object({
    data: z.array(wrapped(attributes)),
    links: z.object({ next: z.nullish(z.string()) }),
  });
  return {
    request: { api: 'mas', path: at, query: masQuery(filter, { ...page, count: false }), schema },
    read(body) {
      const { data, links } = body as { data: readonly Wrapped<unknown>[]; links: { next?: string | null } };
      return {
        rows: data.map((one) => plain<Schema>(one)),
        next: links.next == null ? null : (data.at(-1)?.id ?? null),
      };
    },
  };
}

/** `GET /user-emails?filter[email]`: one at most. An older MAS that ignored the filter would answer with others. */
export const findMasEmail = (address: string): Ask<MasEmail | null> => {
  const { request, read } = findAsk(path`/api/admin/v1/user-emails`, emailSchema, { email: address }, { first: 10 });
  const wanted = address.toLowerCase();
  return {
    request,
    read: (body, status) => read(body, status).rows.find(({ email }) => email.toLowerCase() === wanted) ?? null,
  };
};

/** `GET /upstream-oauth-links?filter[provider]&filter[subject]`: one at most. 404: no such provider. */
export const findUpstreamLink = (providerId: string, subject: string): Ask<UpstreamLink | null> => {
  const filter = { provider: providerId, subject };
  const { request, read } = findAsk(path`/api/admin/v1/upstream-oauth-links`, linkSchema, filter, { first: 10 });
  return {
    request,
    read: (body, status) =>
      read(body, status).rows.find((one) => one.provider_id === providerId && one.subject === subject) ?? null,
  };
};

/** A page of all registration tokens: MAS finds none by its text. */
export const pageOfMasTokens = (after: string | null): Ask<Found<MasRegistrationToken>> =>
  findAsk(
    path`/api/admin/v1/user-registration-tokens`,
    tokenSchema,
    {},
    { first: 1000, ...(after !== null && { after }) },
  );
