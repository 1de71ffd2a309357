import { Button, Checkbox, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { lacks } from '~/api/since';
import { hasWildcards } from '~/api/wildcards';
import { matchingCount } from '~/data/handover';
import type { Session } from '~/data/session';
import { completeWords } from '~/lib/complete-words';
import { removedWords } from '~/lib/entries';
import type { ParsedUserIds } from '~/lib/mxid';
import { formatCount, plural } from '~/lib/numbers';
import { readUsersFile } from '~/lib/users-csv';
import { PasteField } from '~/ui/PasteField';
import { WildcardNote } from '~/ui/WildcardNote';
import { AddFromRoom } from './AddFromRoom';
import { USERS_FROM, withLines, withText, type Choice } from './choice';
import { ColumnChoice, type ReadTable } from './ColumnChoice';
import { FromFile } from './FromFile';
import { PickUsers } from './Pickers';
import { wordsOf } from '~/lib/words';

interface UsersFieldProps {
  choice: Choice;
  session: Session;
  users: ParsedUserIds;
  onChange(patch: Partial<Choice>): void;
}

/** Who joins: by name, by a filter, or as selected in the users list. */
export function UsersField({ choice, onChange, users, session }: UsersFieldProps) {
  return (
    <Stack gap="sm">
      <Radio.Group
        label="Which users"
        value={choice.usersFrom}
        onChange={(from) => onChange({ usersFrom: USERS_FROM.find((one) => one === from) ?? 'named' })}
      >
        <Stack gap={6} mt={6}>
          <Radio value="named" label="Those named here" />
          <Radio
            value="filter"
            label="All users that match a filter"
            description={`Of ${session.serverName}. Deactivated, locked and guest users are left out.`}
          />
          {choice.handed && (
            <Radio
              value="handed"
              label={`All ${matchingCount(choice.handed, 'user')} that match the users list’s filter`}
              description="As selected in the users list."
            />
          )}
        </Stack>
      </Radio.Group>
      {choice.usersFrom === 'named' && <Named choice={choice} onChange={onChange} users={users} session={session} />}
      {choice.usersFrom === 'filter' && <Filter choice={choice} session={session} onChange={onChange} />}
    </Stack>
  );
}

function Named({ choice, onChange, users, session }: UsersFieldProps) {
  const { serverName } = session;
  const [table, setTable] = useState<ReadTable | null>(null);
  const add = (lines: readonly string[]) => onChange({ users: withLines(choice.users, lines) });
  const readTable = async (text: string, name: string) => {
    const file = await readUsersFile(text);
    if (file.kind === 'table') setTable({ name, table: file.table, suggested: file.suggested });
    return file;
  };
  return (
    <FromFile
      onText={async (text, name) => {
        setTable(null);
        const file = await readTable(text, name);
        if (file.kind === 'list') onChange({ users: withText(choice.users, file.text) });
        return null;
      }}
    >
      {(fileButton) => (
        <>
          <PasteField
            label="Users who join"
            description={`User IDs, one a line. Names alone are completed with :${serverName}. A file may be dropped here.`}
            placeholder={`@anna:${serverName}`}
            value={choice.users}
            onChange={(text) => onChange({ users: text })}
            understood={understoodUsers(users)}
            problems={users.problems}
            notes={removedWords(users.removed)}
            completion={{
              serverName,
              waiting: users.waiting,
              completed: users.completed,
              onComplete: () => onChange({ users: completeWords(choice.users, users, serverName) }),
            }}
          >
            <PickUsers onPick={add} />
            <AddFromRoom kind="members" onAdd={add} />
            {users.table && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => void readTable(choice.users, PASTED).catch(() => undefined)}
              >
                Choose its column…
              </Button>
            )}
            {fileButton}
          </PasteField>
          {table && (
            <ColumnChoice
              // Another table begins with its own suggestion.
              key={`${table.name} ${table.table.rows.length}`}
              file={table}
              serverName={serverName}
              onAdd={(lines) => {
                // The pasted table itself gives way to what was taken from it.
                onChange({ users: withText(table.name === PASTED ? '' : choice.users, lines.join('\n')) });
                setTable(null);
              }}
              onCancel={() => setTable(null)}
            />
          )}
        </>
      )}
    </FromFile>
  );
}

const PASTED = 'what was pasted';

function understoodUsers({ ids, remote, completed, capitals }: ParsedUserIds): string {
  const parts = [plural(ids.length, 'user')];
  if (completed.length > 0) parts.push(`${formatCount(completed.length)} completed`);
  if (remote > 0) parts.push(`${formatCount(remote)} of other homeservers, who can’t be joined`);
  if (capitals > 0) parts.push(`${formatCount(capitals)} with capitals: only IDs from before 2017 have them`);
  return parts.join(', ');
}

const MAS_ADMINS =
  'Goes by Synapse’s own flag. Behind Matrix Authentication Service that says little: MAS decides who is an admin.';

function Filter({ choice, session, onChange }: Omit<UsersFieldProps, 'users'>) {
  const { filter } = choice;
  const noAdmins = lacks(session.version, 'users-admins');
  return (
    <>
      <TextInput
        label="Name contains"
        description="In the user id’s first part or the display name. Empty: every user."
        value={filter.name}
        onChange={(event) => onChange({ filter: { ...filter, name: event.currentTarget.value } })}
      />
      {hasWildcards(filter.name) && <WildcardNote text={filter.name.trim()} />}
      <Checkbox
        label="Only server admins"
        description={noAdmins === null ? session.mas && MAS_ADMINS : wordsOf(noAdmins)}
        checked={filter.onlyAdmins}
        disabled={noAdmins !== null}
        onChange={(event) => onChange({ filter: { ...filter, onlyAdmins: event.currentTarget.checked } })}
      />
      <Text size="sm" c="dimmed">
        The homeserver’s list is read anew when the plan is made.
      </Text>
    </>
  );
}
