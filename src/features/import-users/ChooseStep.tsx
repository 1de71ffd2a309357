import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Checkbox, Paper, Radio, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { Session } from '~/data/session';
import type { LineProblem } from '~/lib/mxid';
import type { Text as Words } from '~/lib/text';
import { mappingProblem, type ColumnField } from '~/lib/user-columns';
import type { AccountTable } from '~/lib/user-table';
import { wordsOf } from '~/lib/words';
import { FromFile } from '~/ui/FromFile';
import { Notice } from '~/ui/Notice';
import { Outside } from '~/ui/Outside';
import { PasteField } from '~/ui/PasteField';
import { StepActions } from '~/ui/wizard/StepActions';
import { Columns } from './Columns';
import { makerOf, MODES, unusedIn, type Choice, type Maker } from './choice';
import { MODE_WORDS } from './field-words';
import { useAccounts, type ReadFile } from './use-accounts';

interface ChooseStepProps {
  choice: Choice;
  session: Session;
  onChange(patch: Partial<Choice>): void;
  /** @param unused columns of the file that are not used here */
  onNext(accounts: AccountTable, unused: readonly ColumnField[]): void;
}

const EXAMPLE = 'user_id,displayname,email,admin\n@anna:example.org,Anna,anna@example.org,no';

/** The file, what its columns are, and what is to happen. Nothing is changed from here. */
export function ChooseStep({ choice, session, onChange, onNext }: ChooseStepProps) {
  const { t } = useLingui();
  const { serverName } = session;
  const maker = makerOf(session);
  const file = useAccounts(choice, serverName, maker);
  const accounts = file?.accounts ?? null;
  const count = accounts?.rows.length ?? 0;
  const problems = useMemo(() => (accounts ? unused(accounts) : []), [accounts]);
  const problem = problemOf(choice, file);
  // Another file has other columns, and words that nobody looked at.
  const take = (text: string, fileName: string) => onChange({ text, fileName, mapping: null, completes: false });
  return (
    <Stack gap="md">
      {maker === 'mas' && <MasMakes />}
      {maker === 'nobody' && <MasNote />}
      <Paper withBorder p="md">
        <FromFile
          onText={(text, fileName) => {
            take(text, fileName);
            return Promise.resolve(null);
          }}
        >
          {(fileButton) => (
            <PasteField
              label={t`CSV file`}
              description={t`One user per line, with any separator. You can also drop a file here or paste. It stays in this page: it is sent nowhere but to your homeserver.`}
              placeholder={EXAMPLE}
              value={choice.text}
              onChange={(text) => take(text, '')}
              understood={
                choice.text.trim() === ''
                  ? ''
                  : accounts === null && file !== null && mappingProblem(file.mapping) !== null
                    ? ''
                    : accounts === null
                      ? t`Reading…`
                      : t`${plural(count, { one: '# user', other: '# users' })}`
              }
              problems={problems}
              notes={[...(file?.guessed.notes ?? []), ...(accounts?.notes ?? [])]}
            >
              {fileButton}
            </PasteField>
          )}
        </FromFile>
      </Paper>
      {file && <Columns file={file} maker={maker} onChange={(mapping) => onChange({ mapping })} />}
      {accounts && (accounts.waiting > 0 || choice.completes) && (
        <Complete accounts={accounts} choice={choice} serverName={serverName} onChange={onChange} />
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <ModeChoice choice={choice} maker={maker} onChange={onChange} />
        {maker !== 'nobody' && choice.mode !== 'update' && (
          <PasswordChoice choice={choice} maker={maker} file={file} onChange={onChange} />
        )}
      </SimpleGrid>
      <StepActions
        next={{
          label: t`Review`,
          onClick: () => accounts && file && onNext(accounts, unusedIn(file.mapping, maker)),
          disabled: problem && wordsOf(problem),
        }}
      >
        {t`${plural(count, { one: '# user', other: '# users' })}`}
      </StepActions>
    </Stack>
  );
}

/** Every line that is not used, but for usernames that wait to be completed: those are said on their own. */
const unused = ({ skipped, problems }: AccountTable): LineProblem[] =>
  [...skipped, ...problems.filter(({ waits }) => !waits)].toSorted((a, b) => a.line - b.line);

function problemOf({ text }: Choice, file: ReadFile | null): Words | null {
  if (text.trim() === '') return NO_FILE;
  if (file === null) return READING;
  const problem = mappingProblem(file.mapping);
  if (problem !== null) return problem;
  if (file.accounts === null) return READING;
  return file.accounts.rows.length === 0 ? NO_ROW : null;
}

const NO_FILE = /*i18n*/ { id: 'import.no-file', message: 'Choose a file first.' };
const READING = /*i18n*/ { id: 'import.reading', message: 'Still reading the file.' };
const NO_ROW = /*i18n*/ { id: 'import.no-row', message: 'No line of the file can be used yet.' };

function MasMakes() {
  const { t } = useLingui();
  return (
    <Notice tone="plain" title={t`MAS creates the accounts here`}>
      <Trans>
        Matrix Authentication Service (MAS) manages the accounts of this homeserver. Glia asks it to create each new
        account, then sets the password, email addresses, admin rights and lock there, and the display name and user
        type on Synapse. Phone numbers and external IDs are not used: add SSO links on the user’s page. Of accounts that
        exist, only the display name and the user type are changed.
      </Trans>
    </Notice>
  );
}

/** Glia may not ask MAS. */
function MasNote() {
  const { t } = useLingui();
  return (
    <Notice tone="warning" title={t`Only display names and user types can be imported here`}>
      <Trans>
        Matrix Authentication Service (MAS) manages the accounts of this homeserver, and your access token can’t use its
        Admin API. MAS alone creates accounts, and keeps their passwords, addresses, external IDs, locks and admin
        rights. Columns with these are not used. To create accounts from a file, sign in to Glia through MAS, or with a
        token that has the scope urn:mas:admin.
      </Trans>
    </Notice>
  );
}

interface PartProps {
  choice: Choice;
  onChange(patch: Partial<Choice>): void;
}

/** A bare word is no ID until somebody says so, having seen what it becomes. */
function Complete({
  accounts,
  choice,
  serverName,
  onChange,
}: PartProps & { accounts: AccountTable; serverName: string }) {
  const { t } = useLingui();
  const example = accounts.example ?? accounts.rows[0]?.id.slice(1).split(':')[0] ?? '';
  const count = accounts.waiting;
  return (
    <Notice
      tone="warning"
      title={
        choice.completes
          ? t`Usernames without a server name are completed`
          : t`${plural(count, { one: '# username has no server name', other: '# usernames have no server name' })}`
      }
    >
      <Text size="sm" mb="xs">
        <Trans>
          For example, <Outside as="id" text={example} /> becomes <Outside as="id" text={`@${example}:${serverName}`} />
          . Check that the column holds usernames.
        </Trans>
      </Text>
      <Checkbox
        label={t`These are usernames on this homeserver`}
        checked={choice.completes}
        onChange={(event) => onChange({ completes: event.currentTarget.checked })}
      />
    </Notice>
  );
}

function ModeChoice({ choice, maker, onChange }: PartProps & { maker: Maker }) {
  const { t } = useLingui();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="import-mode">
      <Title order={3} size="h4" id="import-mode" mb="xs">
        <Trans>What to do</Trans>
      </Title>
      <Radio.Group
        aria-label={t`What to do`}
        value={maker === 'nobody' ? 'update' : choice.mode}
        onChange={(value) => {
          const mode = MODES.find((one) => one === value);
          if (mode) onChange({ mode });
        }}
      >
        <Stack gap="xs">
          {MODES.filter((mode) => maker !== 'nobody' || mode === 'update').map((mode) => (
            <Radio
              key={mode}
              value={mode}
              label={wordsOf(MODE_WORDS[mode].label)}
              description={wordsOf(MODE_WORDS[mode].description)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Text size="sm" c="dimmed" mt="sm">
        {maker === 'synapse' ? (
          <Trans>
            An empty cell changes nothing. Addresses and external IDs are added to those that an account has, never
            removed. Passwords of existing accounts never change.
          </Trans>
        ) : (
          <Trans>An empty cell changes nothing.</Trans>
        )}
      </Text>
    </Paper>
  );
}

function PasswordChoice({ choice, maker, file, onChange }: PartProps & { maker: Maker; file: ReadFile | null }) {
  const { t } = useLingui();
  const hasColumn = file?.mapping.includes('password') === true;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="import-passwords">
      <Title order={3} size="h4" id="import-passwords" mb="xs">
        {hasColumn ? (
          <Trans>New accounts without a password in the file</Trans>
        ) : (
          <Trans>Passwords of new accounts</Trans>
        )}
      </Title>
      <Radio.Group
        aria-label={t`Passwords of new accounts`}
        value={choice.passwords}
        onChange={(value) => onChange({ passwords: value === 'none' ? 'none' : 'made' })}
      >
        <Stack gap="xs">
          <Radio
            value="made"
            label={t`Random`}
            description={t`You download them once as a CSV file when the job has finished. They are stored nowhere else.`}
          />
          <Radio value="none" label={t`None`} description={t`The users sign in another way, for example with SSO.`} />
        </Stack>
      </Radio.Group>
      {maker === 'mas' && hasColumn && (
        <Checkbox
          mt="sm"
          label={t`Set passwords from the file even if MAS finds them too weak`}
          description={t`Otherwise such an account is created without a password, and the job says so.`}
          checked={choice.weak}
          onChange={(event) => onChange({ weak: event.currentTarget.checked })}
        />
      )}
    </Paper>
  );
}
