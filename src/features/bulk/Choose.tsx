import { Radio, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { AnyAction } from '~/actions/action';
import { handedFilesWords, handedWords } from '~/data/handover';
import type { Session } from '~/data/session';
import { ActionForm } from '~/entities/action/ActionForm';
import type { Json } from '~/jobs/job';
import { completeWords } from '~/lib/complete-words';
import { removedWords } from '~/lib/entries';
import { parseUserIds, serverOf } from '~/lib/mxid';
import { plural } from '~/lib/numbers';
import { PasteField } from '~/ui/PasteField';
import { StepActions } from '~/ui/wizard/StepActions';
import { targetsOf, type Choice } from './choice';

interface ChooseProps {
  action: AnyAction;
  session: Session;
  choice: Choice;
  onChange(part: Partial<Choice>): void;
  onPlan(input: Json): void;
}

/** Whom it is for, and what it needs to know. */
export function Choose({ action, session, choice, onChange, onPlan }: ChooseProps) {
  const { serverName } = session;
  const { from, handed, files, text, values } = choice;
  const isOfFiles = action.entity === 'media';
  const parsed = useMemo(() => parseUserIds(text, serverName, 'never'), [text, serverName]);
  const entered = action.form ? action.form.read(values) : { input: null };
  const problems = 'problems' in entered ? entered.problems : {};
  const targets =
    isOfFiles && !files ? 'Select files in the Media tab of a user first.' : targetsOf(choice, serverName);
  const foreign = parsed.ids.filter((id) => serverOf(id) !== serverName);
  const reason =
    typeof targets === 'string' ? targets : 'problems' in entered ? 'Some fields need another value.' : null;
  return (
    <Stack gap="lg">
      {isOfFiles && <Text>{files ? <bdi>{capital(handedFilesWords(files))}</bdi> : reason}</Text>}
      {!isOfFiles && handed && (
        <Radio.Group
          label="For whom?"
          value={from}
          onChange={(value) => onChange({ from: value === 'handed' ? 'handed' : 'named' })}
        >
          <Stack gap="sm" mt="xs">
            <Radio value="handed" label={<bdi>{capital(handedWords(handed))}</bdi>} />
            <Radio value="named" label="Users that I name" />
          </Stack>
        </Radio.Group>
      )}
      {!isOfFiles && from === 'named' && (
        <PasteField
          label="Users"
          description="User IDs or links, one a line, or set apart by commas or spaces."
          placeholder={`@anna:${serverName}`}
          value={text}
          onChange={(next) => onChange({ text: next })}
          understood={text.trim() === '' ? '' : `${plural(parsed.ids.length - foreign.length, 'user')} named`}
          problems={[
            ...parsed.problems,
            ...foreign.map((id) => ({
              line: parsed.lines.get(id) ?? 1,
              text: id,
              reason: 'This user’s account is on another homeserver.',
            })),
          ]}
          notes={removedWords(parsed.removed)}
          completion={{
            serverName,
            waiting: parsed.waiting,
            completed: parsed.completed,
            onComplete: () => onChange({ text: completeWords(text, parsed, serverName) }),
          }}
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
          onClick: () => 'input' in entered && onPlan(entered.input),
        }}
      />
    </Stack>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
