import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { ListPage } from '~/entities/list/ListPage';
import { paths } from '~/lib/paths';
import { Page } from '~/ui/Page';
import { KeptFocus } from '~/ui/wizard/KeptFocus';
import { ExportUsers } from './ExportUsers';
import { USERS_LIST } from './users-list';

export function UsersPage() {
  return (
    <Page
      title={t`Users`}
      actions={
        <>
          <ExportUsers />
          <Button component={Link} to={paths.importUsers()} variant="default">
            {t`Import from CSV`}
          </Button>
          <Button component={Link} to={paths.createUser()}>
            {t`Create user`}
          </Button>
        </>
      }
    >
      <KeptFocus>
        <ListPage list={USERS_LIST} />
      </KeptFocus>
    </Page>
  );
}
