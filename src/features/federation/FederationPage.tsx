import { t } from '@lingui/core/macro';
import { ListPage } from '~/entities/list/ListPage';
import { Page } from '~/ui/Page';
import { ExportDestinations } from './ExportDestinations';
import { DESTINATIONS_LIST } from './destinations-list';

/** The other servers that this one talks to, and whether it reaches them. */
export function FederationPage() {
  return (
    <Page
      title={t`Federation`}
      about={t`The other servers that this homeserver has tried to send something to.`}
      actions={<ExportDestinations />}
    >
      <ListPage list={DESTINATIONS_LIST} />
    </Page>
  );
}
