import { useLingui } from '@lingui/react/macro';
import { Outlet } from 'react-router';
import { useLacks, type FeatureId } from '~/data/lacks';
import { useSession } from '~/data/session';
import { wordsOf, type Words } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { Page } from '~/ui/Page';

interface NeedsFeatureProps {
  feature: FeatureId;
  title: Words;
  /** Why it is not there behind MAS, if it is not. */
  mas?: Words;
}

/** The pages below it, or why this homeserver can't do what they are for: asking would only end in an error. */
export function NeedsFeature({ feature, title, mas }: NeedsFeatureProps) {
  const { t } = useLingui();
  const lacking = useLacks(feature);
  const isBehindMas = useSession().mas && mas !== undefined;
  const reason = isBehindMas ? mas : lacking;
  if (reason === null) return <Outlet />;
  return (
    <Page title={wordsOf(title)}>
      <EmptyNote title={isBehindMas ? t`Not on this homeserver` : t`This homeserver’s Synapse is too old for this`}>
        {wordsOf(reason)}
      </EmptyNote>
    </Page>
  );
}
