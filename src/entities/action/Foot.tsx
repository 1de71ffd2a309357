import { useLingui } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';

interface FootProps {
  onClose(): void;
  /** “Cancel” where there is something to do, else “Close”, unless said. */
  close?: string;
  left?: ReactNode;
  /** What was begun can’t be cancelled: closing leaves it to the job. */
  isBusy?: boolean;
  children?: ReactNode;
}

/** The buttons at the foot of a dialog. */
export function Foot({ onClose, close, left, isBusy = false, children }: FootProps) {
  const { t } = useLingui();
  return (
    <Group justify="space-between" gap="xs">
      {left}
      <Group gap="xs" ms="auto">
        <Button variant="default" onClick={onClose} disabled={isBusy}>
          {close ?? (children ? t`Cancel` : t`Close`)}
        </Button>
        {children}
      </Group>
    </Group>
  );
}
