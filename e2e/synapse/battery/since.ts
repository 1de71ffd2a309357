import { isAtLeast } from '../../../src/lib/versions.ts';

/**
 * The first release with each endpoint that the battery asks for, where that is younger than Synapse 1.50: read from the tags
 * of Synapse's repository, not from the model, which is checked by it.
 */
const SINCE: readonly (readonly [path: RegExp, since: string, status?: 405])[] = [
  [/\/accountdata$/, '1.50'],
  [/^\S+ \/_synapse\/admin\/v1\/federation\/destinations\/[^/]+\/(rooms|reset_connection)$/, '1.52'],
  [/^\S+ \/_synapse\/admin\/v1\/auth_providers\//, '1.68'],
  [/^GET \/_synapse\/admin\/v1\/rooms\/[^/]+\/(messages|timestamp_to_event)$/, '1.68'],
  [/^\S+ \/_synapse\/admin\/v1\/threepid\//, '1.72'],
  [/^POST \/_synapse\/admin\/v1\/media\/delete$/, '1.78'],
  [/^DELETE \/_synapse\/admin\/v1\/event_reports\//, '1.79'],
  [/^\S+ \/_synapse\/admin\/v1\/experimental_features\//, '1.83'],
  [/^\S+ \/_synapse\/admin\/v1\/statistics\/database\/rooms$/, '1.83'],
  [/^POST \/_synapse\/admin\/v2\/users\/[^/]+\/devices$/, '1.85'],
  [/_allow_cross_signing_replacement_without_uia$/, '1.97'],
  [/^\S+ \/_synapse\/admin\/v3\/users$/, '1.103'],
  [/^\S+ \/_synapse\/admin\/v1\/suspend\//, '1.122'],
  [/^\S+ \/_matrix\/client\/v1\/media\//, '1.111'],
  [/^\S+ \/_synapse\/admin\/v1\/user\/(redact_status\/|[^/]+\/redact$)/, '1.116'],
  [/\/(sent_invite_count|cumulative_joined_room_count)$/, '1.122'],
  [/^\S+ \/_synapse\/admin\/v1\/scheduled_tasks$/, '1.130'],
  [/^POST \/_matrix\/client\/v3\/users\/[^/]+\/report$/, '1.133'],
  [/^GET \/_synapse\/admin\/v1\/media\/(?!quarantine_changes)[^/]+\/[^/]+$/, '1.140', 405],
  [/^\S+ \/_synapse\/admin\/v1\/fetch_event\//, '1.140'],
  [/\/hierarchy$/, '1.142'],
  [/\/memberships$/, '1.145'],
  [/^\S+ \/_synapse\/admin\/v1\/(user_reports|media\/quarantine_changes)/, '1.152'],
];

/** What a version says to an endpoint that it does not have yet; null where it has it. */
export function notYetThere(method: string, path: string, version: string): string | null {
  const [bare] = path.split('?');
  const found = SINCE.find(([pattern]) => pattern.test(`${method} ${bare}`));
  if (!found || isAtLeast(version, found[1])) return null;
  // Unknown paths were a 400 before 1.74 (Synapse#14621). 405: the path has another method already.
  return `${isAtLeast(version, '1.74') ? (found[2] ?? 404) : 400} M_UNRECOGNIZED`;
}
