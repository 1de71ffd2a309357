import { actionScript } from '../../src/actions/script';
import { removeExternalIds } from '../../src/actions/user/external-ids';
import type { MockHomeserver } from '../../src/mocks/homeserver';
import type { User } from '../../src/mocks/state';
import type { ScriptLanguage } from '../../src/lib/script-languages';

const plain = (ids: User['external_ids']) =>
  ids.map(({ auth_provider, external_id }) => ({ auth_provider, external_id }));

/** The script that takes this provider's ids away from these users, as they are now. */
export function removalScript(
  model: MockHomeserver,
  users: readonly User[],
  provider: string,
  baseUrl: string,
  language: ScriptLanguage,
): Iterable<string> {
  const items = users.map(({ name, creation_ts, external_ids }) => ({
    id: name,
    planned: { external_ids: plain(external_ids) },
    goal: { external_ids: plain(external_ids).filter(({ auth_provider }) => auth_provider !== provider) },
    identity: creation_ts * 1000,
  }));
  const owner = { baseUrl, userId: model.adminId };
  const { serverName, version, mas } = model;
  const plan = { items, input: { provider }, title: 'Remove ids', owner, server: { serverName, version, mas } };
  return actionScript(removeExternalIds, { ...plan, isUndo: false }, language);
}
