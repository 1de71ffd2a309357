import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { ListPage } from '~/entities/list/ListPage';
import { paths } from '~/lib/paths';
import { Page } from '~/ui/Page';
import { USERS_LIST } from './users-list';

export function UsersPage() {
  return (
    <Page
      title={t`Users`}
      actions={
        <>
          <Button component={Link} to={paths.importUsers()} size="xs" variant="default">
            {t`Import from CSV`}
          </Button>
          <Button component={Link} to={paths.createUser()} size="xs">
            {t`Create user`}
          </Button>
        </>
      }
    >
      <ListPage list={USERS_LIST} />
    </Page>
  );
}
