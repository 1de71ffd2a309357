import { Checkbox, Radio, Stack, Text, TextInput } from '@mantine/core';
import type { Session } from '~/data/session';
import type { ParsedUserIds } from '~/lib/mxid';
import { formatCount, plural } from '~/lib/numbers';
import { userColumn } from '~/lib/users-csv';
import { PasteField } from '~/ui/PasteField';
import { AddFromRoom } from './AddFromRoom';
import { USERS_FROM, withLines, withText, type Choice } from './choice';
import { FromFile } from './FromFile';
import { PickUsers } from './Pickers';

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
              label={`All ${plural(choice.handed.total, 'user')} that match the users list’s filter`}
              description="As selected there a moment ago."
            />
          )}
        </Stack>
      </Radio.Group>
      {choice.usersFrom === 'named' && <Named choice={choice} onChange={onChange} users={users} session={session} />}
      {choice.usersFrom === 'filter' && <Filter choice={choice} mas={session.mas} onChange={onChange} />}
    </Stack>
  );
}

function Named({ choice, onChange, users, session }: UsersFieldProps) {
  const add = (lines: readonly string[]) => onChange({ users: withLines(choice.users, lines) });
  const addFile = async (text: string, fileName: string) => {
    const column = await userColumn(text);
    if (column.problem !== null) return `${fileName}: ${column.problem}`;
    onChange({ users: withText(choice.users, column.text) });
    return withoutUserWords(column.withoutUser, fileName);
  };
  return (
    <FromFile onText={addFile}>
      {(fileButton) => (
        <PasteField
          label="Users who join"
          description={`User ids, one a line. A name alone means a user of ${session.serverName}. A file may be dropped here.`}
          placeholder={`@anna:${session.serverName}`}
          value={choice.users}
          onChange={(text) => onChange({ users: text })}
          understood={understoodUsers(users, session.serverName)}
          problems={users.problems}
        >
          <PickUsers onPick={add} />
          <AddFromRoom kind="members" onAdd={add} />
          {fileButton}
        </PasteField>
      )}
    </FromFile>
  );
}

function understoodUsers({ ids, remote, completed, capitals }: ParsedUserIds, serverName: string): string {
  const parts = [plural(ids.length, 'user')];
  if (completed > 0) parts.push(`${formatCount(completed)} completed with :${serverName}`);
  if (remote > 0) parts.push(`${formatCount(remote)} of other homeservers, who can’t be joined`);
  if (capitals > 0) parts.push(`${formatCount(capitals)} with capitals: only ids from before 2017 have them`);
  return parts.join(', ');
}

const LINES_SHOWN = 10;

function withoutUserWords(lines: readonly number[], fileName: string): string | null {
  if (lines.length === 0) return null;
  const shown = lines.slice(0, LINES_SHOWN).map(formatCount).join(', ');
  const more = lines.length > LINES_SHOWN ? ', …' : '';
  return `${plural(lines.length, 'line')} of ${fileName} name no user: ${shown}${more}. The others were added.`;
}

function Filter({ choice, mas, onChange }: Pick<UsersFieldProps, 'choice' | 'onChange'> & { mas: boolean }) {
  const { filter } = choice;
  return (
    <>
      <TextInput
        label="Name contains"
        description="In the user id’s first part or the display name. Empty: every user."
        value={filter.name}
        onChange={(event) => onChange({ filter: { ...filter, name: event.currentTarget.value } })}
      />
      <Checkbox
        label="Only server admins"
        {...(mas && {
          description:
            'Goes by Synapse’s own flag. Behind Matrix Authentication Service that says little: MAS decides who is an admin.',
        })}
        checked={filter.onlyAdmins}
        onChange={(event) => onChange({ filter: { ...filter, onlyAdmins: event.currentTarget.checked } })}
      />
      <Text size="sm" c="dimmed">
        The homeserver’s list is read anew when the plan is made.
      </Text>
    </>
  );
}
