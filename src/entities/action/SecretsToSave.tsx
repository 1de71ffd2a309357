import { msg, plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Held } from '~/actions/secrets';
import { forgetSecrets } from '~/job-store/secrets';
import type { Job } from '~/jobs/job';
import { toCsv } from '~/lib/csv';
import type { Text as Words } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { download, fileName } from '~/ui/download';
import { Notice } from '~/ui/Notice';
import { SecretShown } from './SecretShown';

interface SecretsToSaveProps {
  job: Job;
  held: readonly Held[];
  /** Beside a password whose request got no answer, in the file. */
  noAnswer: Words;
  /** The same for so many of them, as sentences. */
  unsure(count: number): string;
}

/** Passwords that were made: of one user shown, of several as a file. Forgotten once they are saved. */
export function SecretsToSave({ job, held, noAnswer, unsure }: SecretsToSaveProps) {
  const { t } = useLingui();
  const count = held.length;
  const [first] = held;
  const forget = () =>
    forgetSecrets(
      job.id,
      held.map(({ id }) => id),
    );
  if (job.getSnapshot().total === 1 && first) {
    return (
      <>
        <SecretShown held={first} />
        <Group>
          <Button size="xs" variant="default" onClick={forget}>
            <Trans>I have saved it</Trans>
          </Button>
        </Group>
      </>
    );
  }
  const withoutAnswer = held.filter(({ isSure }) => !isSure).length;
  const save = () => {
    const rows = held.map(({ id, value, isSure }) => [id, value, wordsOf(isSure ? SET : noAnswer)]);
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
      {withoutAnswer > 0 && <Text size="sm">{unsure(withoutAnswer)}</Text>}
      <Group mt={6}>
        <Button size="xs" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
          <Trans>Download passwords as CSV</Trans>
        </Button>
        <Button size="xs" variant="default" onClick={forget}>
          {t`${plural(count, { one: 'I have saved it', other: 'I have saved them' })}`}
        </Button>
      </Group>
    </Notice>
  );
}

const SET = msg`set`;
