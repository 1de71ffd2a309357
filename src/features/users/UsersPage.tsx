import { t } from '@lingui/core/macro';
import { ListPage } from '~/entities/list/ListPage';
import { Page } from '~/ui/Page';
import { KeptFocus } from '~/ui/wizard/KeptFocus';
import { ExportUsers } from './ExportUsers';
import { USERS_LIST } from './users-list';

export function UsersPage() {
  return (
    <Page title={t`Users`} actions={<ExportUsers />}>
      <KeptFocus>
        <ListPage list={USERS_LIST} />
      </KeptFocus>
    </Page>
  );
}
