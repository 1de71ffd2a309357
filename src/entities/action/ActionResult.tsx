import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Stack, Group } from '@mantine/core';
import { Link } from 'react-router';
import type { AnyAction } from '~/actions/action';
import { heldOf } from '~/job-store/secrets';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { Id } from '~/ui/Id';
import { Notice } from '~/ui/Notice';
import { Foot } from './Foot';
import { idsOf } from './ids-of';
import { bodyOf, HEADS, type OneResult } from './run-one';
import { HandedShown } from './HandedShown';
import { SecretShown } from './SecretShown';

interface ActionResultProps {
  action: AnyAction;
  id: string;
  result: OneResult;
  onClose(): void;
}

/** How one item ended: what nobody could guess from the screen behind the dialog. */
export function ActionResult({ action, id, result, onClose }: ActionResultProps) {
  const { t } = useLingui();
  const { job, status } = result;
  const [held] = heldOf(job);
  return (
    // What was pressed is gone. Not a button: a second Enter would take away what is shown once.
    <Stack gap="md" tabIndex={-1} ref={focus} style={{ outline: 'none' }}>
      <Group gap="xs">
        {idsOf(action, id).map((one) => (
          <Id key={one} value={one} />
        ))}
      </Group>
      {status !== 'done' && (
        <Notice role="alert" tone="warning" title={wordsOf(HEADS[status])}>
          {bodyOf(result)}
        </Notice>
      )}
      {action.secret && held && <SecretShown held={held} />}
      {action.hands && held && (
        <HandedShown job={job} hands={action.hands} held={held} told={bodyOf(result)} onEnded={onClose} />
      )}
      <Foot onClose={onClose} close={held ? t`I have saved it` : t`Close`}>
        {!held && (
          <Button component={Link} to={paths.job(job.id)} onClick={onClose}>
            <Trans>Open job</Trans>
          </Button>
        )}
      </Foot>
    </Stack>
  );
}

const focus = (result: HTMLElement | null) => result?.focus();
