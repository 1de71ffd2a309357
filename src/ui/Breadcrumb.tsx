import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import classes from './Breadcrumb.module.css';
import { wordsOf, type Words } from '~/lib/words';

/** The list that a page belongs to. */
export interface Parent {
  /** “Users” */
  label: Words;
  to: string;
}

/** The way up to the list. The page's own title follows below it, so it is not repeated here. */
export function Breadcrumb({ parent }: { parent: Parent }) {
  return (
    <nav aria-label={t`Breadcrumb`} className={classes.crumbs}>
      <Link to={parent.to}>{wordsOf(parent.label)}</Link>
    </nav>
  );
}
