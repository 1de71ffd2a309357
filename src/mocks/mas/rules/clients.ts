import { adminRoute, MasError, masOk, type MasAnswer, type MasCall } from '../call';
import { list, single, type Filter, type Kind } from '../json-api';
import type { MasClientRow } from '../state';

/** `admin/v1/oauth2_clients`: read only. */

const KIND: Kind<MasClientRow> = {
  type: 'oauth2-client',
  path: 'oauth2-clients',
  attributes: (row) => ({
    client_id: row.id,
    client_name: row.client_name,
    client_uri: row.client_uri,
    logo_uri: row.logo_uri,
    redirect_uris: row.redirect_uris,
    grant_types: row.grant_types,
    is_static: row.is_static,
  }),
};

const contains = (name: string, of: (row: MasClientRow) => string | null): Filter<MasClientRow> => ({
  name,
  type: 'text',
  fits: (value) => (row) => of(row)?.toLowerCase().includes(value.toLowerCase()) === true,
});

const FILTERS: readonly Filter<MasClientRow>[] = [
  {
    name: 'client-kind',
    type: ['dynamic', 'static'],
    fits: (value) => (row) => row.is_static === (value === 'static'),
  },
  contains('client-name', (row) => row.client_name),
  contains('client-uri', (row) => row.client_uri),
  { name: 'grant-type', type: 'text', fits: (value) => (row) => row.grant_types.includes(value) },
  {
    name: 'has-active-sessions',
    type: 'boolean',
    fits(value, { state }) {
      const active = [...state.oauthSessions.values()].filter((one) => one.finished_at === null);
      const clients = new Set(active.map((one) => one.client_id));
      return ({ id }) => clients.has(id) === (value === 'true');
    },
  },
];

function look(call: MasCall): MasAnswer {
  const id = call.id();
  const row = call.state.clients.get(id);
  if (!row) throw new MasError(404, `OAuth 2.0 client ID ${id} not found`);
  return masOk(single(KIND, row, call));
}

export const clientRoutes = [
  adminRoute('/oauth2-clients', { GET: (call) => list(KIND, call.state.clients.values(), FILTERS, call) }, '1.20'),
  adminRoute('/oauth2-clients/{id}', { GET: look }, '1.20'),
];
