import { useLingui } from '@lingui/react/macro';
import { Radio, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnyAction } from '~/actions/action';
import { rulesQuery } from '~/job-store/action-jobs';
import { useSession } from '~/data/session';
import type { Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';

interface TypedSecret {
  isTyped: boolean;
  value: string;
  /** Why it won’t do; null before anything was typed. */
  problem: Text | null;
  /** It is to be typed, and is not, or not well. */
  isMissing: boolean;
  /** Undefined: one is made. */
  typed: string | undefined;
  onChange(part: { isTyped?: boolean; value?: string }): void;
}

/** A secret that the admin may type: in this component’s memory only. */
export function useTypedSecret(action: AnyAction): TypedSecret {
  const session = useSession();
  const [{ isTyped, value }, setState] = useState({ isTyped: false, value: '' });
  const rules = useQuery({ ...rulesQuery(action, session), enabled: action.secret !== undefined && isTyped });
  const problem = isTyped && action.secret ? action.secret.problem(value, rules.data) : null;
  return {
    isTyped,
    value,
    problem: value === '' || problem === null ? null : wordsOf(problem),
    isMissing: problem !== null || (isTyped && rules.isPending),
    typed: isTyped ? value : undefined,
    onChange: (part) => setState((state) => ({ ...state, ...part })),
  };
}

type SecretFieldProps = Omit<TypedSecret, 'isMissing' | 'typed'>;

/** A password: made here, or typed. */
export function SecretField({ isTyped, value, problem, onChange }: SecretFieldProps) {
  const { t } = useLingui();
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t`New password`}
        value={isTyped ? 'typed' : 'made'}
        onChange={(next) => onChange({ isTyped: next === 'typed' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="made" label={t`Random`} />
          <Radio value="typed" label={t`Type one`} />
        </Stack>
      </Radio.Group>
      {isTyped && (
        <TextInput
          label={t`Type the new password`}
          value={value}
          onChange={(event) => onChange({ value: event.currentTarget.value })}
          error={problem && wordsOf(problem)}
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
