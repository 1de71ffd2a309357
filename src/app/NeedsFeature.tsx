import { useLingui } from '@lingui/react/macro';
import { Outlet } from 'react-router';
import { useLacks, type FeatureId } from '~/data/lacks';
import { wordsOf, type Words } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { Page } from '~/ui/Page';

/** The pages below it, or why this Synapse can't do what they are for: asking would only end in an error. */
export function NeedsFeature({ feature, title }: { feature: FeatureId; title: Words }) {
  const { t } = useLingui();
  const reason = useLacks(feature);
  if (reason === null) return <Outlet />;
  return (
    <Page title={wordsOf(title)}>
      <EmptyNote title={t`This homeserver’s Synapse is too old for this`}>{wordsOf(reason)}</EmptyNote>
    </Page>
  );
}
