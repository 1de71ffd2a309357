import { Outlet } from 'react-router';
import { useLacks, type FeatureId } from '~/data/lacks';
import { EmptyNote } from '~/ui/EmptyNote';
import { Page } from '~/ui/Page';
import { wordsOf } from '~/lib/words';

/** The pages below it, or why this Synapse can't do what they are for: asking would only end in an error. */
export function NeedsFeature({ feature, title }: { feature: FeatureId; title: string }) {
  const reason = useLacks(feature);
  if (reason === null) return <Outlet />;
  return (
    <Page title={title}>
      <EmptyNote title="This homeserver is too old for this">{wordsOf(reason)}</EmptyNote>
    </Page>
  );
}
