import { bad } from '../answer';
import type { Server } from '../call';

const invalid = (why: string): never => {
  throw bad(why, 'M_INVALID_USERNAME');
};

/** `handlers/register.py:166-226`, in its order: a name is free for a new account. */
export function assertFreeLocalpart(server: Server, localpart: string): void {
  const name = `@${localpart}:${server.serverName}`;
  if (!/^[a-z0-9=_\-./+]*$/.test(localpart)) {
    invalid("User ID can only contain characters a-z, 0-9, or '=_-./+'");
  }
  if (localpart === '') invalid('User ID cannot be empty');
  if (localpart.startsWith('_')) invalid('User ID may not begin with _');
  if (server.state.config.exclusive_users.some((names) => names.test(name))) {
    throw bad('This user ID is reserved by an application service.', 'M_EXCLUSIVE');
  }
  if (name.length > 255) invalid('User ID may not be longer than 255 characters');
  for (const known of server.state.users.keys()) {
    if (known.toLowerCase() === name.toLowerCase()) throw bad('User ID already taken.', 'M_USER_IN_USE');
  }
  if (/^\d+$/.test(localpart)) invalid('Numeric user IDs are reserved for guest users.');
}
