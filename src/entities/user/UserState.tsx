import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import type { User, UserRow } from '~/api/users';
import { masAccounts } from '~/data/mas-accounts';
import { useSession } from '~/data/session';
import { Marks } from '~/ui/Marks';
import { userBadges } from './badges';
import classes from './UserState.module.css';

/**
 * The state of an account. Where MAS keeps the accounts and can be asked, it is MAS’s: each row in sight is looked up there, and
 * until the answer is there Synapse’s state stands.
 */
export function UserState({ user, none }: { user: UserRow | User; none?: string }) {
  const { homeserver } = useSession();
  const { data, error } = useQuery(masAccounts.one(homeserver, user.name));
  return (
    <>
      <Marks marks={userBadges(user, data)} {...(none !== undefined && { none })} />
      {error !== null && (
        <span className={classes.unread} title={t`MAS could not be asked, so this is the state that Synapse has.`}>
          {t`as Synapse has it`}
        </span>
      )}
    </>
  );
}
