import { t } from '@lingui/core/macro';
import { ListPage } from '~/entities/list/ListPage';
import { Page } from '~/ui/Page';
import { ExportRooms } from './ExportRooms';
import { ROOMS_LIST } from './rooms-list';

export function RoomsPage() {
  return (
    <Page title={t`Rooms`} actions={<ExportRooms />}>
      <ListPage list={ROOMS_LIST} />
    </Page>
  );
}
