import { plural, t } from '@lingui/core/macro';
import { Button, Collapse } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconAdjustments } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './FilterRow.module.css';

interface FilterRowProps {
  search: ReactNode;
  /** How many filters are set: on a narrow screen they are folded away. */
  set: number;
  /** Filters that are never folded away. */
  always?: ReactNode;
  children: ReactNode;
}

/** The search and the filters over a list. */
export function FilterRow({ search, set, always, children }: FilterRowProps) {
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const [open, { toggle }] = useDisclosure();
  if (!narrow) {
    return (
      <div className={classes.row} role="search" aria-label={t`Search and filters`}>
        <div className={classes.search}>{search}</div>
        {children}
        {always != null && <div className={classes.always}>{always}</div>}
      </div>
    );
  }
  return (
    <div role="search" aria-label={t`Search and filters`}>
      <div className={classes.row}>
        <div className={classes.search}>{search}</div>
        {children !== null && (
          <Button
            variant={set > 0 ? 'light' : 'default'}
            leftSection={<IconAdjustments size={16} aria-hidden />}
            aria-expanded={open}
            onClick={toggle}
          >
            {set === 0 ? t`Filters` : plural(set, { one: '# filter', other: '# filters' })}
          </Button>
        )}
        {always}
      </div>
      <Collapse expanded={open}>
        <div className={classes.folded}>{children}</div>
      </Collapse>
    </div>
  );
}
