import { bad } from '../answer';
import type { Server } from '../call';

const invalid = (why: string): never => {
  throw bad(why, 'M_INVALID_USERNAME');
};

/** `handlers/register.py:166-226`. */
export function assertNewLocalpart(server: Server, localpart: string): void {
  if (!/^[a-z0-9=_\-./+]*$/.test(localpart)) {
    invalid("User ID can only contain characters a-z, 0-9, or '=_-./+'");
  }
  if (localpart === '') invalid('User ID cannot be empty');
  if (localpart.startsWith('_')) invalid('User ID may not begin with _');
  if (/^\d+$/.test(localpart)) invalid('Numeric user IDs are reserved for guest users.');
  if (`@${localpart}:${server.serverName}`.length > 255) invalid('User ID may not be longer than 255 characters');
}
