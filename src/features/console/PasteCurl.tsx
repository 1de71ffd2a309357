import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Textarea } from '@mantine/core';
import { IconClipboardText } from '@tabler/icons-react';
import { useState } from 'react';
import { useSession } from '~/data/session';
import { isolated } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { showToast } from '~/ui/toasts';
import classes from './Console.module.css';
import type { Draft } from './draft';
import { readCurl, type ReadCurl } from './read-curl';

/** Fills the form with a curl command that was copied somewhere else. */
export function PasteCurl({ onRead }: { onRead(draft: Draft): void }) {
  const { t } = useLingui();
  const { homeserver } = useSession();
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const close = () => {
    setOpened(false);
    // It may hold a token.
    setText('');
    setProblem(null);
  };
  const take = () => {
    const found = readCurl(text, homeserver.baseUrl);
    if ('problem' in found) return setProblem(wordsOf(found.problem));
    onRead(found.draft);
    sayLeftOut(found);
    close();
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconClipboardText size={16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        <Trans>Paste a curl command…</Trans>
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t`Paste a curl command`}
        size="lg"
        closeButtonProps={{ 'aria-label': t`Close` }}
        attributes={{ header: { role: 'presentation' } }}
      >
        <Textarea
          data-autofocus
          label={t`Command`}
          description={t`A token in it is dropped: the request is sent with your own.`}
          classNames={{ input: classes.mono ?? '' }}
          autosize
          minRows={5}
          maxRows={14}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setProblem(null);
          }}
          error={problem}
          spellCheck={false}
          autoComplete="off"
        />
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={close}>
            <Trans>Cancel</Trans>
          </Button>
          <Button onClick={take} disabled={text.trim() === ''}>
            <Trans>Fill in the request</Trans>
          </Button>
        </Group>
      </Modal>
    </>
  );
}

/** What of a command did not get into the form. */
export function sayLeftOut({ hadToken, elsewhere, ignored }: ReadCurl): void {
  const host = elsewhere === null ? '' : isolated(elsewhere);
  const list = isolated(ignored.join(', '));
  const said = [
    hadToken && t`The access token was dropped. The request is sent with your own.`,
    elsewhere !== null && t`The command was for ${host}. Here it is sent to the homeserver that you are signed in to.`,
    ignored.length > 0 && t`Left out: ${list}.`,
  ].filter((one) => one !== false);
  if (said.length === 0) return;
  showToast({ tone: 'plain', title: t`Command read`, body: said.join(' '), actions: [] });
}
