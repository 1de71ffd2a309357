import { useLingui } from '@lingui/react/macro';
import { useParams } from 'react-router';
import { useSession } from '~/data/session';
import { serverOf } from '~/lib/mxid';
import { paths } from '~/lib/paths';
import { isolated } from '~/lib/shown-text';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { Page } from '~/ui/Page';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { Archiving } from './Archiving';
import { Erasure } from './Erasure';

/** What somebody may ask for: all that this homeserver has of them, and that it is erased. */
export function DataRequestPage() {
  const { t } = useLingui();
  const { userId = '' } = useParams();
  const { serverName } = useSession();
  const isLocal = serverOf(userId) === serverName;
  return (
    <Page
      title={t`Data request and erasure`}
      parent={{ label: isolated(userId), to: paths.user(userId) }}
      about={<Id value={userId} />}
    >
      {isLocal ? (
        <TabsInUrl
          key={userId}
          label={t`What the user asks for`}
          tabs={[
            { id: 'archive', label: t`Copy of the data`, content: <Archiving userId={userId} /> },
            { id: 'erasure', label: t`Erasure`, content: <Erasure userId={userId} /> },
          ]}
        />
      ) : (
        <EmptyNote title={t`Not a user of this homeserver`}>
          {t`Only the user’s own homeserver has an account to copy or erase.`}
        </EmptyNote>
      )}
    </Page>
  );
}
