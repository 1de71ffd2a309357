import classes from './Marks.module.css';

export interface Mark {
  /** One or two words: “deactivated”. */
  label: string;
  /** How it strikes the eye; the words say it too. */
  tone: 'plain' | 'good' | 'note' | 'warning' | 'grave';
  /** What it means, on hover. */
  meaning?: string;
}

/** States as small labels: one line of them instead of ten columns of ticks and crosses. */
export function Marks({ marks, none }: { marks: readonly Mark[]; none?: string }) {
  if (marks.length === 0) return none === undefined ? null : <span className={classes.none}>{none}</span>;
  return (
    <span className={classes.marks}>
      {marks.map(({ label, tone, meaning }) => (
        <span key={label} className={classes.mark} data-tone={tone} title={meaning}>
          {label}
        </span>
      ))}
    </span>
  );
}
