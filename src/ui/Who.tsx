import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Id } from './Id';
import classes from './Who.module.css';
import { Outside } from './Outside';

interface WhoProps {
  picture?: ReactNode;
  /** As it should be shown: cut where it is very long. Null: there is none. */
  name: string | null;
  /** Shown instead of a name, so that one sees that there is none. */
  unnamed: string;
  id: string;
  /** Said beside the name: an alias. */
  alias?: string | null;
  to: string;
}

/** One cell that says who or which: picture, name, id. Names come from strangers: text only, clipped, isolated. */
export function Who({ picture, name, unnamed, id, alias, to }: WhoProps) {
  return (
    <div className={classes.who}>
      {picture}
      <div className={classes.lines}>
        {/* In one line, so that all rows are of one height. */}
        <span className={classes.names}>
          <Link to={to} className={classes.name} data-unnamed={name === null}>
            <bdi>{name ?? unnamed}</bdi>
          </Link>
          {alias != null && (
            <span className={classes.alias} title={alias}>
              <Outside text={alias} />
            </span>
          )}
        </span>
        <Id value={id} />
      </div>
    </div>
  );
}
