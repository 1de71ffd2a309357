import { Alert } from '@mantine/core';
import { plural } from '~/lib/numbers';

interface OddRowsNoteProps {
  odd: readonly { index: number; problem: string }[];
}

const SHOWN = 5;

/** Rows of an answer that could not be read: left out of the table, and said. */
export function OddRowsNote({ odd }: OddRowsNoteProps) {
  const [first] = odd;
  if (first === undefined) return null;
  if (odd.length === 1) {
    return (
      <Alert color="yellow" variant="light" role="status">
        1 row could not be read: {sentence(first)}
      </Alert>
    );
  }
  return (
    <Alert color="yellow" variant="light" role="status" title={`${plural(odd.length, 'row')} could not be read`}>
      <ul style={{ margin: 0, paddingInlineStart: '1.1rem' }}>
        {odd.slice(0, SHOWN).map((one) => (
          <li key={one.index}>{sentence(one)}</li>
        ))}
        {odd.length > SHOWN && <li>and {plural(odd.length - SHOWN, 'more row')}</li>}
      </ul>
    </Alert>
  );
}

const sentence = ({ index, problem }: { index: number; problem: string }): string =>
  `number ${index + 1} of the answer: ${problem.replaceAll(/\s+/g, ' ')}`;
