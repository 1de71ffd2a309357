import { t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { lacks } from '~/api/since';
import { useSession } from '~/data/session';
import { ListPage } from '~/entities/list/ListPage';
import { wordsOf } from '~/lib/words';
import { Page } from '~/ui/Page';
import { ExportReports } from './ExportReports';
import { ForgetMarks } from './ForgetMarks';
import { RoomReports } from './RoomReports';
import { REPORTS_LIST } from './reports-list';

/** What users reported: one queue of messages and of users. */
export function ReportsPage() {
  const { version } = useSession();
  const lacking = lacks(version, 'user-reports');
  return (
    <Page
      title={t`Reports`}
      about={t`Messages and users that people on this homeserver reported. Synapse does not show reports from rooms that were deleted.`}
      actions={<ExportReports />}
    >
      {lacking !== null && (
        <Text size="sm" c="dimmed">
          {t`Only reports of messages are listed.`} {wordsOf(lacking)}
        </Text>
      )}
      <ListPage list={REPORTS_LIST} />
      <RoomReports />
      <ForgetMarks />
    </Page>
  );
}
