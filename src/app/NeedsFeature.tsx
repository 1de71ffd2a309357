import { useEffect } from 'react';
import { Outlet } from 'react-router';
import { takeHandover } from '~/data/handover';
import { useLacks, type FeatureId } from '~/data/lacks';
import { EmptyNote } from '~/ui/EmptyNote';
import { Page } from '~/ui/Page';
import { wordsOf } from '~/lib/words';

/** The pages below it, or why this Synapse can't do what they are for: asking would only end in an error. */
export function NeedsFeature({ feature, title }: { feature: FeatureId; title: string }) {
  const reason = useLacks(feature);
  useEffect(() => {
    // Meant for the page that is not shown, and for no other.
    if (reason !== null) takeHandover();
  }, [reason]);
  if (reason === null) return <Outlet />;
  return (
    <Page title={title}>
      <EmptyNote title="This homeserver is too old for this">{wordsOf(reason)}</EmptyNote>
    </Page>
  );
}
