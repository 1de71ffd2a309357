import { msg, plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useSyncExternalStore } from 'react';
import type { Held } from '~/actions/secrets';
import { SecretShown } from '~/entities/action/SecretShown';
import { forgetSecrets, heldOf, heldSecrets } from '~/job-store/secrets';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { toCsv } from '~/lib/csv';
import { wordsOf } from '~/lib/words';
import { download, fileName } from '~/ui/download';
import { useSnapshot } from '~/ui/job/use-snapshot';
import { Notice } from '~/ui/Notice';

/** The passwords that were made for new accounts: shown or saved once. Nothing where none is here. */
export function PasswordsNote({ job }: { job: Job }) {
  const { t } = useLingui();
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

function SaveThem({ held, onSaved }: { held: readonly Held[]; onSaved(): void }) {
  const { t } = useLingui();
  const count = held.length;
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
const NO_ANSWER = msg`no answer: the account has this password, if it was created by this job`;
