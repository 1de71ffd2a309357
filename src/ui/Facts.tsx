import type { ReactNode } from 'react';
import classes from './Facts.module.css';

export interface Fact {
  name: string;
  /** Where a name comes more than once. */
  key?: string;
  value: ReactNode;
  /** Beside it: what changes it. */
  edit?: ReactNode;
}

/** What is known about one thing, line by line. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, key, value, edit }) => (
        <div key={key ?? name} className={classes.fact}>
          <dt className={classes.name}>
            <bdi>{name}</bdi>
          </dt>
          <dd className={classes.value}>
            {edit === undefined ? (
              value
            ) : (
              <div className={classes.editable}>
                <div className={classes.value}>{value}</div>
                {edit}
              </div>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
