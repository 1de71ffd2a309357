import { useQuery } from '@tanstack/react-query';
import { Button, Group, Radio, Stack, Text, Title } from '@mantine/core';
import { IconRefresh, IconUserSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { Plans } from '~/job-store/drafts';
import { handedWords } from '~/data/handover';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import type { Session } from '~/data/session';
import { parseUserIds } from '~/lib/mxid';
import { paths } from '~/lib/paths';
import { plural } from '~/lib/numbers';
import { ErrorNote } from '~/ui/ErrorNote';
import { Moment } from '~/ui/Moment';
import { Notice } from '~/ui/Notice';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { StepActions } from '~/ui/wizard/StepActions';
import { whomOf, type ReadChoice, type RemoveChoice } from './choice';
import classes from './external-ids.module.css';
import { MasNote } from './MasNote';
import { offeredProviders } from './offered';
import { PastedUsers } from './PastedUsers';
import { countProviders } from './plan';
import { ProviderTable } from './ProviderTable';
import type { ScanResult, Whom } from './scan';

interface ChooseStepProps {
  session: Session;
  read: Plans<ReadChoice, ScanResult>;
  choice: RemoveChoice;
  onChoose(part: Partial<RemoveChoice>): void;
  onScan(whom: Whom): void;
  onNext(): void;
}

/** Whose ids are read; then the provider; then from whom it is removed. */
export function ChooseStep({ read, ...props }: ChooseStepProps) {
  const { session, onScan } = props;
  const signedIn = useSignedInAs(ownerOf(session));
  const whose = <Whose session={session} choice={read.choice} onChange={read.choose} onScan={onScan} />;
  return (
    <Stack gap="lg">
      {session.mas && <MasNote />}
      <PlanStages
        plan={read}
        signedIn={signedIn}
        reads={(stage) =>
          stage === 'list'
            ? 'First the list of users, 1,000 a page, with those who are deactivated or locked.'
            : 'Lists leave external IDs out, so each user is read: one request a user.'
        }
        // While listing, users would silently be missing.
        mayGoWithout={(stage) => stage === 'users'}
        look={(stage) => ({ idHeader: stage === 'list' ? 'Page' : 'User' })}
        onDrop={read.drop}
        problemTitle="The users could not be read"
        afterProblem={whose}
        otherwise={whose}
      >
        {(result) => <Found {...props} result={result} onForget={read.drop} />}
      </PlanStages>
    </Stack>
  );
}

interface WhoseProps {
  session: Session;
  choice: ReadChoice;
  onChange(part: Partial<ReadChoice>): void;
  onScan(whom: Whom): void;
}

function Whose({ session, choice, onChange, onScan }: WhoseProps) {
  const parsed = useMemo(
    () => parseUserIds(choice.pasted, session.serverName, 'alone'),
    [choice.pasted, session.serverName],
  );
  const whom = whomOf(choice, parsed);
  return (
    <>
      <Stack gap="md" className={classes.card}>
        <Radio.Group
          label="Whose external IDs are read?"
          description="Reading changes nothing. Afterwards you choose what is removed, and from whom."
          value={choice.whom}
          onChange={(value) => onChange({ whom: value })}
        >
          <Stack gap="sm" mt="md">
            <Radio
              value="everyone"
              label="Everyone on this homeserver"
              description="Includes deactivated and locked users. Their IDs still can’t be used by other accounts, and work again after reactivation."
            />
            {choice.handed && <Radio value="handed" label={`Only ${handedWords(choice.handed)}`} />}
            <Radio value="pasted" label="Only users that I name" />
          </Stack>
        </Radio.Group>
        {choice.whom === 'pasted' && (
          <PastedUsers
            label="Users to read"
            value={choice.pasted}
            parsed={parsed}
            serverName={session.serverName}
            onChange={(pasted) => onChange({ pasted })}
          />
        )}
      </Stack>
      <Text size="sm" c="dimmed">
        IDs that a job removed are put back from the page of that job. If this browser no longer knows it:{' '}
        <Link to={paths.undoFile()}>put them back from a backup file…</Link>
      </Text>
      <StepActions
        next={{
          label: 'Read their external IDs',
          ...(typeof whom === 'string' ? { disabled: whom } : { onClick: () => onScan(whom) }),
        }}
      />
    </>
  );
}

type FoundProps = Omit<ChooseStepProps, 'read'> & { result: ScanResult; onForget(): void };

function Found({ session, choice, result, onChoose, onScan, onForget, onNext }: FoundProps) {
  const offered = useQuery(offeredProviders(session));
  const counts = useMemo(() => countProviders(result.users), [result]);
  const some = useMemo(() => parseUserIds(choice.some, session.serverName, 'alone'), [choice.some, session.serverName]);
  const chosen = counts.find(({ provider }) => provider === choice.provider);
  return (
    <>
      <Group justify="space-between" gap="sm" className={classes.card}>
        <Text size="sm">
          <b>{plural(result.users.length, 'user')}</b> read <Moment ms={result.at} />
          {result.missing.length > 0 && <>, {plural(result.missing.length, 'user')} could not be</>}.
        </Text>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={() => onScan(result.whom)}
          >
            Read again
          </Button>
          <Button size="xs" variant="default" leftSection={<IconUserSearch size={14} aria-hidden />} onClick={onForget}>
            Read other users
          </Button>
        </Group>
      </Group>
      {result.notes.length > 0 && <Notice tone="warning">{result.notes.join(' ')}</Notice>}
      <Stack gap="sm">
        <Title order={3} size="h4">
          Which provider’s IDs are removed?
        </Title>
        {offered.isError && (
          <ErrorNote
            title="What sign-in offers today could not be read"
            error={offered.error}
            onRetry={() => void offered.refetch()}
          />
        )}
        <ProviderTable
          counts={counts}
          offered={offered.data ?? null}
          mas={session.mas}
          value={choice.provider}
          onChange={(provider) => onChoose({ provider })}
        />
      </Stack>
      {chosen && (
        <Stack gap="md" className={classes.card}>
          <Radio.Group label="From whom?" value={choice.from} onChange={(value) => onChoose({ from: value })}>
            <Stack gap="sm" mt="xs">
              <Radio value="all" label={`From all ${plural(chosen.users, 'user')} who have one`} />
              <Radio value="some" label="Only from users that I name" />
            </Stack>
          </Radio.Group>
          {choice.from === 'some' && (
            <PastedUsers
              label="Users to remove it from"
              value={choice.some}
              parsed={some}
              serverName={session.serverName}
              onChange={(text) => onChoose({ some: text })}
            />
          )}
        </Stack>
      )}
      <StepActions
        next={{
          label: 'Review',
          disabled: missingChoice(choice, chosen !== undefined, some.ids.length),
          onClick: onNext,
        }}
      />
    </>
  );
}

function missingChoice(choice: RemoveChoice, hasProvider: boolean, named: number): string | null {
  if (!hasProvider) return 'Choose a provider first.';
  return choice.from === 'some' && named === 0 ? 'Name at least one user first.' : null;
}
