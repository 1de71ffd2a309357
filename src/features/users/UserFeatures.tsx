import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { switchFeature } from '~/actions/user/features';
import { lacks } from '~/api/since';
import { useSession } from '~/data/session';
import { userDetails } from '~/data/user-details';
import { ActionPencil } from '~/entities/action/ActionPencil';
import { isolated, shownId } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { Facts } from '~/ui/Facts';
import { Section } from '~/ui/Section';
import { OnDemand } from './OnDemand';

/** What Synapse does for single users only. */
export function UserFeatures({ userId }: { userId: string }) {
  const { version } = useSession();
  const lacking = lacks(version, 'experimental-features');
  return (
    <OnDemand
      title={t`Experimental features`}
      about={t`Parts of Matrix that Synapse can switch on for single users, before everyone has them.`}
      show={t`Show experimental features`}
      lacking={lacking && wordsOf(lacking)}
    >
      <Features userId={userId} />
    </OnDemand>
  );
}

function Features({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(userDetails.features(homeserver, userId));
  return (
    <Section unread={t`Could not load the experimental features`} reading={reading}>
      {(seen) => {
        const { features } = seen;
        const named = Object.entries(features);
        if (named.length === 0) return <EmptyNote title={t`This homeserver has no experimental features`} />;
        return (
          <Facts
            facts={named.map(([feature, isOn]) => ({
              name: shownId(feature),
              value: isOn ? t`on` : t`off`,
              edit: (
                <ActionPencil
                  actions={[switchFeature]}
                  id={userId}
                  seen={seen}
                  values={{ feature, isOn: !isOn }}
                  label={switchWords(feature)}
                />
              ),
            }))}
          />
        );
      }}
    </Section>
  );
}

function switchWords(feature: string): string {
  const name = isolated(feature);
  return t`Switch ${name}`;
}
