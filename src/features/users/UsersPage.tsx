import { t } from '@lingui/core/macro';
import { ListPage } from '~/entities/list/ListPage';
import { Page } from '~/ui/Page';
import { USERS_LIST } from './users-list';

export function UsersPage() {
  return (
    <Page title={t`Users`}>
      <ListPage list={USERS_LIST} />
    </Page>
  );
}
