import { Button, Group, Text } from '@mantine/core';
import { useId } from '@mantine/hooks';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './StepActions.module.css';

interface StepActionsProps {
  /** Leads somewhere, or does something. */
  back?: { label: string; to?: string; onClick?: () => void };
  next?: {
    label: string;
    /** One of the two. */
    to?: string;
    onClick?: () => void;
    /** Why it can't be done now; null or missing: it can. */
    disabled?: string | null;
    loading?: boolean;
    /** For what can't be undone. */
    danger?: boolean;
  };
  /** What is entered in the bar itself, beside the button. */
  field?: ReactNode;
  /** The label of the field says what is missing: the reason is then read out, and not shown a second time. */
  saidByField?: boolean;
  /** The id of what the bar says, where the field is described by it. */
  wordsId?: string;
  /** Stays in sight while a long page is scrolled, where the window is high enough for it. */
  stays?: boolean;
  /** What is said beside the buttons, where nothing is missing. */
  children?: ReactNode;
}

/**
 * The way back and the way on, at the end of a step, and why it can't be taken yet: in words, since a finger has no hover. Where it
 * stays in sight, the page keeps what has the focus clear of it (`StepActions.module.css`).
 */
export function StepActions({
  back,
  next,
  field,
  saidByField = false,
  wordsId,
  stays = false,
  children,
}: StepActionsProps) {
  const ownId = useId();
  const words = wordsId ?? ownId;
  const reason = next?.disabled ?? null;
  return (
    <Group
      className={classes.bar}
      data-stays={stays}
      justify="space-between"
      gap="sm"
      onClickCapture={(event) => {
        // A double click is one: a second page of history, or a second plan, is what nobody meant.
        if (event.detail > 1) {
          event.preventDefault();
          event.stopPropagation();
        }
      }}
    >
      {back ? <BackButton {...back} /> : <span />}
      <Group gap="sm" justify="flex-end" className={classes.on}>
        {next && (
          <Text
            id={words}
            size="sm"
            role="status"
            c={reason === null ? undefined : 'dimmed'}
            className={saidByField ? classes.readOut : classes.words}
          >
            {reason ?? children}
          </Text>
        )}
        {field}
        {next && <NextButton {...next} words={words} />}
      </Group>
    </Group>
  );
}

function BackButton({ label, to, onClick }: NonNullable<StepActionsProps['back']>) {
  const look = {
    variant: 'default',
    className: classes.back,
    leftSection: <IconArrowLeft size={16} aria-hidden />,
    children: <span className={classes.backLabel}>{label}</span>,
  };
  return to === undefined ? <Button {...look} onClick={onClick} /> : <Button component={Link} to={to} {...look} />;
}

interface NextButtonProps extends NonNullable<StepActionsProps['next']> {
  /** The id of what says why it can't be pressed. */
  words: string;
}

function NextButton({ label, to, onClick, disabled = null, loading, danger, words }: NextButtonProps) {
  const color = danger ? { color: 'red.9' } : {};
  const names = { root: classes.next, label: classes.nextLabel };
  const arrow = danger ? undefined : <IconArrowRight size={16} aria-hidden />;
  if (disabled !== null) {
    return (
      // `data-disabled`, not `disabled`: it stays reachable, so that its reason can be read.
      <Button
        data-disabled
        classNames={names}
        aria-disabled="true"
        aria-describedby={words}
        rightSection={arrow}
        onClick={(event) => event.preventDefault()}
      >
        {label}
      </Button>
    );
  }
  if (to !== undefined) {
    return (
      <Button component={Link} to={to} rightSection={arrow} classNames={names} {...color}>
        {label}
      </Button>
    );
  }
  return (
    <Button onClick={onClick} loading={loading ?? false} rightSection={arrow} classNames={names} {...color}>
      {label}
    </Button>
  );
}
