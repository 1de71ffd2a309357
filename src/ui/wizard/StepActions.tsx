import { Button, Group, Text } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { NotYetButton } from '~/ui/NotYetButton';
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
  /** What is said beside the buttons, where nothing is missing. */
  children?: ReactNode;
}

/**
 * The way back and the way on, at the end of a step. It does not stay in sight while the step is scrolled: on a small screen, or at
 * 200 %, it would cover what has to be filled in.
 */
export function StepActions({ back, next, children }: StepActionsProps) {
  const reason = next?.disabled ?? null;
  return (
    <Group
      className={classes.bar}
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
        {/* What is missing stands here: a finger has no hover. */}
        {next && (
          <Text size="sm" role="status" c={reason === null ? undefined : 'dimmed'} className={classes.words}>
            {reason ?? children}
          </Text>
        )}
        {next && <NextButton {...next} />}
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

function NextButton({ label, to, onClick, disabled = null, loading, danger }: NonNullable<StepActionsProps['next']>) {
  const color = danger ? { color: 'red.9' } : {};
  const arrow = danger ? undefined : <IconArrowRight size={16} aria-hidden />;
  if (disabled !== null) {
    return (
      <NotYetButton reason={disabled} rightSection={arrow}>
        {label}
      </NotYetButton>
    );
  }
  if (to !== undefined) {
    return (
      <Button component={Link} to={to} rightSection={arrow} {...color}>
        {label}
      </Button>
    );
  }
  return (
    <Button onClick={onClick} loading={loading ?? false} rightSection={arrow} {...color}>
      {label}
    </Button>
  );
}
