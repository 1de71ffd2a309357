import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  Loader,
  NativeSelect,
  Paper,
  Radio,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { resetUserPassword } from '~/actions/user/reset-password';
import { whyNotAvailable } from '~/api/accounts';
import type { Homeserver } from '~/api/request';
import { masAccountOf } from '~/data/mas-accounts';
import { useSession } from '~/data/session';
import { PickRooms } from '~/entities/room/PickRooms';
import { startAccounts } from '~/job-store/account-jobs';
import { rulesQuery } from '~/job-store/action-jobs';
import type { Job } from '~/jobs/job';
import { withLines } from '~/lib/lines';
import { paths } from '~/lib/paths';
import { parseRoomRefs } from '~/lib/room-refs';
import type { Text as Words } from '~/lib/text';
import { wordsOf, wordsOfError } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { Outside } from '~/ui/Outside';
import { Page } from '~/ui/Page';
import { useHeld } from '~/ui/held';
import { StepActions } from '~/ui/wizard/StepActions';
import { FIRST, localpartIn, readForm, type Entered, type Problems } from './form';
import { ActsAs } from '~/ui/ActsAs';
import { Created } from './Created';

const USERS = { label: msg`Users`, to: paths.users() };

/** One new account: all of it is seen before it is made, by a job with one item. */
export function CreateUserPage() {
  const { t } = useLingui();
  const { mas, homeserver } = useSession();
  const canCreate = !mas || homeserver.mas !== undefined;
  const [job, setJob] = useState<Job | null>(null);
  const [round, setRound] = useState(0);
  return (
    <Page title={t`Create user`} parent={USERS}>
      {!canCreate ? (
        <EmptyNote title={t`Only MAS can create accounts here`}>
          <Trans>
            Matrix Authentication Service (MAS) manages the accounts of this homeserver. Since version 1.163, Synapse
            refuses to create accounts behind MAS. Older versions would create an account that MAS doesn’t know and
            nobody can sign in to. Sign in to Glia through MAS, or with a token that has the scope urn:mas:admin. Or
            create the account on the server with “mas-cli manage register-user”.
          </Trans>
        </EmptyNote>
      ) : job ? (
        <Created
          job={job}
          onAnother={() => {
            setJob(null);
            setRound(round + 1);
          }}
          onBack={() => setJob(null)}
        />
      ) : null}
      {canCreate && (
        // What was entered stays while the outcome is shown, for a second try.
        <div hidden={job !== null}>
          <Form key={round} onBegin={setJob} />
        </div>
      )}
    </Page>
  );
}

const TYPING_MS = 300;
const TAKEN_IN_MAS = msg`MAS has an account with this username.`;

/** Whether the name is free, as the homeserver says it of what was typed last. */
function availability(hs: Homeserver, localpart: string) {
  return queryOptions({
    queryKey: [hs.baseUrl, 'users', 'available', localpart],
    queryFn: async ({ signal }) => {
      const onSynapse = await whyNotAvailable(hs, localpart, signal);
      // A name that only MAS holds, Synapse does not know. Both are asked again by MAS when the account is made.
      if (onSynapse !== null || !hs.mas) return onSynapse;
      return (await masAccountOf(hs, `@${localpart}:`, signal)) === null ? null : TAKEN_IN_MAS;
    },
    staleTime: 0,
    gcTime: 0,
  });
}

interface Name {
  readonly problem: Words | null;
  readonly state: 'none' | 'asking' | 'free' | 'taken' | 'unread';
}

function useName(localpart: string, problem: Words | undefined): Name {
  const { homeserver } = useSession();
  const [asked] = useDebouncedValue(localpart, TYPING_MS);
  const canAsk = localpart !== '' && problem === undefined;
  const { data, error, isFetching } = useQuery({
    ...availability(homeserver, asked),
    enabled: canAsk && asked === localpart,
    refetchOnWindowFocus: false,
  });
  if (!canAsk) return { problem: problem ?? null, state: 'none' };
  if (asked !== localpart || (isFetching && data === undefined)) return { problem: null, state: 'asking' };
  // The homeserver is asked again when the account is made: a look-up that failed keeps nobody from trying.
  if (error) return { problem: wordsOfError(error), state: 'unread' };
  return data === null ? { problem: null, state: 'free' } : { problem: data ?? null, state: 'taken' };
}

function Form({ onBegin }: { onBegin(job: Job): void }) {
  const { t } = useLingui();
  const session = useSession();
  const { serverName } = session;
  const [entered, setEntered] = useState<Entered>(FIRST);
  const rules = useQuery({ ...rulesQuery(resetUserPassword, session), enabled: entered.password === 'typed' });
  const { item, problems, isEmpty } = readForm(entered, serverName, rules.data);
  const localpart = localpartIn(entered.localpart, serverName);
  const name = useName(localpart, problems.localpart);
  const enter = (part: Partial<Entered>) => setEntered((now) => ({ ...now, ...part }));
  const held = useHeld();
  const blocked = blockedBy(isEmpty, name, problems, entered);
  const begin = () => {
    const given = new Map(item.password === 'given' ? [[item.id, entered.typed]] : []);
    onBegin(startAccounts({ kind: 'create-user', items: [item] }, session, 1, given));
  };
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Paper withBorder p="md" component="section" aria-labelledby="create-who">
          <Stack gap="md">
            <Title order={2} size="h4" id="create-who">
              <Trans>Account</Trans>
            </Title>
            <LocalpartField entered={entered} name={name} onEnter={enter} />
            <TextInput
              label={t`Display name`}
              description={t`Without one, the username is shown.`}
              value={entered.displayname}
              onChange={(event) => enter({ displayname: event.currentTarget.value })}
              error={problems.displayname && wordsOf(problems.displayname)}
              autoComplete="off"
            />
            <PasswordFields entered={entered} problems={problems} onEnter={enter} />
            <UserType {...entered} problem={problems.typeName} onChange={enter} />
            <Switch
              label={t`Server admin`}
              description={t`Can do everything that you can do here.`}
              checked={entered.admin}
              onChange={(event) => enter({ admin: event.currentTarget.checked })}
            />
          </Stack>
        </Paper>
        <Paper withBorder p="md" component="section" aria-labelledby="create-more">
          <Stack gap="md">
            <Title order={2} size="h4" id="create-more">
              <Trans>Sign-in and rooms</Trans>
            </Title>
            <Lines
              label={t`Email addresses`}
              description={t`One per line.`}
              value={entered.emails}
              problem={entered.emails === '' ? undefined : problems.emails}
              onChange={(emails) => enter({ emails })}
            />
            {session.mas ? (
              <Text size="sm" c="dimmed">
                <Trans>SSO links are kept by MAS: add them on the user’s page once the account exists.</Trans>
              </Text>
            ) : (
              <Lines
                label={t`External IDs (SSO links)`}
                description={t`One per line: the provider, a colon and the ID, for example oidc-keycloak:1001`}
                value={entered.externalIds}
                problem={problems.externalIds}
                onChange={(externalIds) => enter({ externalIds })}
              />
            )}
            <Rooms entered={entered} problems={problems} onEnter={enter} />
          </Stack>
        </Paper>
      </SimpleGrid>
      <ActsAs />
      <StepActions
        back={{ label: t`Users`, to: paths.users() }}
        next={{ label: t`Create user`, onClick: begin, disabled: held ?? (blocked === null ? null : wordsOf(blocked)) }}
      >
        <Trans>
          Creates <Outside as="id" text={item.id} />. You can deactivate it later, but its ID stays taken.
        </Trans>
      </StepActions>
    </Stack>
  );
}

const ENTER_NAME = msg`Enter a username first.`;
const ASKING = msg`Checking the username…`;
const TYPE_PASSWORD = msg`Type the password first.`;
const FIX = msg`Correct the marked fields first.`;

function blockedBy(isEmpty: boolean, name: Name, problems: Problems, entered: Entered) {
  if (isEmpty) return ENTER_NAME;
  if (entered.password === 'typed' && entered.typed === '') return TYPE_PASSWORD;
  if (name.state === 'asking') return ASKING;
  return name.state === 'taken' || Object.keys(problems).length > 0 ? FIX : null;
}

interface PartProps {
  entered: Entered;
  onEnter(part: Partial<Entered>): void;
}

function LocalpartField({ entered, name, onEnter }: PartProps & { name: Name }) {
  const { t } = useLingui();
  const { serverName } = useSession();
  const id = `@${localpartIn(entered.localpart, serverName) || t`username`}:${serverName}`;
  const [isFree, isAsking] = [name.state === 'free', name.state === 'asking'];
  return (
    <TextInput
      label={t`Username`}
      required
      description={
        <Trans>
          The user ID becomes <Outside as="id" text={id} />. It can’t be changed later.
        </Trans>
      }
      value={entered.localpart}
      onChange={(event) => onEnter({ localpart: event.currentTarget.value })}
      error={name.problem !== null && wordsOf(name.problem)}
      rightSection={
        isAsking ? (
          <Loader size={16} role="status" aria-label={t`Checking the username…`} />
        ) : isFree ? (
          <IconCheck size={18} color="var(--mantine-color-teal-6)" role="img" aria-label={t`This username is free`} />
        ) : null
      }
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      data-1p-ignore
    />
  );
}

function PasswordFields({ entered, problems, onEnter }: PartProps & { problems: Problems }) {
  const { t } = useLingui();
  const { password, typed } = entered;
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t`Password`}
        value={password}
        onChange={(next) => onEnter({ password: next === 'typed' || next === 'none' ? next : 'made' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="made" label={t`Random, shown once`} />
          <Radio value="typed" label={t`Type one`} />
          <Radio value="none" label={t`None: the user signs in another way, for example with SSO`} />
        </Stack>
      </Radio.Group>
      {password === 'typed' && (
        <TextInput
          label={t`Type the password`}
          value={typed}
          onChange={(event) => onEnter({ typed: event.currentTarget.value })}
          error={typed !== '' && problems.typed && wordsOf(problems.typed)}
          // No password manager takes it for the admin’s own, and no spelling service reads it.
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          data-1p-ignore
        />
      )}
    </Stack>
  );
}

type Typed = Pick<Entered, 'type' | 'typeName'>;

interface UserTypeProps extends Typed {
  problem: Words | undefined;
  onChange(part: Partial<Typed>): void;
}

function UserType({ type, typeName, problem, onChange }: UserTypeProps) {
  const { t } = useLingui();
  return (
    <>
      <NativeSelect
        label={t`User type`}
        value={type}
        onChange={(event) => onChange({ type: event.currentTarget.value as Typed['type'] })}
        data={[
          { value: 'regular', label: t`Regular user` },
          { value: 'bot', label: t`Bot` },
          { value: 'support', label: t`Support` },
          { value: 'other', label: t`Another type…` },
        ]}
      />
      {type === 'other' && (
        <TextInput
          label={t`Name of the user type`}
          description={t`Synapse takes only types that its configuration names (extra_user_types).`}
          value={typeName}
          onChange={(event) => onChange({ typeName: event.currentTarget.value })}
          {...(problem !== undefined && { error: wordsOf(problem) })}
        />
      )}
    </>
  );
}

interface LinesProps {
  label: string;
  description: string;
  value: string;
  problem: Words | undefined;
  onChange(value: string): void;
}

function Lines({ label, description, value, problem, onChange }: LinesProps) {
  return (
    <Textarea
      label={label}
      description={description}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={problem !== undefined && wordsOf(problem)}
      rows={2}
      resize="vertical"
      spellCheck={false}
    />
  );
}

function Rooms({ entered, problems, onEnter }: PartProps & { problems: Problems }) {
  const { t } = useLingui();
  const count = parseRoomRefs(entered.rooms).refs.length;
  return (
    <div>
      <Lines
        label={t`Rooms to join afterwards`}
        description={t`Room aliases or room IDs, one per line.`}
        value={entered.rooms}
        problem={problems.rooms}
        onChange={(rooms) => onEnter({ rooms })}
      />
      <Stack gap={6} mt={6} align="flex-start">
        <PickRooms onPick={(lines) => onEnter({ rooms: withLines(entered.rooms, lines) })} />
        {count > 0 && (
          <Text size="sm" c="dimmed">
            <Trans>When the account exists, Glia offers the join for review.</Trans>
          </Text>
        )}
      </Stack>
    </div>
  );
}
