import { msg, plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useSyncExternalStore } from 'react';
import { actionOf } from '~/actions/all';
import type { Held } from '~/actions/secrets';
import { forgetSecrets, heldOf, heldSecrets } from '~/job-store/secrets';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { toCsv } from '~/lib/csv';
import { wordsOf } from '~/lib/words';
import { download, fileName } from '~/ui/download';
import { useSnapshot } from '~/ui/job/use-snapshot';
import { Notice } from '~/ui/Notice';
import { SecretShown } from './SecretShown';

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
  const forget = () =>
    forgetSecrets(
      job.id,
      held.map(({ id }) => id),
    );
  const [first] = held;
  return snapshot.total === 1 && first ? (
    <>
      <SecretShown held={first} />
      <Group>
        <Button size="xs" variant="default" onClick={forget}>
          <Trans>I have saved it</Trans>
        </Button>
      </Group>
    </>
  ) : (
    <SaveThem held={held} onSaved={forget} />
  );
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

function SaveThem({ held, onSaved }: { held: readonly Held[]; onSaved(): void }) {
  const { t } = useLingui();
  const count = held.length;
  const unsure = held.filter(({ isSure }) => !isSure).length;
  const save = () => {
    const rows = held.map(({ id, value, isSure }) => [id, value, wordsOf(isSure ? SET : NO_ANSWER)]);
    download(
      new Blob([toCsv(['user_id', 'password', 'state'], rows)], { type: 'text/csv' }),
      fileName('passwords', 'csv'),
    );
  };
  return (
    <Notice
      tone="key"
      role="status"
      title={t`Save ${plural(count, { one: '# new password', other: '# new passwords' })} now`}
    >
      <Text size="sm">
        <Trans>
          They are only in the memory of this page. Closing the page or signing out deletes them. Check that you have
          the file before you confirm.
        </Trans>
      </Text>
      {unsure > 0 && (
        <Text size="sm">
          {t`${plural(unsure, {
            one: 'For # user no answer came: either the new password is set, or the old one still is. The file marks that user.',
            other:
              'For # users no answer came: either the new password is set, or the old one still is. The file marks these users.',
          })}`}
        </Text>
      )}
      <Group mt={6}>
        <Button size="xs" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
          <Trans>Download passwords as CSV</Trans>
        </Button>
        <Button size="xs" variant="default" onClick={onSaved}>
          {t`${plural(count, { one: 'I have saved it', other: 'I have saved them' })}`}
        </Button>
      </Group>
    </Notice>
  );
}

const SET = msg`set`;
const NO_ANSWER = msg`no answer: either this password is set, or the old one still is`;
