import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { paths } from '~/lib/paths';
import { Page } from '~/ui/Page';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { ExportUploaders } from './ExportUploaders';
import { FindFile } from './FindFile';
import { Growth } from './Growth';
import { LargestFiles } from './LargestFiles';
import { MediaByUser } from './MediaByUser';
import { QuarantinedLately } from './QuarantinedLately';

/** The files that users of this homeserver uploaded. */
export function MediaPage() {
  const [search] = useSearchParams();
  const isByUser = (search.get('tab') ?? 'users') === 'users';
  return (
    <Page
      title={t`Media`}
      about={t`The files that users of this homeserver uploaded.`}
      actions={
        <>
          <Button component={Link} to={paths.deleteMedia()} size="xs" variant="default">
            <Trans>Delete media by date…</Trans>
          </Button>
          {isByUser && <ExportUploaders />}
        </>
      }
    >
      <TabsInUrl
        label={t`Media`}
        tabs={[
          { id: 'users', label: t`By user`, content: <MediaByUser /> },
          { id: 'growth', label: t`By month`, content: <Growth /> },
          { id: 'largest', label: t`Largest files`, content: <LargestFiles /> },
          { id: 'quarantined', label: t`Quarantined lately`, content: <QuarantinedLately /> },
          { id: 'find', label: t`Find a file`, content: <FindFile /> },
        ]}
      />
    </Page>
  );
}
