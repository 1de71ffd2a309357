import { Radio, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnyAction } from '~/actions/action';
import { rulesQuery } from '~/job-store/action-jobs';
import { useSession } from '~/data/session';
import { wordsOf } from '~/lib/words';

interface TypedSecret {
  isTyped: boolean;
  value: string;
  /** Why it won’t do; null before anything was typed. */
  problem: string | null;
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

type SecretFieldProps = Omit<TypedSecret, 'isMissing' | 'typed'> & { noun: string };

/** Made here, or typed. */
export function SecretField({ noun, isTyped, value, problem, onChange }: SecretFieldProps) {
  return (
    <Stack gap="xs">
      <Radio.Group
        label={`New ${noun}`}
        value={isTyped ? 'typed' : 'made'}
        onChange={(next) => onChange({ isTyped: next === 'typed' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="made" label="Make a random one" />
          <Radio value="typed" label="Type one" />
        </Stack>
      </Radio.Group>
      {isTyped && (
        <TextInput
          label={`Type the new ${noun}`}
          value={value}
          onChange={(event) => onChange({ value: event.currentTarget.value })}
          error={problem}
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
