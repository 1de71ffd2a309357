import * as z from 'zod/mini';
import { changeOfAsk, Handed, tellAsk, type Ask, type Told } from './ask';
import { path, type Path } from './request';
import { invariant } from '~/lib/invariant';
import { moment } from '~/lib/dates';
import { withValues } from '~/lib/text';

/**
 * Accounts in Matrix Authentication Service (MAS), as data: what actions look at and send (`crates/handlers/src/admin/v1/users`). MAS
 * knows an account by the part of its ID before the colon, and its requests name it by an ID of its own (a ULID).
 */

const time = z.nullable(z.string());

const oneSchema = z.object({
  type: z.literal('user'),
  id: z.string(),
  attributes: z.object({
    username: z.string(),
    created_at: z.string(),
    locked_at: time,
    /** Missing before MAS 0.17. */
    deactivated_at: z.optional(time),
    admin: z.boolean(),
    /** Missing before MAS 1.3. */
    legacy_guest: z.optional(z.boolean()),
  }),
});
const accountSchema = z.object({ data: oneSchema });
export type MasAccount = z.output<typeof accountSchema>;

const USERNAME = ['data', 'attributes', 'username'];

/** The part that MAS knows: `anna` of `@anna:example.org`. Historical ones may hold `/` and the like. */
export const masNameOf = (userId: string): string => userId.slice(1, userId.indexOf(':'));

const named = (userId: string) => ({ at: USERNAME, is: masNameOf(userId) });

/** What tells an account from another one of its name is what its requests name. */
export function masIdOf(identity: unknown): string {
  invariant(typeof identity === 'string', 'the account was looked at in MAS');
  return identity;
}

/** `GET /users/by-username/{name}`. 404 for a bridge's ghost, and for what was made on Synapse alone. */
export function lookAtMasAccount(userId: string): Ask<MasAccount> {
  const at = path`/api/admin/v1/users/by-username/${masNameOf(userId)}`;
  const { request, about, read } = accountAsk(userId, { path: at });
  return { request, read, ...(about && { about }) };
}

const listSchema = z.object({
  data: z.array(oneSchema),
  links: z.optional(z.object({ next: z.nullish(z.string()) })),
});

/** So many are looked at on Synapse, too. */
const PAGE = 50;

/** `GET /users`: all that MAS knows, oldest first. `next`: behind which one the next page begins. */
export const listMasAccounts = (
  after: string | null,
): Ask<{ accounts: readonly MasAccount['data'][]; next: string | null }> => ({
  request: {
    api: 'mas',
    path: path`/api/admin/v1/users`,
    query: { 'page[first]': PAGE, 'page[after]': after ?? undefined, count: false },
    schema: listSchema,
  },
  read(body) {
    const { data, links } = body as z.output<typeof listSchema>;
    return { accounts: data, next: links?.next == null ? null : (data.at(-1)?.id ?? null) };
  },
});

function accountAsk(userId: string, request: { path: Path; method?: 'POST'; body?: unknown }): Ask<MasAccount> {
  return changeOfAsk({ api: 'mas', ...request, schema: accountSchema }, named(userId), (account) => account);
}

const actOn = (userId: string, at: Path, body?: unknown): Ask<MasAccount> =>
  accountAsk(userId, { method: 'POST', path: at, ...(body !== undefined && { body }) });

/** `POST /users/{id}/lock` and `unlock`: done twice is done once. A job tells Synapse (MAS 1.14). */
export const lockMasAccount = (userId: string, id: string, locked: boolean): Ask<MasAccount> =>
  actOn(userId, locked ? path`/api/admin/v1/users/${id}/lock` : path`/api/admin/v1/users/${id}/unlock`);

/**
 * `POST /users/{id}/deactivate`. Without a body MAS erases: what is not asked for is refused in words. Before MAS 0.20 it always
 * erases, so the caller makes sure of the version.
 */
export const deactivateMasAccount = (userId: string, id: string, erase: boolean): Ask<MasAccount> =>
  actOn(userId, path`/api/admin/v1/users/${id}/deactivate`, { skip_erase: !erase });

/** `POST /users/{id}/reactivate` (MAS 0.20): Synapse is told before the answer. */
export const reactivateMasAccount = (userId: string, id: string): Ask<MasAccount> =>
  actOn(userId, path`/api/admin/v1/users/${id}/reactivate`);

/** `POST /users/{id}/set-admin`: who may ask for admin rights at the next sign-in. */
export const setMasAdmin = (userId: string, id: string, admin: boolean): Ask<MasAccount> =>
  actOn(userId, path`/api/admin/v1/users/${id}/set-admin`, { admin });

/**
 * `POST /users`: 201. Made on Synapse too, before the answer. 409 where the name is taken, or reserved on the homeserver; 400 where it
 * is no name.
 */
export const createMasAccount = (userId: string): Ask<MasAccount> =>
  actOn(userId, path`/api/admin/v1/users`, { username: masNameOf(userId) });

const emailSchema = z.object({ data: z.object({ attributes: z.object({ email: z.string() }) }) });

/** `POST /user-emails` (MAS 0.15): counts as verified, no mail is sent. 409 where anyone has it. */
export const addMasEmail = (id: string, email: string): Ask<null> => ({
  request: {
    api: 'mas',
    method: 'POST',
    path: path`/api/admin/v1/user-emails`,
    body: { user_id: id, email },
    schema: emailSchema,
  },
  read: () => null,
});

/** `POST /users/{id}/set-password`: 204. 400 “Password is too weak”, 403 where passwords are off. Ends no session. */
export const setMasPassword = (id: string, password: string): Ask<null> => ({
  request: {
    api: 'mas',
    method: 'POST',
    path: path`/api/admin/v1/users/${id}/set-password`,
    body: { password },
    secret: password,
    // 204, and nothing else: whatever else comes is not MAS’s.
    schema: z.null(),
  },
  read: () => null,
});

const personalSchema = z.object({
  data: z.object({ id: z.string(), attributes: z.object({ access_token: z.string(), expires_at: z.optional(time) }) }),
});

const WORKS_UNTIL = /*i18n*/ { id: 'mas.token-until', message: 'The token works until {time}.' } as const;

/** `POST /personal-sessions` (MAS 1.5): a token of somebody’s, shown once. Who may mint it is not asked. */
export const signInAsMasAccount = (
  id: string,
  { name, scope, seconds }: { name: string; scope: string; seconds: number },
): Ask<Told> =>
  tellAsk(
    {
      api: 'mas',
      method: 'POST',
      path: path`/api/admin/v1/personal-sessions`,
      body: { actor_user_id: id, human_name: name, scope, expires_in: seconds },
      schema: personalSchema,
      handsOut: true,
    },
    ({ data }) => {
      const { access_token: token, expires_at: until } = data.attributes;
      return new Handed(
        withValues(WORKS_UNTIL, { time: moment(until ? Date.parse(until) : Date.now() + seconds * 1000) }),
        token,
      );
    },
  );
