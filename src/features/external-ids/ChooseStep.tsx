import { plural, t } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Anchor, Button, Group, Radio, Stack, Text, Title } from '@mantine/core';
import { IconRefresh, IconUserSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { Plans } from '~/job-store/drafts';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import type { Session } from '~/data/session';
import { NamedUsers } from '~/entities/user/NamedUsers';
import { UserChooser } from '~/entities/user/UserChooser';
import { paths } from '~/lib/paths';
import { sentences } from '~/lib/text';
import { wordsOf } from '~/lib/words';
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
import { WhatToDo } from './WhatToDo';
import type { ScanResult, Whom } from './scan';

interface ChooseStepProps {
  session: Session;
  read: Plans<ReadChoice, ScanResult>;
  choice: RemoveChoice;
  onChoose(part: Partial<RemoveChoice>): void;
  onScan(whom: Whom): void;
  onNext(): void;
}

/** Whose IDs are read, then which provider’s IDs are removed, then from whom. */
export function ChooseStep({ read, ...props }: ChooseStepProps) {
  const { session, onScan } = props;
  const { t } = useLingui();
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
            ? t`Reading the list of users, 1,000 per request, including deactivated and locked ones.`
            : t`The list doesn’t include external IDs, so Glia reads each user: one request per user.`
        }
        // While listing, users would silently be missing.
        mayGoWithout={(stage) => stage === 'users'}
        look={(stage) => ({ idHeader: stage === 'list' ? t`Page` : t`User` })}
        onDrop={read.drop}
        problemTitle={t`The users could not be read`}
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
  const { t } = useLingui();
  const { parsed, settled } = useUserIds(choice.text, session.serverName, 'alone');
  const whom = settled ? whomOf(choice, parsed) : t`Still reading what you pasted.`;
  return (
    <>
      <div className={classes.card}>
        <UserChooser
          label={t`Whose external IDs should Glia read?`}
          description={t`Reading changes nothing. You choose what to change afterwards.`}
          session={session}
          choice={choice}
          onChange={onChange}
          sources={{
            everyone: {
              description: t`Includes deactivated and locked users. Their IDs still can’t be used by other accounts, and work again after reactivation.`,
            },
            handed: {},
            named: {},
          }}
          named={{ label: t`Users to read`, parsed }}
        />
      </div>
      <Text size="sm" c="dimmed">
        <Trans>
          To put removed IDs back, open the job that removed them. If this browser no longer has it,{' '}
          <Anchor component={Link} to={paths.undoFile()} underline="always" inherit>
            use its backup file
          </Anchor>
          .
        </Trans>
      </Text>
      <StepActions
        next={{
          label: t`Read their external IDs`,
          ...(typeof whom === 'string' ? { disabled: whom } : { onClick: () => onScan(whom) }),
        }}
      />
    </>
  );
}

type FoundProps = Omit<ChooseStepProps, 'read'> & { result: ScanResult; onForget(): void };

function Found({ session, choice, result, onChoose, onScan, onForget, onNext }: FoundProps) {
  const { t } = useLingui();
  const offered = useQuery(offeredProviders(session));
  const counts = useMemo(() => countProviders(result.users), [result]);
  const some = useUserIds(choice.some, session.serverName, 'alone');
  const read = result.users.length;
  const missing = result.missing.length;
  const chosen = counts.find(({ provider }) => provider === choice.provider);
  const holders = chosen?.users ?? 0;
  const isRenaming = choice.what === 'rename';
  return (
    <>
      <Group justify="space-between" gap="sm" className={classes.card}>
        <Text size="sm">
          <Trans>
            <b>
              <Plural value={read} one="# user" other="# users" />
            </b>{' '}
            read <Moment ms={result.at} />.
          </Trans>{' '}
          {missing > 0 && plural(missing, { one: '# user could not be read.', other: '# users could not be read.' })}
        </Text>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={() => onScan(result.whom)}
          >
            <Trans>Read again</Trans>
          </Button>
          <Button size="xs" variant="default" leftSection={<IconUserSearch size={14} aria-hidden />} onClick={onForget}>
            <Trans>Read other users</Trans>
          </Button>
        </Group>
      </Group>
      {result.notes.length > 0 && <Notice tone="warning">{wordsOf(result.notes.reduce(sentences))}</Notice>}
      <Stack gap="sm">
        <Title order={3} size="h4">
          <Trans>Which provider’s IDs do you want to remove or rename?</Trans>
        </Title>
        {offered.isError && (
          <ErrorNote
            title={t`The providers offered at sign-in could not be read`}
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
          <WhatToDo choice={choice} onChoose={onChoose} />
          <Radio.Group
            label={isRenaming ? t`For whom?` : t`From whom?`}
            value={choice.from}
            onChange={(value) => onChoose({ from: value })}
          >
            <Stack gap="sm" mt="xs">
              <Radio
                value="all"
                label={
                  isRenaming
                    ? plural(holders, {
                        one: 'The # user who has an ID of this provider',
                        other: 'All # users who have an ID of this provider',
                      })
                    : plural(holders, {
                        one: 'From the # user who has an ID of this provider',
                        other: 'From all # users who have an ID of this provider',
                      })
                }
              />
              <Radio value="some" label={isRenaming ? t`Only users that I enter` : t`Only from users that I enter`} />
            </Stack>
          </Radio.Group>
          {choice.from === 'some' && (
            <NamedUsers
              label={isRenaming ? t`Users whose IDs are renamed` : t`Users to remove IDs from`}
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
          label: t`Review`,
          disabled: missingChoice(choice, chosen !== undefined, some),
          onClick: onNext,
        }}
      />
    </>
  );
}

function missingChoice(
  { provider, what, to, from }: RemoveChoice,
  hasProvider: boolean,
  some: ReturnType<typeof useUserIds>,
): string | null {
  if (!hasProvider) return t`Choose a provider first.`;
  if (what === 'rename' && to.trim() === '') return t`Enter the new provider name first.`;
  if (what === 'rename' && to.trim() === provider) return t`The new provider name is the same as the current one.`;
  if (from === 'all') return null;
  if (!some.settled) return t`Still reading what you pasted.`;
  return some.parsed.ids.length === 0 ? t`Enter at least one user first.` : null;
}
