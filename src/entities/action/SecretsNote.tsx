import { msg, plural, t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useMemo, useSyncExternalStore } from 'react';
import { actionOf } from '~/actions/all';
import { heldOf, heldSecrets } from '~/job-store/secrets';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { useSnapshot } from '~/ui/job/use-snapshot';
import { Notice } from '~/ui/Notice';
import { SecretsToSave } from './SecretsToSave';

/** Where the new passwords of a job are, on its page: to be saved once, or gone. */
export function SecretsNote({ job }: { job: Job }) {
  const snapshot = useSnapshot(job);
  const secrets = useSyncExternalStore(heldSecrets.subscribe, heldSecrets.get);
  const { kind, version } = snapshot;
  // oxlint-disable-next-line react/exhaustive-deps -- read anew whenever a row or the store changes
  const held = useMemo(() => [...heldOf(job)], [job, version, secrets]);
  const secret = actionOf(kind)?.secret;
  if (!secret || secret.isKnown) return null;
  if (!isOver(snapshot)) return <BeforeTheEnd isHere={secrets.has(job.id)} />;
  if (held.length === 0) {
    return snapshot.counts.done + snapshot.counts.unknown > 0 ? (
      <Text size="sm">
        <Trans>
          The new passwords are no longer here: they were shown or saved, or the page that made them was closed. If
          nobody saved them, reset them again.
        </Trans>
      </Text>
    ) : null;
  }
  return <SecretsToSave job={job} held={held} noAnswer={NO_ANSWER} unsure={unsure} />;
}

function BeforeTheEnd({ isHere }: { isHere: boolean }) {
  const { t } = useLingui();
  return isHere ? (
    <Notice tone="key" title={t`The new passwords are only in this page`}>
      <Trans>Keep this page open until the job has finished or was stopped. Then download the passwords here.</Trans>
    </Notice>
  ) : (
    <Notice tone="key" title={t`The new passwords are not in this page`}>
      <Trans>
        They are in the page that began the job. If that page was closed, they are lost, and this job can’t be resumed:
        start a new one for the remaining users.
      </Trans>
    </Notice>
  );
}

const unsure = (count: number): string =>
  t`${plural(count, {
    one: 'For # user no answer came: either the new password is set, or the old one still is. The file marks that user.',
    other:
      'For # users no answer came: either the new password is set, or the old one still is. The file marks these users.',
  })}`;

const NO_ANSWER = msg`no answer: either this password is set, or the old one still is`;
