import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface NotYetButtonProps extends ButtonProps {
  /** Why it can't be pressed now. */
  reason: string;
  children: ReactNode;
}

/** A button that can't be pressed now, and says why. */
export function NotYetButton({ reason, children, ...button }: NotYetButtonProps) {
  return (
    <Tooltip label={reason} withinPortal={false} multiline w={260} events={{ hover: true, focus: true, touch: true }}>
      {/* `data-disabled`, not `disabled`: it stays reachable, so that the reason can be read. */}
      <Button
        {...button}
        data-disabled
        aria-disabled="true"
        aria-description={reason}
        onClick={(event) => event.preventDefault()}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
