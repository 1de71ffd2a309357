import { Checkbox, Text, TextInput } from '@mantine/core';
import { lacks } from '~/api/since';
import { hasWildcards } from '~/api/wildcards';
import type { Session } from '~/data/session';
import { wordsOf } from '~/lib/words';
import { WildcardNote } from '~/ui/WildcardNote';

export interface UserFilter {
  name: string;
  onlyAdmins: boolean;
}

interface UserFilterFieldsProps {
  value: UserFilter;
  session: Session;
  onChange(value: UserFilter): void;
}

const MAS_ADMINS =
  'Uses Synapse’s own setting. With Matrix Authentication Service (MAS) this says little: MAS decides who is an admin.';

/** All users that match what is entered here. */
export function UserFilterFields({ value, session, onChange }: UserFilterFieldsProps) {
  const noAdmins = lacks(session.version, 'users-admins');
  return (
    <>
      <TextInput
        label="Name contains"
        description="Looks in the display name, and in the user ID before the colon. Leave empty for every user."
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      {hasWildcards(value.name) && <WildcardNote text={value.name.trim()} />}
      <Checkbox
        label="Only server admins"
        description={noAdmins === null ? session.mas && MAS_ADMINS : wordsOf(noAdmins)}
        checked={value.onlyAdmins}
        disabled={noAdmins !== null}
        onChange={(event) => onChange({ ...value, onlyAdmins: event.currentTarget.checked })}
      />
      <Text size="sm" c="dimmed">
        Glia reads the list from the homeserver again when it makes the plan.
      </Text>
    </>
  );
}
