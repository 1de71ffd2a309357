import { useLingui } from '@lingui/react/macro';
import { Outlet } from 'react-router';
import { useSession } from '~/data/session';
import { wordsOf } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { Page } from '~/ui/Page';
import { whyAbsent, type Screen } from './navigation';

/** The pages below it, or why this homeserver can't do what they are for: asking would only end in an error. */
export function NeedsFeature({ screen }: { screen: Screen }) {
  const { t } = useLingui();
  const session = useSession();
  const reason = whyAbsent(screen, session);
  if (reason === null) return <Outlet />;
  const isTooOld = screen.mas === undefined || !(session.mas || screen.isOfMas);
  return (
    <Page title={wordsOf(screen.label)}>
      <EmptyNote title={isTooOld ? t`This homeserver’s Synapse is too old for this` : t`Not on this homeserver`}>
        {wordsOf(reason)}
      </EmptyNote>
    </Page>
  );
}
