import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { HomeserverError } from '~/api/errors';
import { lacks } from '~/api/since';
import { userReport } from '~/data/report-list';
import { reports } from '~/data/reports';
import { useSession } from '~/data/session';
import { wordsOf } from '~/lib/words';
import { shownTitle } from '~/lib/shown-text';
import { EmptyNote } from '~/ui/EmptyNote';
import { ErrorNote } from '~/ui/ErrorNote';
import { OddFieldNote } from '~/ui/OddRowsNote';
import { ReportFrame } from './ReportFrame';

export function UserReportPage() {
  const { reportId = '' } = useParams();
  // With a key of its own, so that nothing of the report shown before stays on the page.
  return <OneReport key={reportId} id={reportId} />;
}

function OneReport({ id }: { id: string }) {
  const { homeserver, version } = useSession();
  const lacking = lacks(version, 'user-reports');
  const reading = useQuery({ ...reports.user(homeserver, id), enabled: lacking === null });
  const { data, error } = reading;
  const isAbsent = error instanceof HomeserverError && error.notFound;
  const number = shownTitle(id) ?? '';
  return (
    <ReportFrame
      kind="user"
      id={id}
      title={t`User report ${number}`}
      reading={reading}
      report={data ? userReport(data.value) : null}
      instead={
        lacking !== null ? (
          <EmptyNote title={t`This homeserver can’t do that`}>{wordsOf(lacking)}</EmptyNote>
        ) : isAbsent ? (
          <EmptyNote title={t`Report not found`}>
            {t`It was dismissed, or there never was one with this number.`}
          </EmptyNote>
        ) : error && !data ? (
          <ErrorNote title={t`Could not load the report`} error={error} onRetry={() => void reading.refetch()} />
        ) : undefined
      }
    >
      <OddFieldNote problem={data?.problem ?? null} />
    </ReportFrame>
  );
}
