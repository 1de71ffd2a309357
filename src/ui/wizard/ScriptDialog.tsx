import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { IconCopy, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { formatBytes } from '~/lib/bytes';
import {
  READ_TOKEN,
  SCRIPT_FACTS,
  SCRIPT_LANGUAGES,
  TOKEN_VARIABLE,
  type ScriptLanguage,
} from '~/lib/script-languages';
import { download } from '~/ui/download';
import { ErrorNote } from '~/ui/ErrorNote';
import { Notice } from '~/ui/Notice';
import { scriptFile } from './script-file';
import classes from './ScriptDialog.module.css';
import { wordsOf } from '~/lib/words';

/** Missing where the page itself was loaded over plain HTTP. */
const canCopy = 'clipboard' in navigator;

interface ScriptDialogProps {
  opened: boolean;
  onClose(): void;
  write(language: ScriptLanguage): Promise<Iterable<string>>;
  fileStem: string;
  demo: boolean;
}

type State =
  | { did: 'nothing' }
  | { did: 'working'; as: 'copy' | 'save' }
  | { did: 'copied' | 'saved'; bytes: number; name: string }
  | { did: 'failed'; error: unknown };

/** The plan as a script: which language, what that needs, how it is run; to the clipboard or into a file. */
export function ScriptDialog({ opened, onClose, write, fileStem, demo }: ScriptDialogProps) {
  const { t } = useLingui();
  const [language, setLanguage] = useState<ScriptLanguage>('bash');
  const [state, setState] = useState<State>({ did: 'nothing' });
  const { command, extension } = SCRIPT_FACTS[language];
  const install = wordsOf(SCRIPT_FACTS[language].install);
  const name = `${fileStem}.${extension}`;
  const make = async () => scriptFile(await write(language));

  const hand = async (as: 'copy' | 'save') => {
    setState({ did: 'working', as });
    try {
      const file = as === 'copy' ? await copy(make()) : await make();
      if (as === 'save') download(file, name);
      setState({ did: as === 'copy' ? 'copied' : 'saved', bytes: file.size, name });
    } catch (error) {
      setState({ did: 'failed', error });
    }
  };
  const working = state.did === 'working' ? state.as : null;

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t`The plan as a script`}
      size="lg"
      closeButtonProps={{ 'aria-label': t`Close` }}
      // Mantine's <header>, outside any section, would be a second banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      <Stack gap="md">
        {demo && (
          <Notice tone="warning" title={t`This script can’t reach the demo homeserver`}>
            <Trans>The demo exists only in this page. Use the script to see what one looks like.</Trans>
          </Notice>
        )}
        <Text size="sm">
          <Trans>
            The script carries out this plan and nothing else, one request at a time. Like the job here, it looks at
            each item again just before changing it, and reports what happened to it in the homeserver’s own words.
          </Trans>
        </Text>
        <Radio.Group
          label={t`Language`}
          value={language}
          onChange={(value) => {
            setLanguage(SCRIPT_LANGUAGES.find((one) => one === value) ?? 'bash');
            setState({ did: 'nothing' });
          }}
        >
          <Stack gap="xs" mt="xs">
            {SCRIPT_LANGUAGES.map((one) => (
              <Radio
                key={one}
                value={one}
                label={wordsOf(SCRIPT_FACTS[one].name)}
                description={wordsOf(SCRIPT_FACTS[one].needs)}
                data-autofocus={one === language || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <div>
          <Text size="sm" fw={700} mb={4}>
            <Trans>How to run it</Trans>
          </Text>
          {/* It scrolls sideways, so the keyboard must get there. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={classes.code} tabIndex={0} role="group" aria-label={t`How to run it`}>
            {`${READ_TOKEN}\n${command} ${name}`}
          </pre>
          <Text size="sm" c="dimmed" mt={4}>
            <Trans>
              Your access token is not in the script, which reads it from the environment variable {TOKEN_VARIABLE}.
              Enter the first line, paste the token, and press Enter. If something is missing: {install}
            </Trans>
          </Text>
        </div>
        {state.did === 'failed' && <ErrorNote title={t`The script could not be made`} error={state.error} />}
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {said(state)}
          </Text>
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              loading={working === 'save'}
              onClick={() => void hand('save')}
            >
              <Trans>Save as a file</Trans>
            </Button>
            {canCopy && (
              <Button
                leftSection={<IconCopy size={16} aria-hidden />}
                loading={working === 'copy'}
                onClick={() => void hand('copy')}
              >
                <Trans>Copy</Trans>
              </Button>
            )}
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}

function said(state: State): string {
  if (state.did !== 'copied' && state.did !== 'saved') return '';
  const { did, name } = state;
  const size = formatBytes(state.bytes);
  return did === 'copied' ? t`Copied (${size}). Save it as ${name}.` : t`Saved as ${name} (${size}).`;
}

/** The clipboard is asked within the click, and waits for the text: some browsers refuse whoever asks later. */
async function copy(making: Promise<Blob>): Promise<Blob> {
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': making })]);
  return making;
}
