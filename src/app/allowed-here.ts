import { whyNotAllowed } from '~/actions/restrictions';
import { paths } from '~/lib/paths';
import type { Text } from '~/lib/text';

/** What the pages whose change is no action begin: jobs of these kinds. */
const KINDS: readonly (readonly [under: string, kind: string])[] = [
  [paths.createUser(), 'create-user'],
  [paths.importUsers(), 'import-users'],
  [paths.joinRooms(), 'join-rooms'],
  [paths.deleteMedia(), 'delete-media'],
  [paths.spamWave(), 'playbook.spam-wave'],
  [paths.bridge(), 'playbook.bridge'],
  [paths.externalIds(), 'user.external-ids-remove'],
  [paths.console(), 'console.sent'],
];

/** Why nobody may begin what the page at this path is for, or null. */
export function whyNotAllowedAt(pathname: string): Text | null {
  const [, kind] = KINDS.find(([under]) => pathname.startsWith(under.replace(/\/choose$/, ''))) ?? [];
  return kind === undefined ? null : whyNotAllowed(kind);
}
