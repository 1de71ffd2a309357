import { listMasClients, type MasClient, type MasClientFilter } from '~/api/mas/clients';
import { listMasEmails, type MasEmail } from '~/api/mas/emails';
import { listPersonalSessions, type PersonalSession } from '~/api/mas/personal-sessions';
import { everyMas } from '~/api/mas/paging';
import { readNow } from '~/api/mas/resource';
import {
  listUpstreamLinks,
  listUpstreamProviders,
  type UpstreamLink,
  type UpstreamLinkFilter,
  type UpstreamProvider,
} from '~/api/mas/upstream';
import { lookAtMasUserNamed } from '~/api/mas/users';
import { latestPolicyData } from '~/api/mas/policy-data';
import type { Homeserver } from '~/api/request';
import { queryOptions } from '@tanstack/react-query';
import { accountNames } from './mas-names';
import { newestOf, newestPage, type NewestOf } from './mas-newest';
import { TextError } from '~/lib/text-error';
import { withValues } from '~/lib/text';
import type { Session } from './session';

/** Personal access tokens, email addresses, upstream links and OAuth clients of MAS, newest first. */

type Where = Pick<Session, 'homeserver' | 'serverName'>;
type WithUser<Row> = Row & {
  /** '' where nobody has it, or MAS does not know the account any more. */ readonly userId: string;
};

/**
 * The name at MAS by a user ID, or by its part before the colon.
 * @throws TextError: of another homeserver, whose users this MAS does not know. One here may have the same name
 */
export function masNameFrom(text: string, serverName: string): string {
  const [, name, server] = /^@([^:]*):?(.*)$/.exec(text) ?? [];
  if (name === undefined) return text;
  if (server !== undefined && server !== '' && server !== serverName)
    throw new TextError(withValues(NOT_HERE, { userId: text, serverName }));
  return name;
}

const NOT_HERE = /*i18n*/ {
  id: 'mas.not-here',
  message: '{userId} is not a user of {serverName}.',
} as const;

/** @throws HomeserverError: 404 where MAS has no such account. @throws TextError */
export const accountIdAtMas = async (
  { homeserver, serverName }: Where,
  user: string,
  signal: AbortSignal,
): Promise<string | undefined> =>
  user === '' ? undefined : (await readNow(homeserver, lookAtMasUserNamed(masNameFrom(user, serverName)), signal)).id;

async function withUsers<Row>(
  { homeserver, serverName }: Where,
  rows: readonly Row[],
  idOf: (row: Row) => string | null | undefined,
  signal: AbortSignal,
): Promise<WithUser<Row>[]> {
  const ids = rows.map(idOf).filter((id) => id != null);
  const names = await accountNames(homeserver, ids, signal);
  return rows.map((row) => {
    const username = names.get(idOf(row) ?? '');
    return Object.assign({}, row, { userId: username === undefined ? '' : `@${username}:${serverName}` });
  });
}

export type MasToken = WithUser<PersonalSession> & { readonly owner: string };

/** @param user whom they act as; '': all */
export async function personalTokens(
  where: Where,
  { user, status }: { user: string; status: 'active' | 'finished' | 'any' },
  { before, signal }: { before: string | null; signal: AbortSignal },
): Promise<NewestOf<MasToken>> {
  const { homeserver: hs, serverName } = where;
  const actor = await accountIdAtMas(where, user, signal);
  const wanted = { active: 'active', finished: 'revoked', any: undefined } as const;
  const page = await listPersonalSessions(hs, { actor, status: wanted[status] }, newestPage(before), signal);
  const rows = await withUsers(where, page.rows.rows, ({ actor_user_id }) => actor_user_id, signal);
  const owners = await accountNames(
    hs,
    rows.flatMap(({ owner_user_id }) => owner_user_id ?? []),
    signal,
  );
  return newestOf(
    page,
    rows.map((row) => {
      const owner = owners.get(row.owner_user_id ?? '');
      return Object.assign({}, row, { owner: owner === undefined ? '' : `@${owner}:${serverName}` });
    }),
  );
}

/** @param filter.address whole; '': all */
export async function masEmails(
  where: Where,
  filter: { user: string; address: string },
  { before, signal }: { before: string | null; signal: AbortSignal },
): Promise<NewestOf<WithUser<MasEmail>>> {
  const { homeserver: hs } = where;
  const user = await accountIdAtMas(where, filter.user, signal);
  const email = filter.address === '' ? undefined : filter.address;
  const page = await listMasEmails(hs, { user, email }, newestPage(before), signal);
  return newestOf(page, await withUsers(where, page.rows.rows, ({ user_id }) => user_id, signal));
}
export type MasAddress = WithUser<MasEmail>;

export type MasLink = WithUser<UpstreamLink>;

export async function upstreamLinks(
  where: Where,
  { user, ...filter }: { user: string } & Omit<UpstreamLinkFilter, 'user'>,
  { before, signal }: { before: string | null; signal: AbortSignal },
): Promise<NewestOf<MasLink>> {
  const { homeserver: hs } = where;
  const account = await accountIdAtMas(where, user, signal);
  const page = await listUpstreamLinks(hs, { ...filter, user: account }, newestPage(before), signal);
  return newestOf(page, await withUsers(where, page.rows.rows, ({ user_id }) => user_id, signal));
}

/** All of one provider, oldest first. No row may be odd: a link that can't be read might be the one. */
export async function allLinksOf(where: Where, provider: string, signal: AbortSignal) {
  const rows: UpstreamLink[] = [];
  let odd = 0;
  for await (const part of everyMas((page) => listUpstreamLinks(where.homeserver, { provider }, page, signal), 500)) {
    rows.push(...part.rows);
    odd += part.odd.length;
  }
  return { rows: await withUsers(where, rows, ({ user_id }) => user_id, signal), odd };
}

export const masThings = {
  providers: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'mas', 'providers'],
      queryFn: async ({ signal }) => {
        const rows: UpstreamProvider[] = [];
        for await (const part of everyMas((page) => listUpstreamProviders(hs, {}, page, signal)))
          rows.push(...part.rows);
        return rows;
      },
      staleTime: 60_000,
    }),
  policy: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'mas', 'policy-data'],
      queryFn: ({ signal }) => latestPolicyData(hs, signal),
    }),
} as const;

export async function masClients(
  hs: Homeserver,
  filter: MasClientFilter,
  { before, signal }: { before: string | null; signal: AbortSignal },
): Promise<NewestOf<MasClient>> {
  const page = await listMasClients(hs, filter, newestPage(before), signal);
  return newestOf(page, page.rows.rows);
}

/** What people call a provider; otherwise where it is. */
export const providerName = ({ human_name, issuer, id }: UpstreamProvider): string => human_name ?? issuer ?? id;
