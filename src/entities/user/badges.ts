import { msg } from '@lingui/core/macro';
import type { User, UserRow } from '~/api/users';
import { looksBridged } from '~/api/wildcards';
import type { Mark } from '~/ui/Marks';
import { isolated, isolatedWords } from '~/lib/shown-text';

/** What is special about an account, as labels, the gravest first. */
export function userBadges(user: UserRow | User): Mark[] {
  const marks: (Mark | false | undefined | null)[] = [
    user.deactivated === true && {
      label: msg`deactivated`,
      tone: 'grave',
      meaning: msg`The account is deactivated: nobody can sign in to it, and it has no sessions.`,
    },
    user.erased === true && {
      label: msg`erased`,
      tone: 'grave',
      meaning: msg`Their messages are hidden from anyone who joins a room later.`,
    },
    user.locked === true && { label: msg`locked`, tone: 'grave', meaning: msg`Can’t be used until it is unlocked.` },
    'suspended' in user &&
      user.suspended === true && {
        label: msg`suspended`,
        tone: 'warning',
        meaning: msg`Can read, but not send messages or change anything.`,
      },
    user.shadow_banned === true && {
      label: msg`shadow-banned`,
      tone: 'warning',
      meaning: msg`Everything they do seems to work, but nobody else sees it.`,
    },
    user.admin === true && {
      label: msg`admin`,
      tone: 'note',
      meaning: msg`Server admin, according to the homeserver’s database.`,
    },
    user.is_guest === true && { label: msg`guest`, tone: 'plain', meaning: msg`A guest, who has not registered.` },
    user.user_type != null &&
      user.user_type !== '' && {
        label: isolatedWords(user.user_type, 40),
        tone: 'plain',
        meaning: msg`The type of this user.`,
      },
    'appservice_id' in user && user.appservice_id != null
      ? {
          label: msg`application service`,
          tone: 'plain',
          meaning: isolated(user.appservice_id),
        }
      : looksBridged(user.name) && {
          label: msg`bridge`,
          tone: 'plain',
          meaning: msg`Its ID starts with @_, so an application service probably manages it. This list doesn’t say which one.`,
        },
  ];
  return marks.filter((mark): mark is Mark => Boolean(mark));
}
