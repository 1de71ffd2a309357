import { useLingui } from '@lingui/react/macro';
import { Group, Text, TextInput } from '@mantine/core';
import { useId } from '@mantine/hooks';
import { useState } from 'react';
import { useHeld } from '~/ui/held';
import { formatCount } from '~/lib/numbers';
import { wordsOfError } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import { isTypedNumber, isWrongNumber } from './confirmation';
import classes from './RunBar.module.css';
import { StepActions } from './StepActions';

interface RunBarProps {
  back?: { label: string; to?: string; onClick?: () => void };
  /** Verb and number: “Delete 34 files”. */
  act: string;
  /** How many will run. */
  count: number;
  /** The same in words: “34 files”. */
  counted: string;
  /** It can't be undone, so the number is typed first. */
  typed: boolean;
  /** Why it can't begin, besides the typing: nothing to do, a box not ticked, a file not saved. */
  blocked: string | null;
  /** What is said where nothing is missing. */
  words?: string;
  /** Called once, with the number that was confirmed. */
  onRun(count: number): void;
}

/** The last click of a review, and the number to type before it: side by side, with what is still missing. */
export function RunBar({ back, act, count, counted, typed: isTyped, blocked, words, onRun }: RunBarProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const [began, setBegan] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const wordsId = useId();
  const number = formatCount(count);
  const right = !isTyped || isTypedNumber(typed, count);
  // Not while it is only begun: “1” is on the way to “1204”.
  const wrong = count > 0 && !right && typed.trim() !== '' && (tried || isWrongNumber(typed, count));
  const entered = typed.trim();
  const missing = right ? null : t`Type ${number} to confirm.`;
  // A wrong number is said at once, whatever else is missing.
  const held = useHeld();
  const reason = held ?? (wrong ? t`The plan has ${counted}, not ${entered}.` : (blocked ?? missing));
  const run = () => {
    if (reason !== null || began) return;
    setBegan(true);
    setProblem(null);
    try {
      onRun(count);
    } catch (error) {
      setBegan(false);
      setProblem(wordsOfError(error));
    }
  };
  const field = (
    <Group gap="xs" wrap="nowrap">
      <Text component="label" htmlFor={id} size="sm" className={classes.label}>
        {t`Type ${number} to confirm`}
      </Text>
      <TextInput
        id={id}
        w={110}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setTried(false);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.repeat) return;
          setTried(true);
          run();
        }}
        error={wrong}
        aria-describedby={wordsId}
        inputMode="numeric"
        autoComplete="off"
      />
    </Group>
  );
  return (
    <>
      {problem !== null && (
        <Notice role="alert" tone="danger" title={t`The job did not start`}>
          {problem}
        </Notice>
      )}
      <StepActions
        stays
        {...(back && { back })}
        next={{ label: act, disabled: reason, danger: isTyped, loading: began, onClick: run }}
        wordsId={wordsId}
        field={isTyped && count > 0 ? field : null}
        saidByField={isTyped && count > 0 && reason !== null && reason === missing}
      >
        {words}
      </StepActions>
    </>
  );
}
