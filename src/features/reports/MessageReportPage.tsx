import { t } from '@lingui/core/macro';
import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { HomeserverError } from '~/api/errors';
import type { WholeEventReport } from '~/api/reports';
import { useReadOnDemand } from '~/data/read-on-demand';
import { messageReport, type Report } from '~/data/report-list';
import { allReportsProgress, reports, REPORTS_PAGE } from '~/data/reports';
import { useSession } from '~/data/session';
import { formatCount } from '~/lib/numbers';
import { shownTitle } from '~/lib/shown-text';
import { EmptyNote } from '~/ui/EmptyNote';
import { ErrorNote } from '~/ui/ErrorNote';
import { Id } from '~/ui/Id';
import { JsonFold } from '~/ui/JsonFold';
import { Moment } from '~/ui/Moment';
import { OddFieldNote } from '~/ui/OddRowsNote';
import { ReadOnDemand, type ReadControl } from '~/ui/ReadOnDemand';
import { AroundIt } from './AroundIt';
import { EventContent } from './EventContent';
import { filesIn } from './files';
import { ReportedFile } from './ReportedFile';
import { usePlace } from './place';
import { ReportFrame } from './ReportFrame';
import classes from './reports.module.css';

export function MessageReportPage() {
  const { reportId = '' } = useParams();
  // With a key of its own, so that nothing of the report shown before stays on the page.
  return <OneReport key={reportId} id={reportId} />;
}

function OneReport({ id }: { id: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(reports.message(homeserver, id));
  const { data, error } = reading;
  const isAbsent = error instanceof HomeserverError && error.notFound;
  const number = shownTitle(id) ?? '';
  // Synapse lists reports whose message is gone, and answers 404 to each of them.
  const { row } = usePlace('message', id);
  const listed = useReadOnDemand(reports.listedMessage(homeserver, id), allReportsProgress);
  const report = data ? messageReport(data.value) : isAbsent ? (row ?? listed.reading.data ?? null) : null;
  const event = data?.value.event_json ?? null;
  const files = filesIn(event?.content);
  return (
    <ReportFrame
      kind="message"
      id={id}
      title={t`Message report ${number}`}
      reading={reading}
      report={report}
      files={files.map(({ mxc }) => mxc)}
      instead={
        isAbsent && !report && row !== undefined ? (
          <NotFound control={listed} />
        ) : error && !isAbsent && !data ? (
          <ErrorNote title={t`Could not load the report`} error={error} onRetry={() => void reading.refetch()} />
        ) : undefined
      }
    >
      <OddFieldNote problem={data?.problem ?? null} />
      {data && report?.kind === 'message' && <Message report={data.value} />}
      {!data && report && (
        <Text size="sm">{t`Synapse no longer has the message, so its text and its sender are unknown.`}</Text>
      )}
      {files.length > 0 && (
        <Stack gap="sm">
          <Title order={2} size="h4">{t`Files in the message`}</Title>
          {files.map((file) => (
            <ReportedFile key={file.mxc} file={file} />
          ))}
        </Stack>
      )}
    </ReportFrame>
  );
}

/** Synapse answers 404 to a report that is gone and to one whose message is gone. Only the list tells them apart. */
function NotFound({ control }: { control: ReadControl<Report | null> }) {
  const { data } = control.reading;
  if (data === null) {
    return (
      <EmptyNote title={t`Report not found`}>
        {t`It was dismissed, its room was deleted, or there never was one with this number.`}
      </EmptyNote>
    );
  }
  const page = formatCount(REPORTS_PAGE);
  return (
    <ReadOnDemand
      title={t`Report not found`}
      about={t`Most likely it was dismissed, or its room was deleted. But Synapse answers the same where only the message is gone: then the report is still in the list.`}
      cost={t`Looking there takes one request for each ${page} reports.`}
      show={t`Look for it in the list`}
      control={control}
    >
      {() => null}
    </ReadOnDemand>
  );
}

function Message({ report }: { report: WholeEventReport }) {
  const { event_json: event, room_id: roomId, event_id: eventId } = report;
  return (
    <>
      <Title order={2} size="h4">
        {t`Reported message`}
      </Title>
      <span className={classes.by}>
        <Moment ms={event?.origin_server_ts} />
        <Id value={eventId} />
      </span>
      <div
        className={classes.message}
        role="region"
        aria-label={t`Text of the message`}
        // A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <EventContent type={event?.type ?? ''} content={event?.content} />
      </div>
      <JsonFold content={event} />
      <AroundIt event={{ roomId, eventId }} />
    </>
  );
}
