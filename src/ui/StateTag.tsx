import type { ReactNode } from 'react';
import classes from './StateTag.module.css';

/** A state in a word, with a dot of its colour: the word is in the text's own colour, so it is read as well as the rest. */
export function StateTag({ dot, children }: { /** A CSS colour. */ dot: string; children: ReactNode }) {
  return (
    <span className={classes.tag}>
      <span className={classes.dot} style={{ background: dot }} aria-hidden />
      {children}
    </span>
  );
}
