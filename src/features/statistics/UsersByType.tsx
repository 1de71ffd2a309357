import { msg, t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { allUsersProgress } from '~/data/all-users';
import { countBy, kindOf, type KindOfUser } from '~/data/counts';
import { READ_PAGE } from '~/data/list-reader';
import { useReadOnDemand } from '~/data/read-on-demand';
import { useSession } from '~/data/session';
import { userFilter, USUAL_USER_LIST } from '~/data/user-list';
import { users } from '~/data/users';
import { formatCount } from '~/lib/numbers';
import { isolatedWords } from '~/lib/shown-text';
import { wordsOf, type Words } from '~/lib/words';
import { LostNote } from '~/ui/LostNote';
import { ReadOnDemand } from '~/ui/ReadOnDemand';
import { CountPlot } from './CountPlot';

const KINDS: Readonly<Record<Exclude<KindOfUser, 'typed'>, Words>> = {
  user: msg`regular user`,
  admin: msg`admin`,
  appservice: msg`bridge (ID begins with @_)`,
  guest: msg`guest`,
  deactivated: msg`deactivated`,
};

/** How many accounts there are of each kind. Synapse can't count them. */
export function UsersByType() {
  const session = useSession();
  const query = userFilter({ ...USUAL_USER_LIST, guests: 'any', bridged: 'any' }, session);
  const control = useReadOnDemand(users.all(session.homeserver, query, null), allUsersProgress);
  const page = formatCount(READ_PAGE);
  return (
    <ReadOnDemand
      title={t`Users by type`}
      about={t`How many accounts are regular users, admins, bots, guests, bridged or deactivated.`}
      cost={t`Synapse can’t count them, so Glia reads the whole list: one request for each ${page} users.`}
      show={t`Count users by type`}
      control={control}
    >
      {(read) => {
        const { counts } = countBy(read.users, (user) => {
          const kind = kindOf(user);
          return kind === 'typed' ? isolatedWords(user.user_type ?? '') : wordsOf(KINDS[kind]);
        });
        return (
          <>
            <CountPlot
              caption={t`Users by type`}
              header={t`Type`}
              value={t`Users`}
              counts={counts}
              file={{ stem: 'users-by-type', column: 'type' }}
              isTitled
              lost={read.odd + read.missing}
            />
            <Text size="xs" c="dimmed">
              {t`Each account is counted once: a deactivated admin is deactivated, a bot that is an admin is a bot.`}
            </Text>
            <LostNote odd={read.odd} missing={read.missing} />
          </>
        );
      }}
    </ReadOnDemand>
  );
}
