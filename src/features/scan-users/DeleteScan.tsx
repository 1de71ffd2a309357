import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { storageReason } from '~/job-store/journal-db';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';

interface DeleteScanProps {
  opened: boolean;
  onClose(): void;
  onDelete(): Promise<void>;
}

/** Asks before a scan is deleted: to have it again, everybody is read again. */
export function DeleteScan({ opened, onClose, onDelete }: DeleteScanProps) {
  const { t } = useLingui();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const go = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onDelete();
      onClose();
    } catch (error) {
      setProblem(wordsOf(storageReason(error)));
    }
    setBusy(false);
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t`Delete this scan?`}
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack>
        <Text size="sm">
          <Trans>
            The result is deleted from this browser. Nothing changes on the homeserver. To use these filters again, you
            have to scan again.
          </Trans>
        </Text>
        {problem !== null && (
          <Notice role="alert" tone="danger" title={t`Not deleted`}>
            {problem}
          </Notice>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button color="red.9" loading={busy} onClick={() => void go()}>
            <Trans>Delete scan</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
