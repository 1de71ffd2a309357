import { useLingui } from '@lingui/react/macro';
import { Radio, Stack } from '@mantine/core';
import type { AnyAction } from '~/actions/action';
import { handedFilesWords, handedWords } from '~/data/handover';
import type { Session } from '~/data/session';
import { ActionForm } from '~/entities/action/ActionForm';
import type { Json } from '~/jobs/job';
import { StepActions } from '~/ui/wizard/StepActions';
import { wordsOf } from '~/lib/words';
import { targetsOf, type Choice } from './choice';
import { NamedFiles } from './NamedFiles';
import { NamedUsers } from './NamedUsers';

interface ChooseProps {
  action: AnyAction;
  session: Session;
  choice: Choice;
  onChange(part: Partial<Choice>): void;
  onPlan(input: Json): void;
}

/** Whom it is for, and what it needs to know. */
export function Choose({ action, session, choice, onChange, onPlan }: ChooseProps) {
  const { t } = useLingui();
  const { serverName } = session;
  const { from, handed, files, text, values } = choice;
  const isOfFiles = action.entity === 'media';
  const words = isOfFiles ? files && handedFilesWords(files) : handed && handedWords(handed);
  const isNamed = from === 'named' || !words;
  const entered = action.form ? action.form.read(values) : { input: null };
  const problems = 'problems' in entered ? entered.problems : {};
  const targets = targetsOf(action, choice, serverName);
  const reason =
    'problem' in targets
      ? wordsOf(targets.problem)
      : 'problems' in entered
        ? t`Some fields are not filled in correctly.`
        : null;
  return (
    <Stack gap="lg">
      {words && (
        <Radio.Group
          label={isOfFiles ? 'For which files?' : 'For whom?'}
          value={from}
          onChange={(value) => onChange({ from: value === 'handed' ? 'handed' : 'named' })}
        >
          <Stack gap="sm" mt="xs">
            <Radio value="handed" label={<bdi>{capital(words)}</bdi>} />
            <Radio value="named" label={isOfFiles ? 'Files that I name' : 'Users that I name'} />
          </Stack>
        </Radio.Group>
      )}
      {isNamed && isOfFiles && (
        <NamedFiles serverName={serverName} text={text} onChange={(next) => onChange({ text: next })} />
      )}
      {isNamed && !isOfFiles && (
        <NamedUsers serverName={serverName} text={text} onChange={(next) => onChange({ text: next })} />
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
