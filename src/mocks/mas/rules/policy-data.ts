import { adminRoute, iso, masCreated, MasError, masOk, type MasAnswer, type MasCall } from '../call';
import { single, type Kind } from '../json-api';
import type { PolicyDataRow } from '../state';

/** `admin/v1/policy_data`: each is a whole, and the latest counts. */

const KIND: Kind<PolicyDataRow> = {
  type: 'policy-data',
  path: 'policy-data',
  attributes: ({ created_at: at, data }) => ({ created_at: iso(at), data }),
};

function set(call: MasCall): MasAnswer {
  const { data } = call.body({ data: 'any' });
  // It is merged over an object.
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new MasError(400, 'Failed to instanciate policy with the provided data', 'invalid data');
  const row = { id: call.mas.newId(), created_at: call.now(), data };
  call.state.policyData.set(row.id, row);
  return masCreated(single(KIND, row, call));
}

function latest(call: MasCall): MasAnswer {
  const row = [...call.state.policyData.values()].at(-1);
  if (!row) throw new MasError(404, 'No policy data found');
  return masOk(single(KIND, row, call));
}

function look(call: MasCall): MasAnswer {
  const id = call.id();
  const row = call.state.policyData.get(id);
  if (!row) throw new MasError(404, `Policy data with ID ${id} not found`);
  return masOk(single(KIND, row, call));
}

export const policyDataRoutes = [
  adminRoute('/policy-data', { POST: set }, '0.15'),
  adminRoute('/policy-data/latest', { GET: latest }, '0.15'),
  adminRoute('/policy-data/{id}', { GET: look }, '0.15'),
];
