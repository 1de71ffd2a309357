import { t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import classes from './ChangedLines.module.css';
import type { ChangedLine } from './changed-lines';

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;

/** What a change takes away and what it adds, line by line. */
export function ChangedLines({ lines }: { lines: readonly ChangedLine[] }) {
  if (lines.length === 0) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {t`Nothing changes yet.`}
      </Text>
    );
  }
  return (
    // A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={classes.lines} aria-label={t`What changes`} tabIndex={0}>
      {lines.map(({ is, text }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have nothing else that tells them apart
        <span key={index} className={classes.line} data-is={is}>
          {SIGNS[is]} {text}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
