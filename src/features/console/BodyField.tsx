import { useLingui } from '@lingui/react/macro';
import { Textarea } from '@mantine/core';
import { jsonProblem } from '~/lib/json-problem';
import classes from './Console.module.css';

interface BodyFieldProps {
  value: string;
  onChange(body: string): void;
}

/** Null: it can be sent. */
export function bodyProblem(body: string): { line: number; column: number } | null {
  return body.trim() === '' ? null : jsonProblem(body);
}

/** JSON, checked while it is typed. It is sent as it stands here. */
export function BodyField({ value, onChange }: BodyFieldProps) {
  const { t } = useLingui();
  const problem = bodyProblem(value);
  return (
    <Textarea
      label={t`Body (JSON)`}
      classNames={{ input: classes.mono ?? '' }}
      autosize
      minRows={4}
      maxRows={20}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={problem && t`Not valid JSON: line ${problem.line}, column ${problem.column}.`}
      spellCheck={false}
      autoComplete="off"
      dir="ltr"
    />
  );
}
