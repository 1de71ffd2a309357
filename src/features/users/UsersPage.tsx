import { ListPage } from '~/entities/list/ListPage';
import { Page } from '~/ui/Page';
import { USERS_LIST } from './users-list';

export function UsersPage() {
  return (
    <Page title="Users">
      <ListPage list={USERS_LIST} />
    </Page>
  );
}
