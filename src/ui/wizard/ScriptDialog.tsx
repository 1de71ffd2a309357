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
  const [language, setLanguage] = useState<ScriptLanguage>('bash');
  const [state, setState] = useState<State>({ did: 'nothing' });
  const { command, extension, install } = SCRIPT_FACTS[language];
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
      title="The plan as a script"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
      // Mantine's <header>, outside any section, would be a second banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      <Stack gap="md">
        {demo && (
          <Notice tone="warning" title="This is a plan of the demo homeserver">
            The demo lives in this page, where no script can reach it: this one is to look at.
          </Notice>
        )}
        <Text size="sm">
          It does this plan and nothing else, one request at a time, and looks again just before each change, as the job
          here does. It tells what became of each item, in the server’s own words.
        </Text>
        <Radio.Group
          label="In which language"
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
            How to run it
          </Text>
          {/* It scrolls sideways, so the keyboard must get there. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={classes.code} tabIndex={0} role="group" aria-label="How to run it">
            {`${READ_TOKEN}\n${command} ${name}`}
          </pre>
          <Text size="sm" c="dimmed" mt={4}>
            The token is not in the script: it is read from the environment, as {TOKEN_VARIABLE}. After the first line
            paste it and press Enter. If something is missing: {wordsOf(install)}
          </Text>
        </div>
        {state.did === 'failed' && <ErrorNote title="The script could not be handed over" error={state.error} />}
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
              Save as a file
            </Button>
            {/* Absent where the page itself came by plain http. */}
            {'clipboard' in navigator && (
              <Button
                leftSection={<IconCopy size={16} aria-hidden />}
                loading={working === 'copy'}
                onClick={() => void hand('copy')}
              >
                Copy
              </Button>
            )}
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}

function said(state: State): string {
  if (state.did === 'copied') return `Copied, ${formatBytes(state.bytes)}. Save it as ${state.name}.`;
  return state.did === 'saved' ? `Saved as ${state.name}, ${formatBytes(state.bytes)}.` : '';
}

/** The clipboard is asked within the click, and waits for the text: some browsers refuse whoever asks later. */
async function copy(making: Promise<Blob>): Promise<Blob> {
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': making })]);
  return making;
}
