import type { User, UserRow } from '~/api/users';
import type { Mark } from '~/ui/Marks';
import { isolated, isolatedWords } from '~/lib/shown-text';

/** The sign by which application services name the accounts they keep; Synapse gives such a name to nobody else. */
const isBridged = (userId: string): boolean => userId.startsWith('@_');

/** An account's states as labels, the gravest first. */
export function userBadges(user: UserRow | User): Mark[] {
  const marks: (Mark | false | undefined | null)[] = [
    user.deactivated === true && {
      label: 'deactivated',
      tone: 'grave',
      meaning: 'The account was closed: it can’t sign in, and has no devices.',
    },
    user.erased === true && {
      label: 'erased',
      tone: 'grave',
      meaning: 'Their messages are hidden from who joins later.',
    },
    user.locked === true && { label: 'locked', tone: 'grave', meaning: 'Can’t use the account until it is unlocked.' },
    'suspended' in user &&
      user.suspended === true && { label: 'suspended', tone: 'warning', meaning: 'May look, and not write.' },
    user.shadow_banned === true && {
      label: 'shadow-banned',
      tone: 'warning',
      meaning: 'Requests seem to succeed, and nobody else sees them.',
    },
    user.admin === true && {
      label: 'admin',
      tone: 'note',
      meaning: 'A server admin, as the homeserver’s database says.',
    },
    user.is_guest === true && { label: 'guest', tone: 'plain', meaning: 'Signed in without an account of their own.' },
    user.user_type != null &&
      user.user_type !== '' && {
        label: isolatedWords(user.user_type, 40),
        tone: 'plain',
        meaning: 'The type of the account.',
      },
    'appservice_id' in user && user.appservice_id != null
      ? {
          label: 'application service',
          tone: 'plain',
          meaning: isolated(user.appservice_id),
        }
      : isBridged(user.name) && {
          label: 'bridge',
          tone: 'plain',
          meaning: 'By its name, an account that an application service keeps: the list does not say which one.',
        },
  ];
  return marks.filter((mark): mark is Mark => Boolean(mark));
}
