import classes from './Marks.module.css';
import { wordsOf, type Words } from '~/lib/words';

export interface Mark {
  /** One or two words: “deactivated”. */
  label: Words;
  /** How it strikes the eye; the words say it too. */
  tone: 'plain' | 'good' | 'note' | 'warning' | 'grave';
  /** What it means, on hover. */
  meaning?: Words;
}

/** States as small labels: one line of them instead of ten columns of ticks and crosses. */
export function Marks({ marks, none }: { marks: readonly Mark[]; none?: string }) {
  if (marks.length === 0) return none === undefined ? null : <span className={classes.none}>{none}</span>;
  return (
    <span className={classes.marks}>
      {marks.map(({ label, tone, meaning }) => (
        <span key={wordsOf(label)} className={classes.mark} data-tone={tone} title={meaning && wordsOf(meaning)}>
          {wordsOf(label)}
        </span>
      ))}
    </span>
  );
}
