import { Tooltip, type TooltipProps } from '@mantine/core';
import { useRef, useState, type ReactNode, type RefObject } from 'react';

interface Tip<Target> {
  /** For the element that the tip is about. */
  target: {
    ref: RefObject<Target | null>;
    onPointerEnter(): void;
    onPointerLeave(): void;
    onFocus(): void;
    onBlur(): void;
  };
  /** To be put beside it. */
  tip: ReactNode;
}

/** A tooltip that is made only where the pointer or the focus is: a table has a hundred things that could have one. */
export function useTip<Target extends HTMLElement>(
  label: string,
  look: Pick<TooltipProps, 'multiline' | 'w' | 'withinPortal'> = {},
): Tip<Target> {
  const ref = useRef<Target>(null);
  const [near, setNear] = useState(false);
  const come = () => setNear(true);
  const go = () => setNear(false);
  return {
    target: { ref, onPointerEnter: come, onPointerLeave: go, onFocus: come, onBlur: go },
    tip: near && <Tooltip target={ref} label={label} opened withinPortal {...look} />,
  };
}
