import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { ScriptLanguage } from '~/lib/script-languages';
import { NotYetButton } from '~/ui/NotYetButton';

const ScriptDialog = lazy(async () => ({ default: (await import('./ScriptDialog')).ScriptDialog }));

export interface ScriptButtonProps {
  /** The plan as a script, in pieces; called when somebody wants it. */
  write(language: ScriptLanguage): Promise<Iterable<string>>;
  /** `join-rooms`: the stem of the saved file. */
  fileStem: string;
  /** Why there is no script; null: there is one. */
  disabled: string | null;
  /** The plan is of the demo, which no script can reach. */
  demo: boolean;
}

/** Takes the plan along as a script. The dialog is loaded by who opens it. */
export function ScriptButton({ disabled, ...dialog }: ScriptButtonProps) {
  const [opened, setOpened] = useState(false);
  // Once open it stays, so that it can close as it opened.
  const [wanted, setWanted] = useState(false);
  const icon = <IconTerminal2 size={16} aria-hidden />;
  if (disabled !== null) {
    return (
      <NotYetButton reason={disabled} variant="default" leftSection={icon}>
        <Trans>Copy as a script</Trans>
      </NotYetButton>
    );
  }
  return (
    <>
      <Button
        variant="default"
        aria-haspopup="dialog"
        leftSection={icon}
        onClick={() => {
          setWanted(true);
          setOpened(true);
        }}
      >
        <Trans>Copy as a script</Trans>
      </Button>
      {wanted && (
        <Suspense fallback={null}>
          <ScriptDialog {...dialog} opened={opened} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  );
}
