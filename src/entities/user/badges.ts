import { msg } from '@lingui/core/macro';
import type { User, UserRow } from '~/api/users';
import type { MasFacts } from '~/data/mas-accounts';
import { looksBridged } from '~/api/wildcards';
import type { Mark } from '~/ui/Marks';
import { isolated, isolatedWords } from '~/lib/shown-text';

/** What is special about an account, as labels, the gravest first. */
export function userBadges(user: UserRow | User, mas?: MasFacts | null): Mark[] {
  // Where MAS keeps the account, what it says of it counts; Synapse may not have heard of it yet, or never.
  const [deactivated, locked, admin] = mas
    ? [mas.deactivated !== null, mas.locked !== null, mas.admin]
    : [user.deactivated === true, user.locked === true, user.admin === true];
  const marks: (Mark | false | undefined | null)[] = [
    deactivated && {
      label: msg`deactivated`,
      tone: 'grave',
      meaning: msg`The account is deactivated: nobody can sign in to it, and it has no sessions.`,
    },
    user.erased === true && {
      label: msg`erased`,
      tone: 'grave',
      meaning: msg`Their messages are hidden from anyone who joins a room later.`,
    },
    locked && { label: msg`locked`, tone: 'grave', meaning: msg`Can’t be used until it is unlocked.` },
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
    admin && {
      label: msg`admin`,
      tone: 'note',
      meaning: mas
        ? msg`MAS gives this account admin rights when it signs in and asks for them.`
        : msg`Server admin, according to the homeserver’s database.`,
    },
    mas === null && {
      label: msg`not in MAS`,
      tone: 'plain',
      meaning: msg`Only Synapse has this account. Bridges make such users (ghosts); nobody can sign in with them.`,
    },
    mas?.legacyGuest === true && {
      label: msg`former guest`,
      tone: 'plain',
      meaning: msg`A guest from before this homeserver used MAS.`,
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
