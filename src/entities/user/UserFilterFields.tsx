import { Trans, useLingui } from '@lingui/react/macro';
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

/** All users that match what is entered here. */
export function UserFilterFields({ value, session, onChange }: UserFilterFieldsProps) {
  const { t } = useLingui();
  const noAdmins = lacks(session.version, 'users-admins');
  const underMas = t`Goes by what Synapse has stored. On this homeserver, MAS decides who is an admin.`;
  return (
    <>
      <TextInput
        label={t`Name contains`}
        description={t`Searches display names and the part of user IDs before the colon. Leave empty to match every user.`}
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      {hasWildcards(value.name) && <WildcardNote text={value.name.trim()} />}
      <Checkbox
        label={t`Only server admins`}
        description={noAdmins === null ? session.mas && underMas : wordsOf(noAdmins)}
        checked={value.onlyAdmins}
        disabled={noAdmins !== null}
        onChange={(event) => onChange({ ...value, onlyAdmins: event.currentTarget.checked })}
      />
      <Text size="sm" c="dimmed">
        <Trans>Glia reads the list again when it makes the plan.</Trans>
      </Text>
    </>
  );
}
