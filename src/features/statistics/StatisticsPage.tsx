import { t } from '@lingui/core/macro';
import { ListPage } from '~/entities/list/ListPage';
import { UPLOADERS_LIST } from '~/entities/media/uploaders-list';
import { Page } from '~/ui/Page';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { LargestRooms } from './LargestRooms';

/** What takes the space. */
export function StatisticsPage() {
  return (
    <Page title={t`Statistics`} about={t`Who and what takes the space on this homeserver.`}>
      <TabsInUrl
        label={t`Statistics`}
        tabs={[
          { id: 'media', label: t`Media by user`, content: <ListPage list={UPLOADERS_LIST} /> },
          { id: 'rooms', label: t`Largest rooms`, content: <LargestRooms /> },
        ]}
      />
    </Page>
  );
}
