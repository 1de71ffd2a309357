import { Trans } from '@lingui/react/macro';
import { formatBytes } from '~/lib/bytes';
import { formatCount } from '~/lib/numbers';
import classes from './BarTable.module.css';
import { isolated } from '~/lib/shown-text';
import { Outside } from '~/ui/Outside';

interface Amount {
  key: string;
  files: number;
  /** Bytes. */
  bytes: number;
}

interface BarTableProps {
  /** “By type” */
  caption: string;
  /** “Type” */
  header: string;
  /** Largest first. */
  rows: readonly Amount[];
  /** The rest is summed up in one last row. */
  show?: number;
}

/** Amounts as bars behind their names: a plot for who sees it, and a plain table for who hears it. */
export function BarTable({ caption, header, rows, show = 7 }: BarTableProps) {
  const largest = Math.max(1, ...rows.slice(0, 1).map(({ bytes }) => bytes));
  const shown = rows.length === show + 1 ? rows : rows.slice(0, show);
  const rest = rows.slice(shown.length);
  const others = formatCount(rest.length);
  return (
    <table className={classes.table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{header}</th>
          <th scope="col" className={classes.amount}>
            <Trans>Files</Trans>
          </th>
          <th scope="col" className={classes.amount}>
            <Trans>Size</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ key, files, bytes }) => (
          <tr key={key}>
            {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- a header, named by its words */}
            <th scope="row" className={classes.cell}>
              <span className={classes.label} title={isolated(key)}>
                <span className={classes.bar} style={{ width: `${Math.max(0.5, (bytes / largest) * 100)}%` }} />
                <Outside as="id" text={key} className={classes.words} />
              </span>
            </th>
            <td className={classes.amount}>{formatCount(files)}</td>
            <td className={classes.amount}>{formatBytes(bytes)}</td>
          </tr>
        ))}
        {rest.length > 0 && (
          <tr className={classes.rest}>
            {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- a header, named by its words */}
            <th scope="row" className={classes.cell}>
              <span className={classes.label}>
                <Trans>{others} more</Trans>
              </span>
            </th>
            <td className={classes.amount}>{formatCount(rest.reduce((sum, { files }) => sum + files, 0))}</td>
            <td className={classes.amount}>{formatBytes(rest.reduce((sum, { bytes }) => sum + bytes, 0))}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
