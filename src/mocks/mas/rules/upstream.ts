import {
  adminRoute,
  iso,
  isoOrNull,
  masCreated,
  masDone,
  MasError,
  masOk,
  type MasAnswer,
  type MasCall,
} from '../call';
import { bool, existing, list, single, type Filter, type Kind } from '../json-api';
import type { UpstreamLinkRow, UpstreamProviderRow } from '../state';

/** `admin/v1/upstream_oauth_{providers,links}`: providers live in MAS's configuration. */

const PROVIDER: Kind<UpstreamProviderRow> = {
  type: 'upstream-oauth-provider',
  path: 'upstream-oauth-providers',
  attributes: (row, { mas }) => ({
    issuer: row.issuer,
    human_name: row.human_name,
    brand_name: row.brand_name,
    created_at: iso(row.created_at),
    disabled_at: isoOrNull(row.disabled_at),
    ...(mas.atLeast('1.19') && { registration_token_required: row.registration_token_required }),
  }),
};

const LINK: Kind<UpstreamLinkRow> = {
  type: 'upstream-oauth-link',
  path: 'upstream-oauth-links',
  attributes: ({ created_at: at, provider_id, subject, user_id, human_account_name }) => ({
    created_at: iso(at),
    provider_id,
    subject,
    user_id,
    human_account_name,
  }),
};

const LINK_FILTERS: readonly Filter<UpstreamLinkRow>[] = [
  existing(
    'user',
    ({ state }, id) => state.users.has(id),
    (id) => `User ID ${id} not found`,
    (row) => row.user_id,
  ),
  existing(
    'provider',
    ({ state }, id) => state.providers.has(id),
    (id) => `Provider ID ${id} not found`,
    (row) => row.provider_id,
  ),
  { name: 'subject', type: 'text', fits: (value) => (row) => row.subject === value },
  {
    name: 'human-account-name',
    type: 'text',
    since: '1.22',
    fits: (value) => (row) => row.human_account_name?.toLowerCase().includes(value.toLowerCase()) === true,
  },
];

function lookAtProvider(call: MasCall): MasAnswer {
  const row = call.state.providers.get(call.id());
  if (!row) throw new MasError(404, 'Provider not found');
  return masOk(single(PROVIDER, row, call));
}

function find(call: MasCall): UpstreamLinkRow {
  const id = call.id();
  const row = call.state.links.get(id);
  if (!row) throw new MasError(404, `Upstream OAuth 2.0 Link ID ${id} not found`);
  return row;
}

/** A link that nobody has is taken over (200). */
function add(call: MasCall): MasAnswer {
  const body = call.body({ user_id: 'ulid', provider_id: 'ulid', subject: 'string', human_account_name: 'string?' });
  const [userId, providerId] = [String(body['user_id']).toUpperCase(), String(body['provider_id']).toUpperCase()];
  const subject = String(body['subject']);
  const { state } = call;
  if (!state.users.has(userId)) throw new MasError(404, `User ID ${userId} not found`);
  if (!state.providers.has(providerId)) {
    throw new MasError(404, `Upstream OAuth 2.0 Provider ID ${providerId} not found`);
  }
  const known = [...state.links.values()].find((one) => one.provider_id === providerId && one.subject === subject);
  if (known && known.user_id !== null) {
    const words = `Upstream Oauth 2.0 Provider ID ${providerId} with subject ${subject} is already linked to a user`;
    throw new MasError(409, words);
  }
  if (known) {
    known.user_id = userId;
    return masOk(single(LINK, known, call));
  }
  const name = body['human_account_name'];
  const row: UpstreamLinkRow = {
    id: call.mas.newId(),
    created_at: call.now(),
    provider_id: providerId,
    subject,
    user_id: userId,
    human_account_name: typeof name === 'string' ? name : null,
  };
  state.links.set(row.id, row);
  return masCreated(single(LINK, row, call));
}

function remove(call: MasCall): MasAnswer {
  call.state.links.delete(find(call).id);
  return masDone;
}

const providers = (call: MasCall): MasAnswer =>
  list(PROVIDER, call.state.providers.values(), [bool('enabled', (row) => row.disabled_at === null)], call);
const links = (call: MasCall): MasAnswer => list(LINK, call.state.links.values(), LINK_FILTERS, call);
const link = (call: MasCall): MasAnswer => masOk(single(LINK, find(call), call));

export const upstreamRoutes = [
  adminRoute('/upstream-oauth-providers', { GET: providers }, '1.3'),
  adminRoute('/upstream-oauth-providers/{id}', { GET: lookAtProvider }, '1.4'),
  adminRoute('/upstream-oauth-links', { GET: links, POST: add }, '0.15'),
  adminRoute('/upstream-oauth-links', { GET: links }, '0.14'),
  adminRoute('/upstream-oauth-links/{id}', { GET: link, DELETE: remove }, '0.15'),
  adminRoute('/upstream-oauth-links/{id}', { GET: link }, '0.14'),
];
