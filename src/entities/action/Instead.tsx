import { useLingui } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import type { AnyAction } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { verdictOf } from '~/actions/plan';
import { actionFor } from '~/actions/under-mas';
import { useSession } from '~/data/session';
import { asServer, lookName } from '~/job-store/action-jobs';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';

interface InsteadProps {
  action: AnyAction;
  /** Of one item: how it is now. It is not offered where that stands against it. */
  one?: { id: string; seen: unknown };
  onChoose(instead: AnyAction): void;
}

/** What can be undone, offered first where something drastic was chosen. */
export function Instead({ action, one, onChoose }: InsteadProps) {
  const { t } = useLingui();
  const session = useSession();
  const server = asServer(session);
  const found = action.instead === undefined ? undefined : actionOf(action.instead);
  const instead = found && actionFor(found, server);
  if (!instead || (instead.guard?.(server) ?? null) !== null) return null;
  const looksAlike = one && lookName(instead, one.id, server) === lookName(action, one.id, server);
  if (one && looksAlike && verdictOf(instead, one.id, one.seen, null, session.userId).verdict !== 'will') return null;
  const label = wordsOf(instead.label);
  return (
    <Notice>
      <Group gap="xs" justify="space-between">
        <Text size="sm" component="span">
          {t`“${label}” can be undone.`}
        </Text>
        <Button size="xs" variant="default" onClick={() => onChoose(instead)}>
          {t`${label} instead`}
        </Button>
      </Group>
    </Notice>
  );
}
