import { adminRoute, iso, isoOrNull, MasError, masOk, type MasAnswer, type MasCall } from '../call';
import { existing, list, single, type Filter, type Kind } from '../json-api';
import type { BrowserSessionRow, CompatSessionRow, OAuthSessionRow } from '../state';

/** `admin/v1/{user,oauth2,compat}_sessions`. */

type Row = BrowserSessionRow | OAuthSessionRow | CompatSessionRow;

const seen = (row: Row) => ({
  created_at: iso(row.created_at),
  finished_at: isoOrNull(row.finished_at),
  user_agent: row.user_agent,
  last_active_at: isoOrNull(row.last_active_at),
  last_active_ip: row.last_active_ip,
});

const BROWSER: Kind<BrowserSessionRow> = {
  type: 'user-session',
  path: 'user-sessions',
  attributes: (row) => ({ ...seen(row), user_id: row.user_id }),
};

const OAUTH: Kind<OAuthSessionRow> = {
  type: 'oauth2-session',
  path: 'oauth2-sessions',
  attributes: (row, { mas }) => ({
    ...seen(row),
    user_id: row.user_id,
    user_session_id: row.user_session_id,
    client_id: row.client_id,
    scope: row.scopes.join(' '),
    ...(mas.atLeast('0.16') && { human_name: row.human_name }),
  }),
};

const COMPAT: Kind<CompatSessionRow> = {
  type: 'compat-session',
  path: 'compat-sessions',
  attributes: (row, { mas }) => ({
    ...seen(row),
    user_id: row.user_id,
    device_id: row.device_id,
    user_session_id: row.user_session_id,
    redirect_uri: row.redirect_uri,
    ...(mas.atLeast('0.16') && { human_name: row.human_name }),
  }),
};

/** What all three have. What was never active is neither before nor after. */
function common<One extends Row>(): Filter<One>[] {
  const dated = (name: string, of: (row: One) => number | null, isBefore: boolean): Filter<One> => ({
    name,
    type: 'time',
    since: '1.20',
    fits(value) {
      const at = Date.parse(value);
      return (row) => {
        const when = of(row);
        return when !== null && (isBefore ? when < at : when > at);
      };
    },
  });
  return [
    {
      name: 'status',
      type: ['active', 'finished'],
      fits: (value) => (row) => (row.finished_at === null) === (value === 'active'),
    },
    dated('created-before', (row) => row.created_at, true),
    dated('created-after', (row) => row.created_at, false),
    dated('last-active-before', (row) => row.last_active_at, true),
    dated('last-active-after', (row) => row.last_active_at, false),
  ];
}

const ofUser = <One extends Row>(): Filter<One> =>
  existing(
    'user',
    ({ state }, id) => state.users.has(id),
    (id) => `User ID ${id} not found`,
    (row) => row.user_id,
  );

const ofBrowser = <One extends OAuthSessionRow | CompatSessionRow>(): Filter<One> =>
  existing(
    'user-session',
    ({ state }, id) => state.browserSessions.has(id),
    (id) => `User session ID ${id} not found`,
    (row) => row.user_session_id,
  );

const OF_OAUTH: readonly Filter<OAuthSessionRow>[] = [
  ofUser(),
  {
    name: 'client',
    type: 'ulid',
    repeatable: true,
    fits(_first, { state }, values) {
      for (const id of values) if (!state.clients.has(id)) throw new MasError(404, `Client ID ${id} not found`);
      return ({ client_id }) => values.includes(client_id);
    },
  },
  {
    name: 'client-kind',
    type: ['dynamic', 'static'],
    fits:
      (value, { state }) =>
      (row) =>
        state.clients.get(row.client_id)?.is_static === (value === 'static'),
  },
  ofBrowser(),
  {
    name: 'scope',
    type: 'text',
    repeatable: true,
    fits(_first, _call, values) {
      for (const value of values) {
        if (/\s/.test(value)) throw new MasError(400, `Invalid scope ${JSON.stringify(value)} in filter parameters`);
      }
      return ({ scopes }) => values.every((value) => scopes.includes(value));
    },
  },
  ...common<OAuthSessionRow>(),
];

interface Family<One extends Row> {
  readonly kind: Kind<One>;
  readonly filters: readonly Filter<One>[];
  rows(call: MasCall): Map<string, One>;
  /** As its refusals begin. */
  readonly named: string;
  /** Its 404 to a look says “… ID x”, and to a finish “… with ID x”; those of compat always so. */
  readonly lookNamed: string;
  readonly since?: string;
}

function routesOf<One extends Row>({ kind, filters, rows, named, lookNamed, since }: Family<One>) {
  const find = (call: MasCall, words: string): One => {
    const id = call.id();
    const row = rows(call).get(id);
    if (!row) throw new MasError(404, `${words} ${id} not found`);
    return row;
  };
  const finish = (call: MasCall): MasAnswer => {
    const row = find(call, `${named} with ID`);
    if (row.finished_at !== null) throw new MasError(400, `${named} with ID ${row.id} is already finished`);
    row.finished_at = call.now();
    // A browser session is a cookie: no device hangs on it.
    if (kind.type !== 'user-session' && row.user_id !== null) call.mas.enqueue('sync-devices', row.user_id);
    return masOk(single(kind, row, call, 'finish'));
  };
  return [
    adminRoute(`/${kind.path}`, { GET: (call) => list(kind, rows(call).values(), filters, call) }, since),
    adminRoute(`/${kind.path}/{id}`, { GET: (call) => masOk(single(kind, find(call, lookNamed), call)) }, since),
    adminRoute(`/${kind.path}/{id}/finish`, { POST: finish }, '1.4'),
  ];
}

export const sessionRoutes = [
  ...routesOf({
    kind: BROWSER,
    filters: [ofUser<BrowserSessionRow>(), ...common<BrowserSessionRow>()],
    rows: ({ state }) => state.browserSessions,
    named: 'User session',
    lookNamed: 'User session ID',
    since: '0.14',
  }),
  ...routesOf({
    kind: OAUTH,
    filters: OF_OAUTH,
    rows: ({ state }) => state.oauthSessions,
    named: 'OAuth 2.0 session',
    lookNamed: 'OAuth 2.0 session ID',
  }),
  ...routesOf({
    kind: COMPAT,
    filters: [ofUser<CompatSessionRow>(), ofBrowser<CompatSessionRow>(), ...common<CompatSessionRow>()],
    rows: ({ state }) => state.compatSessions,
    named: 'Compatibility session',
    lookNamed: 'Compatibility session ID',
    since: '0.14',
  }),
];
