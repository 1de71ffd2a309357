import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { paths } from '~/lib/paths';
import { Page } from '~/ui/Page';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { FindFile } from './FindFile';
import { MediaByUser } from './MediaByUser';

/** The files that users of this homeserver uploaded. */
export function MediaPage() {
  return (
    <Page
      title={t`Media`}
      about={t`The files that users of this homeserver uploaded.`}
      actions={
        <Button component={Link} to={paths.deleteMedia()} size="xs" variant="default">
          <Trans>Delete media by date…</Trans>
        </Button>
      }
    >
      <TabsInUrl
        label={t`Media`}
        tabs={[
          { id: 'users', label: t`By user`, content: <MediaByUser /> },
          { id: 'find', label: t`Find a file`, content: <FindFile /> },
        ]}
      />
    </Page>
  );
}
