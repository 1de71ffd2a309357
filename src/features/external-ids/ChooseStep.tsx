import { useQuery } from '@tanstack/react-query';
import { Button, Group, Radio, Stack, Text, Title } from '@mantine/core';
import { IconRefresh, IconUserSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { Plans } from '~/job-store/drafts';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import type { Session } from '~/data/session';
import { NamedUsers } from '~/entities/user/NamedUsers';
import { UserChooser } from '~/entities/user/UserChooser';
import { paths } from '~/lib/paths';
import { plural } from '~/lib/numbers';
import { ErrorNote } from '~/ui/ErrorNote';
import { Moment } from '~/ui/Moment';
import { Notice } from '~/ui/Notice';
import { useUserIds } from '~/ui/use-user-ids';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { StepActions } from '~/ui/wizard/StepActions';
import { whomOf, type ReadChoice, type RemoveChoice } from './choice';
import classes from './external-ids.module.css';
import { MasNote } from './MasNote';
import { offeredProviders } from './offered';
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
  const { parsed, settled } = useUserIds(choice.text, session.serverName, 'alone');
  const whom = settled ? whomOf(choice, parsed) : 'Still reading what was pasted.';
  return (
    <>
      <div className={classes.card}>
        <UserChooser
          label="Whose external IDs are read?"
          description="Reading changes nothing. Afterwards you choose what is removed, and from whom."
          session={session}
          choice={choice}
          onChange={onChange}
          sources={{
            everyone: {
              description:
                'Includes deactivated and locked users. Their IDs still can’t be used by other accounts, and work again after reactivation.',
            },
            handed: {},
            named: {},
          }}
          named={{ label: 'Users to read', parsed }}
        />
      </div>
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
  const some = useUserIds(choice.some, session.serverName, 'alone');
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
            <NamedUsers
              label="Users to remove it from"
              text={choice.some}
              parsed={some.parsed}
              serverName={session.serverName}
              onChange={(text) => onChoose({ some: text })}
            />
          )}
        </Stack>
      )}
      <StepActions
        next={{
          label: 'Review',
          disabled: missingChoice(choice, chosen !== undefined, some),
          onClick: onNext,
        }}
      />
    </>
  );
}

function missingChoice(
  { from }: RemoveChoice,
  hasProvider: boolean,
  some: ReturnType<typeof useUserIds>,
): string | null {
  if (!hasProvider) return 'Choose a provider first.';
  if (from === 'all') return null;
  if (!some.settled) return 'Still reading what was pasted.';
  return some.parsed.ids.length === 0 ? 'Name at least one user first.' : null;
}
