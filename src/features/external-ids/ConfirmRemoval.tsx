import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { backupText } from '~/actions/backup';
import type { Session } from '~/data/session';
import { paths } from '~/lib/paths';
import { plural } from '~/lib/numbers';
import { download, fileName } from '~/ui/download';
import { ConfirmStep } from '~/ui/wizard/ConfirmStep';
import classes from './external-ids.module.css';
import { OwnAccount } from './PlanStep';
import type { ExternalIdsPlan } from './plan';
import { isolated } from '~/lib/shown-text';
import { Outside } from '~/ui/Outside';

interface ConfirmRemovalProps {
  plan: ExternalIdsPlan;
  session: Session;
  /** The name of the file, once it was handed to the browser. */
  savedAs: string | null;
  onSaved(name: string): void;
  onConfirm(count: number): void;
}

/** The three looks; the removed ids are saved before anything can begin. */
export function ConfirmRemoval({ plan, session, savedAs, onSaved, onConfirm }: ConfirmRemovalProps) {
  const [own, setOwn] = useState(false);
  const { items, idCount, leftWithNone, hidden, me, provider } = plan;
  const save = () => {
    const facts = { items, provider, homeserver: session.homeserver.baseUrl, user: session.userId, now: Date.now() };
    const name = fileName('external-ids-backup', 'json');
    download(new Blob([backupText(facts)], { type: 'application/json' }), name);
    onSaved(name);
  };
  return (
    <ConfirmStep
      what={
        <>
          The ids of{' '}
          <b>
            <Outside as="id" text={provider} />
          </b>{' '}
          are removed from each user in the plan. Just before, each user is read once more: users whose ids changed
          since the plan are skipped and listed in the report. Ids of other providers stay. Nobody is signed out.
        </>
      }
      breakdown={[
        { name: 'Users that change', value: items.length },
        { name: `Ids of ${isolated(provider)}`, value: idCount },
        { name: 'Left with no external id', value: leftWithNone },
        { name: 'Deactivated or locked', value: hidden },
      ]}
      irreversible={`The homeserver forgets the removed ids: its API can’t tell them afterwards. ${
        session.mas
          ? 'Nobody’s sign-in changes: users sign in through MAS.'
          : 'A user who signs in with the provider after that may get a new account, which then holds the id.'
      }`}
      undo="Glia keeps what each user had: the job’s report offers to put the ids back, where nobody changed the user and no other account holds the id by then. The file below is for when Glia no longer has that report."
      count={items.length}
      noun={['user', 'users']}
      verb="Remove the ids of"
      backTo={paths.externalIds('plan')}
      blocked={
        savedAs === null
          ? 'Save the removed ids as a file first.'
          : me && !own && !session.mas
            ? 'Your own account is in the plan: tick its box first.'
            : null
      }
      onConfirm={onConfirm}
    >
      <Stack gap="xs" className={classes.card}>
        <Text size="sm">
          <b>Removed ids are saved as a file before the first change.</b> It holds the external ids of{' '}
          {plural(items.length, 'user')} as they are in the plan.
        </Text>
        <Group gap="sm">
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
            {savedAs === null ? 'Save the removed ids' : 'Save them again'}
          </Button>
          {savedAs !== null && (
            <Group gap={6} role="status" wrap="nowrap">
              <IconCircleCheck size={18} color="var(--mantine-color-teal-6)" style={{ flex: 'none' }} aria-hidden />
              <Text size="sm">
                Given to the browser as <bdi>{savedAs}</bdi>
              </Text>
            </Group>
          )}
        </Group>
      </Stack>
      {me && (
        <Stack gap="sm">
          <OwnAccount row={me} mas={session.mas} />
          {!session.mas && (
            <Checkbox
              label={`I can sign in as ${isolated(me.id)} without this id`}
              checked={own}
              onChange={(event) => setOwn(event.currentTarget.checked)}
            />
          )}
        </Stack>
      )}
    </ConfirmStep>
  );
}
