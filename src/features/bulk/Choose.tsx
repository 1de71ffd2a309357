import { Radio, Stack } from '@mantine/core';
import { useMemo } from 'react';
import type { AnyAction } from '~/actions/action';
import { handedFilesWords } from '~/data/handover';
import type { Session } from '~/data/session';
import { ActionForm } from '~/entities/action/ActionForm';
import { UserChooser } from '~/entities/user/UserChooser';
import type { Targets } from '~/job-store/action-plans';
import type { Json } from '~/jobs/job';
import { ownUsers } from '~/lib/own-users';
import { useUserIds } from '~/ui/use-user-ids';
import { StepActions } from '~/ui/wizard/StepActions';
import { targetsOf, type Choice } from './choice';
import { NamedFiles } from './NamedFiles';
import { wordsOf } from '~/lib/words';

interface ChooseProps {
  action: AnyAction;
  session: Session;
  choice: Choice;
  onChange(part: Partial<Choice>): void;
  onPlan(targets: Targets, input: Json): void;
}

/** Whom it is for, and what it needs to know. */
export function Choose({ action, session, choice, onChange, onPlan }: ChooseProps) {
  const { serverName } = session;
  const { from, files, text, values } = choice;
  const isOfFiles = action.entity === 'media';
  const named = useUserIds(isOfFiles ? '' : text, serverName, 'never');
  const entered = action.form ? action.form.read(values) : { input: null };
  const problems = 'problems' in entered ? entered.problems : {};
  const targets = named.settled
    ? targetsOf(action, choice, named.parsed, serverName)
    : 'Still reading what was pasted.';
  const reason =
    typeof targets === 'string' ? targets : 'problems' in entered ? 'Some fields need another value.' : null;
  const { problems: leftOut } = useMemo(() => ownUsers(named.parsed, serverName), [named.parsed, serverName]);
  return (
    <Stack gap="lg">
      {isOfFiles && files && (
        <Radio.Group
          label="For which files?"
          value={from}
          onChange={(value) => onChange({ from: value === 'handed' ? 'handed' : 'named' })}
        >
          <Stack gap="sm" mt="xs">
            <Radio value="handed" label={<bdi>{capital(wordsOf(handedFilesWords(files)))}</bdi>} />
            <Radio value="named" label="Only files that I name" />
          </Stack>
        </Radio.Group>
      )}
      {isOfFiles && (from === 'named' || !files) && (
        <NamedFiles serverName={serverName} text={text} onChange={(next) => onChange({ text: next })} />
      )}
      {!isOfFiles && (
        <UserChooser
          label="For whom?"
          session={session}
          choice={choice}
          onChange={onChange}
          sources={{ handed: {}, named: {} }}
          named={{ label: 'Users', parsed: named.parsed, problems: leftOut }}
        />
      )}
      {action.form && (
        <ActionForm
          fields={action.form.fields}
          values={values}
          problems={problems}
          onChange={(next) => onChange({ values: next })}
        />
      )}
      <StepActions
        next={{
          label: 'Review',
          disabled: reason,
          onClick: () => typeof targets !== 'string' && 'input' in entered && onPlan(targets, entered.input),
        }}
      />
    </Stack>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
