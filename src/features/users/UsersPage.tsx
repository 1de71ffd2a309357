import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus, IconUpload } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ListPage } from '~/entities/list/ListPage';
import { paths } from '~/lib/paths';
import { Page } from '~/ui/Page';
import { KeptFocus } from '~/ui/wizard/KeptFocus';
import { ExportUsers } from './ExportUsers';
import { USERS_LIST } from './users-list';

export function UsersPage() {
  return (
    <Page title={t`Users`} actions={<Actions />}>
      <KeptFocus>
        <ListPage list={USERS_LIST} />
      </KeptFocus>
    </Page>
  );
}

function Actions() {
  // All three in one line of a phone.
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const size = narrow ? 'xs' : 'sm';
  return (
    <>
      <ExportUsers size={size} />
      <Button
        component={Link}
        to={paths.importUsers()}
        variant="default"
        size={size}
        leftSection={narrow ? null : <IconUpload size={16} aria-hidden />}
      >
        <Trans>Import from CSV…</Trans>
      </Button>
      <Button
        component={Link}
        to={paths.createUser()}
        size={size}
        leftSection={narrow ? null : <IconPlus size={16} aria-hidden />}
      >
        <Trans>Create user</Trans>
      </Button>
    </>
  );
}
