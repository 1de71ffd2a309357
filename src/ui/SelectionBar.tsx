import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { formatCount } from '~/lib/numbers';
import classes from './SelectionBar.module.css';
import type { Chosen } from './use-selection';

interface SelectionBarProps {
  chosen: Chosen;
  /** Rows on this page. */
  shown: number;
  /** All that match the filter. */
  total: number;
  /** Whether there is a filter: “all users” or “all users that match”. */
  filtered: boolean;
  /** The total counts rows that don’t match: all that match are so many at most. */
  atMost?: boolean;
  /** Says which rows of how many are shown. */
  rows: ReactNode;
  /** The tools of the list: they give way to the selection, and keep their place. */
  children: ReactNode;
  /** What can be done with the selection. */
  actions: ReactNode;
}

/** Says what is selected, and what one can do with it. It lies over the tools of the list, so the table never moves. */
export function SelectionBar(props: SelectionBarProps) {
  const { chosen, shown, total, filtered, atMost = false, rows, children, actions } = props;
  // There the bar lies elsewhere, and the tools stay.
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const { count, everything } = chosen;
  const covered = count > 0 && !narrow;
  return (
    <div className={classes.place}>
      <div className={classes.tools} data-covered={covered || undefined}>
        {covered || rows}
        {children}
      </div>
      {count > 0 && (
        <div className={classes.bar} role="region" aria-label={t`Selection`}>
          <div className={classes.words}>
            <Text size="sm" fw={600} role="status">
              {selectedWords(chosen, filtered, atMost)}
            </Text>
            {!everything && chosen.ofShown === 'all' && total > shown && (
              <Button variant="subtle" size="compact-xs" onClick={chosen.selectEverything}>
                {selectAllWords(total, filtered, atMost)}
              </Button>
            )}
            <Button variant="subtle" size="compact-xs" color="gray" onClick={chosen.clear}>
              <Trans>Clear</Trans>
            </Button>
            {covered && <span className={classes.rows}>{rows}</span>}
          </div>
          <div className={classes.actions}>{actions}</div>
        </div>
      )}
    </div>
  );
}

function selectedWords({ everything, count, notShown }: Chosen, filtered: boolean, atMost: boolean): string {
  const all = formatCount(count);
  if (everything && atMost) return t`All that match are selected (at most ${all})`;
  if (everything) return filtered ? t`All ${all} that match are selected` : t`All ${all} selected`;
  const hidden = formatCount(notShown);
  return notShown === 0 ? t`${all} selected` : t`${all} selected, ${hidden} not shown`;
}

function selectAllWords(total: number, filtered: boolean, atMost: boolean): string {
  const all = formatCount(total);
  if (atMost) return t`Select all that match (at most ${all})`;
  return filtered ? t`Select all ${all} that match` : t`Select all ${all}`;
}
