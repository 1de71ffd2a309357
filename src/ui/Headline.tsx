import type { ReactNode } from 'react';
import classes from './Headline.module.css';
import { Id } from './Id';

/** Under a page's title: whose or which page it is, exactly, and in what state. */
export function Headline({ id, marks }: { id: string; marks?: ReactNode }) {
  return (
    <div className={classes.facts}>
      <Id value={id} />
      {marks}
    </div>
  );
}
