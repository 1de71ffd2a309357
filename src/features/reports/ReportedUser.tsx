import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { HomeserverError } from '~/api/errors';
import { has } from '~/api/since';
import { keyOfReport, sameMessage, USUAL_REPORT_LIST, type Report } from '~/data/report-list';
import { reports } from '~/data/reports';
import { useSession } from '~/data/session';
import { users } from '~/data/users';
import { pathOfReport } from '~/entities/report/columns';
import { UserState } from '~/entities/user/UserState';
import { UserLink } from '~/entities/user/UserLink';
import { serverOf } from '~/lib/mxid';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { Facts } from '~/ui/Facts';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import { Section } from '~/ui/Section';
import classes from './reports.module.css';

/** Who was reported: the account, and what else was reported of it. */
export function ReportedUser({ userId, report }: { userId: string; report: Report }) {
  const { serverName } = useSession();
  return (
    <>
      {serverOf(userId) === serverName ? <Account userId={userId} /> : <Elsewhere userId={userId} />}
      <OtherReports userId={userId} report={report} />
    </>
  );
}

function Elsewhere({ userId }: { userId: string }) {
  return (
    <Facts
      facts={[
        { name: t`User`, value: <UserLink userId={userId} /> },
        { name: t`Account`, value: t`On another homeserver. You can remove or ban the user from rooms here.` },
      ]}
    />
  );
}

function Account({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(users.one(homeserver, userId));
  const { error } = reading;
  if (error instanceof HomeserverError && error.notFound) {
    return (
      <Text size="sm">
        <Trans>
          This homeserver has never had a user <Outside as="id" text={userId} />.
        </Trans>
      </Text>
    );
  }
  return (
    <Section unread={t`Could not load the user`} reading={reading}>
      {({ value: user }) => (
        <Facts
          facts={[
            { name: t`User`, value: <UserLink userId={userId} /> },
            { name: t`Display name`, value: <Outside text={user.displayname} none={t`none`} longest={80} /> },
            { name: t`Account`, value: <UserState user={user} none={t`Active`} /> },
            { name: t`Created`, value: <Moment ms={user.creation_ts} /> },
            { name: t`Last seen`, value: <Moment ms={user.last_seen_ts} /> },
          ]}
        />
      )}
    </Section>
  );
}

const MOST = 100;

/** Reports of the same user, and who else reported the same message. */
function OtherReports({ userId, report }: { userId: string; report: Report }) {
  const { homeserver, version } = useSession();
  const canFilter = has(version, 'reports-by-sender');
  const kind = has(version, 'user-reports') ? 'all' : 'messages';
  const state = { ...USUAL_REPORT_LIST, sender: userId, kind, size: MOST } as const;
  const { data } = useQuery({ ...reports.list(homeserver, state), enabled: canFilter });
  if (!data) return null;
  const mine = keyOfReport(report);
  const others = data.rows.filter((one) => keyOfReport(one) !== mine);
  const same = sameMessage(report, data.rows);
  const newest = data.total > data.rows.length ? formatCount(data.rows.length) : null;
  const count = formatCount(data.total);
  if (others.length === 0) return <Text size="sm" c="dimmed">{t`No other reports against this user.`}</Text>;
  return (
    <>
      {same.length > 0 && (
        <div className={classes.same}>
          <Text size="sm">
            {newest === null
              ? t`The same message was also reported by:`
              : t`The same message was also reported by (among the newest ${newest} reports against this user):`}
          </Text>
          {same.map((one) => (
            <span key={keyOfReport(one)} className={classes.by}>
              <UserLink userId={one.user_id} />
              <Anchor component={Link} to={pathOfReport(one)} size="sm">
                <Outside text={one.reason} none={t`no reason given`} longest={80} />
              </Anchor>
            </span>
          ))}
        </div>
      )}
      {same.length === 0 && newest !== null && report.kind === 'message' && (
        <Text size="sm" c="dimmed">
          {t`None of the newest ${newest} reports against this user is about the same message. Older ones were not looked through.`}
        </Text>
      )}
      <Anchor component={Link} to={`${paths.reports()}?sender=${encodeURIComponent(userId)}`} size="sm">
        {t`All ${count} reports against this user`}
      </Anchor>
    </>
  );
}
