import { msg, t } from '@lingui/core/macro';
import type { UserRow } from '~/api/users';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { userBadges } from '~/entities/user/badges';
import { localpartOf } from '~/entities/user/localpart';
import { is, type ScannedUser } from '~/job-store/scanned-user';
import type { ScanChoice } from '~/job-store/user-scans';
import { formatBytes } from '~/lib/bytes';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { shownId, shownText } from '~/lib/shown-text';
import type { Column } from '~/ui/DataTable';
import { Marks } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import { Picture } from '~/ui/Picture';
import { Who } from '~/ui/Who';
import type { ColumnId } from './filter';
import classes from './scan-users.module.css';

const WHO: Column<ScannedUser> = {
  id: 'name',
  header: msg`User`,
  width: 'minmax(13rem, 2.2fr)',
  sortable: true,
  cell: ({ userId, displayname }) => {
    const name = shownText(displayname);
    const localpart = localpartOf(userId);
    return (
      <Who
        picture={<Picture name={name ?? localpart} />}
        name={name}
        unnamed={shownId(localpart)}
        id={userId}
        to={paths.user(userId)}
      />
    );
  },
};

/** As the badges of a user take it. */
const asRow = (user: ScannedUser): UserRow & { suspended: boolean; appservice_id: string | null } => ({
  name: user.userId,
  user_type: user.userType,
  is_guest: is(user, 'is_guest'),
  admin: is(user, 'admin'),
  deactivated: is(user, 'deactivated'),
  shadow_banned: is(user, 'shadow_banned'),
  locked: is(user, 'locked'),
  erased: is(user, 'erased'),
  suspended: is(user, 'suspended'),
  appservice_id: user.appservice,
  displayname: user.displayname,
  avatar_url: null,
  creation_ts: user.createdAt,
  last_seen_ts: user.seenAt,
});

/** The first, and how many more there are. */
function Several({ all, as }: { all: readonly string[]; as: 'id' | 'words' }) {
  const [first] = all;
  if (first === undefined) return null;
  const more = formatCount(all.length - 1);
  return (
    <span className={classes.several} title={all.map((one) => shownId(one)).join('\n')}>
      <Outside as={as} text={first} longest={60} />
      {all.length > 1 && ` ${t`and ${more} more`}`}
    </span>
  );
}

const OTHERS: readonly (Column<ScannedUser> & { id: ColumnId })[] = [
  {
    id: 'status',
    header: msg`Status`,
    width: 'minmax(7.5rem, 1.4fr)',
    cell: (user) => <Marks marks={userBadges(asRow(user))} />,
  },
  {
    id: 'emails',
    header: msg`Email`,
    width: 'minmax(8rem, 1.3fr)',
    cell: ({ emails }) => <Several all={emails} as="id" />,
  },
  {
    id: 'external_ids',
    header: msg`Providers`,
    width: 'minmax(5.5rem, 0.8fr)',
    cell: ({ externalIds }) => (
      <Several all={[...new Set(externalIds.map(({ auth_provider }) => auth_provider))]} as="id" />
    ),
  },
  {
    id: 'devices',
    header: msg`Sessions`,
    width: '5rem',
    align: 'end',
    sortable: true,
    cell: ({ devices }) => (devices === null ? t`unknown` : formatCount(devices)),
  },
  {
    id: 'storage',
    header: msg`Storage`,
    width: '5.5rem',
    align: 'end',
    sortable: true,
    cell: ({ bytes }) => (bytes === null ? t`unknown` : formatBytes(bytes)),
  },
  {
    id: 'created',
    header: msg`Created`,
    width: 'minmax(6rem, 0.6fr)',
    sortable: true,
    cell: ({ createdAt }) => <Moment ms={createdAt} />,
  },
  {
    id: 'seen',
    header: msg`Last seen`,
    width: 'minmax(6rem, 0.6fr)',
    sortable: true,
    cell: ({ seenAt }) => <Moment ms={seenAt} />,
  },
  {
    id: 'type',
    header: msg`Type`,
    width: 'minmax(5rem, 0.5fr)',
    cell: ({ userType }) => <Outside text={userType} longest={60} />,
  },
  {
    id: 'appservice',
    header: msg`Application service`,
    width: 'minmax(7rem, 0.7fr)',
    cell: ({ appservice }) => <Outside as="id" text={appservice} longest={60} />,
  },
  {
    id: 'consent',
    header: msg`Consent to the terms`,
    width: 'minmax(7rem, 0.6fr)',
    cell: ({ consent }) => <Outside text={consent} longest={60} />,
  },
];

const MENU: Column<ScannedUser> = {
  id: 'actions',
  header: msg`Actions`,
  width: '4.5rem',
  align: 'end',
  cell: ({ userId }) => <ActionMenu entity="user" id={userId} look="row" />,
};

/** The columns that can be shown: those of what was read. */
export const columnsFor = ({ devices, storage }: Pick<ScanChoice, 'devices' | 'storage'>) =>
  OTHERS.filter(({ id }) => (id !== 'devices' || devices) && (id !== 'storage' || storage));

export function tableColumns(
  choice: Pick<ScanChoice, 'devices' | 'storage'>,
  shown: readonly ColumnId[],
): readonly Column<ScannedUser>[] {
  return [WHO, ...columnsFor(choice).filter(({ id }) => shown.includes(id)), MENU];
}
