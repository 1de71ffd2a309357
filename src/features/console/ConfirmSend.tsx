import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { wordsOf } from '~/lib/words';
import { ActsAs } from '~/ui/ActsAs';
import { Outside } from '~/ui/Outside';
import { useReturnedFocus } from '~/ui/use-returned-focus';
import type { Entry } from './catalogue/entry';
import classes from './Console.module.css';
import type { Draft } from './draft';

interface ConfirmSendProps {
  draft: Draft;
  /** Null: the catalogue doesn’t know it. */
  entry: Entry | null;
  onSend(): void;
  onClose(): void;
}

/** What a request destroys, before it is sent. */
export function ConfirmSend({ draft, entry, onSend, onClose }: ConfirmSendProps) {
  useReturnedFocus();
  const { t } = useLingui();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Send this request?`}
      centered
      closeButtonProps={{ 'aria-label': t`Close` }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <Stack gap="sm">
        <ActsAs />
        <Text size="sm" className={classes.mono} style={{ overflowWrap: 'anywhere' }}>
          {draft.method} <Outside as="id" text={draft.path} longest={2000} />
        </Text>
        <Text>
          {entry?.destroys === undefined
            ? t`Glia doesn’t know this request, so it can’t say what it destroys.`
            : wordsOf(entry.destroys)}
        </Text>
        <Text size="sm" c="dimmed">
          <Trans>Glia keeps no state from before, so it can’t undo this.</Trans>
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            <Trans>Cancel</Trans>
          </Button>
          <Button color="red.9" onClick={onSend}>
            <Trans>Send</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
