import { Link } from 'react-router';
import classes from './Breadcrumb.module.css';

/** The list that a page belongs to. */
export interface Parent {
  /** “Users” */
  label: string;
  to: string;
}

/** The way up to the list. The page's own title follows below it, so it is not repeated here. */
export function Breadcrumb({ parent }: { parent: Parent }) {
  return (
    <nav aria-label="Breadcrumb" className={classes.crumbs}>
      <Link to={parent.to}>{parent.label}</Link>
    </nav>
  );
}
