import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useMemo, useSyncExternalStore } from 'react';
import { SecretsToSave } from '~/entities/action/SecretsToSave';
import { heldOf, heldSecrets } from '~/job-store/secrets';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { useSnapshot } from '~/ui/job/use-snapshot';
import { Notice } from '~/ui/Notice';

/** The passwords that were made for new accounts: shown or saved once. Nothing where none is here. */
export function PasswordsNote({ job }: { job: Job }) {
  const snapshot = useSnapshot(job);
  const secrets = useSyncExternalStore(heldSecrets.subscribe, heldSecrets.get);
  const { version } = snapshot;
  // oxlint-disable-next-line react/exhaustive-deps -- read anew whenever a row or the store changes
  const held = useMemo(() => (isOver(snapshot) ? [...heldOf(job)] : []), [job, version, snapshot.state, secrets]);
  if (!isOver(snapshot)) {
    return secrets.has(job.id) && snapshot.total > 1 ? (
      <Notice tone="key" title={t`The new passwords are only in this page`}>
        <Trans>
          Keep this page open until the job has finished or was stopped. Then download the passwords here. If you close
          it, the job can be resumed, but the passwords of the accounts created so far are lost and have to be reset.
        </Trans>
      </Notice>
    ) : null;
  }
  if (held.length === 0) return null;
  return <SecretsToSave job={job} held={held} noAnswer={NO_ANSWER} unsure={unsure} />;
}

const NO_ANSWER = msg`no answer: the account has this password, if it was created by this job`;

const unsure = (count: number): string =>
  t`${plural(count, {
    one: 'For # account no answer came: it has this password if this job created it. The file marks that account.',
    other:
      'For # accounts no answer came: they have these passwords if this job created them. The file marks these accounts.',
  })}`;
