import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { shownLine } from '~/lib/shown-json';
import classes from './TextLines.module.css';

interface TextLinesProps {
  /** “Answer” */
  label: string;
  count: number;
  line(index: number): string;
  /** Those that are marked. */
  found?: ReadonlySet<number>;
  /** The one that is to be seen. */
  current?: number | undefined;
}

const HEIGHT = 20;

/** Text from outside, of any number of lines: only those in sight are made. */
export function TextLines({ label, count, line, found, current }: TextLinesProps) {
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => HEIGHT,
    overscan: 20,
  });
  useEffect(() => {
    if (current !== undefined) virtualizer.scrollToIndex(current, { align: 'center' });
  }, [current, virtualizer]);
  return (
    // A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={box} className={classes.lines} role="region" aria-label={label} tabIndex={0} dir="ltr">
      <div className={classes.all} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            className={classes.line}
            style={{ transform: `translateY(${start}px)`, height: HEIGHT }}
            data-found={found?.has(index) || undefined}
            data-current={index === current || undefined}
          >
            {shownLine(line(index))}
          </div>
        ))}
      </div>
    </div>
  );
}
