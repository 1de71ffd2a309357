import * as z from 'zod/mini';
import type { Ask } from './ask';
import { lookAtPersonalSession, revokePersonalSession } from './mas/personal-sessions';
import {
  deviceInScope,
  finishBrowserSession,
  finishCompatSession,
  finishOAuthSession,
  lookAtBrowserSession,
  lookAtCompatSession,
  lookAtOAuthSession,
} from './mas/sessions';
import { path, type Path } from './request';

/** What signs an account of MAS in: active sessions of four kinds, as data. Ended ones stay in MAS’s lists for 30 days. */

export const SESSION_KINDS = ['oauth2', 'compat', 'user', 'personal'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export interface MasSession {
  readonly kind: SessionKind;
  readonly id: string;
  /** The Matrix device that it holds, if any. */
  readonly device: string | null;
  readonly scope: readonly string[];
  /** What people call it. */
  readonly name: string | null;
  /** RFC 3339; null: not known. */
  readonly lastActive: string | null;
}

const sessionsSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      attributes: z.object({
        scope: z.optional(z.string()),
        device_id: z.nullish(z.string()),
        human_name: z.nullish(z.string()),
        last_active_at: z.nullish(z.string()),
        finished_at: z.nullish(z.string()),
        revoked_at: z.nullish(z.string()),
      }),
    }),
  ),
  links: z.optional(z.object({ next: z.nullish(z.string()) })),
});

export interface SessionsPage {
  readonly sessions: readonly MasSession[];
  /** Where the next page begins; null: this is the last. */
  readonly next: string | null;
}

const PATHS = {
  oauth2: path`/api/admin/v1/oauth2-sessions`,
  compat: path`/api/admin/v1/compat-sessions`,
  user: path`/api/admin/v1/user-sessions`,
  personal: path`/api/admin/v1/personal-sessions`,
} as const satisfies Record<SessionKind, Path>;

const PAGE = 500;

/** A page of the sessions of one account that are active. An older MAS ignores a filter that it does not know: so they are looked through. */
export function lookAtSessions(kind: SessionKind, userId: string, after: string | null = null): Ask<SessionsPage> {
  const filter = kind === 'personal' ? 'filter[actor_user]' : 'filter[user]';
  return {
    request: {
      api: 'mas',
      path: PATHS[kind],
      query: {
        [filter]: userId,
        'filter[status]': 'active',
        'page[first]': PAGE,
        'page[after]': after ?? undefined,
        count: false,
      },
      schema: sessionsSchema,
    },
    read(body) {
      const { data, links } = body as z.output<typeof sessionsSchema>;
      return {
        sessions: data
          .filter(({ attributes: { finished_at, revoked_at } }) => finished_at == null && revoked_at == null)
          .map(({ id, attributes }) => sessionOf(kind, id, attributes)),
        next: links?.next == null ? null : (data.at(-1)?.id ?? null),
      };
    },
  };
}

type Attributes = z.output<typeof sessionsSchema>['data'][number]['attributes'];

function sessionOf(kind: SessionKind, id: string, attributes: Attributes): MasSession {
  const { scope = '', device_id, last_active_at, human_name } = attributes;
  const scopes = scope.split(' ').filter((one) => one !== '');
  return {
    kind,
    id,
    device: device_id ?? deviceInScope(scope),
    scope: scopes,
    name: human_name ?? null,
    lastActive: last_active_at ?? null,
  };
}

/** Whether it has ended. */
export const lookAtSession = ({ kind, id }: Pick<MasSession, 'kind' | 'id'>): Ask<boolean> => whether(LOOKS[kind](id));

/** Ends it, or revokes a personal one (MAS 1.4). 400, or 409 of a personal one, where it has ended before. */
export const endSession = ({ kind, id }: Pick<MasSession, 'kind' | 'id'>): Ask<boolean> => whether(ENDINGS[kind](id));

const whether = ({ request, about }: Ask<unknown>): Ask<boolean> => ({
  request,
  about,
  read(body) {
    const { attributes } = (body as { data: { attributes: { finished_at?: unknown; revoked_at?: unknown } } }).data;
    return (attributes.finished_at ?? attributes.revoked_at ?? null) !== null;
  },
});

const LOOKS: Readonly<Record<SessionKind, (id: string) => Ask<unknown>>> = {
  oauth2: lookAtOAuthSession,
  compat: lookAtCompatSession,
  user: lookAtBrowserSession,
  personal: lookAtPersonalSession,
};
const ENDINGS: Readonly<Record<SessionKind, (id: string) => Ask<unknown>>> = {
  oauth2: finishOAuthSession,
  compat: finishCompatSession,
  user: finishBrowserSession,
  personal: revokePersonalSession,
};
