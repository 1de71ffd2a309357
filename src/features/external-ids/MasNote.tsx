import { Trans, useLingui } from '@lingui/react/macro';
import { Notice } from '~/ui/Notice';

/**
 * Behind MAS, Synapse's own single sign-on is off (`config/mas.py:127-133`): its table of external IDs can still be read and written, but
 * no sign-in uses it.
 */
export function MasNote() {
  const { t } = useLingui();
  return (
    <Notice tone="warning" title={t`External IDs in Synapse don’t affect sign-in here`}>
      <Trans>
        This homeserver signs users in through Matrix Authentication Service (MAS), which keeps its own links to single
        sign-on providers. The IDs in Synapse are left over from before: removing them or putting them back changes
        nobody’s sign-in and signs nobody out. To unlink an account, remove its upstream link in MAS.
      </Trans>
    </Notice>
  );
}
