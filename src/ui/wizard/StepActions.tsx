import { Button, Group } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { NotYetButton } from '~/ui/NotYetButton';
import classes from './StepActions.module.css';

interface StepActionsProps {
  back?: { label: string; to: string };
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
  /** What is said beside the buttons. */
  children?: ReactNode;
}

/** The way back and the way on, at the foot of a step; it stays in sight while the step is scrolled. */
export function StepActions({ back, next, children }: StepActionsProps) {
  return (
    <Group className={classes.bar} justify="space-between" gap="sm">
      {back ? (
        <Button
          component={Link}
          to={back.to}
          variant="default"
          className={classes.back}
          leftSection={<IconArrowLeft size={16} aria-hidden />}
        >
          <span className={classes.backLabel}>{back.label}</span>
        </Button>
      ) : (
        <span />
      )}
      <Group gap="sm" justify="flex-end" className={classes.on}>
        {children}
        {next && <NextButton {...next} />}
      </Group>
    </Group>
  );
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
