import { t } from '@lingui/core/macro';
import { Stack } from '@mantine/core';
import { ListPage } from '~/entities/list/ListPage';
import { UsersByType } from './UsersByType';
import { UPLOADERS_LIST } from '~/entities/media/uploaders-list';
import { Page } from '~/ui/Page';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { AllRooms } from './AllRooms';
import { AllUploaders } from './AllUploaders';
import { LargestRooms } from './LargestRooms';

function MediaByUser() {
  return (
    <Stack gap="md">
      <AllUploaders />
      <ListPage list={UPLOADERS_LIST} />
    </Stack>
  );
}

/** What takes the space, and what there is. */
export function StatisticsPage() {
  return (
    <Page
      title={t`Statistics`}
      about={t`Who and what takes the space on this homeserver, and what there is of each kind.`}
    >
      <TabsInUrl
        label={t`Statistics`}
        tabs={[
          { id: 'media', label: t`Media by user`, content: <MediaByUser /> },
          { id: 'rooms', label: t`Largest rooms`, content: <LargestRooms /> },
          { id: 'users', label: t`Users by type`, content: <UsersByType /> },
          { id: 'origins', label: t`Origin and version of rooms`, content: <AllRooms /> },
        ]}
      />
    </Page>
  );
}
