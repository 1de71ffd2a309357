import { Alert } from '@mantine/core';
import { plural } from '~/lib/numbers';
import { isolatedWords } from '~/lib/shown-text';
import { Outside } from './Outside';

export interface OddRow {
  index: number;
  problem: string;
  /** It is in the table, without what could not be read. */
  legible?: unknown;
}

const SHOWN = 5;

/** Rows of an answer that could not be read, or not all of it: said, and shown as far as it goes. */
export function OddRowsNote({ odd }: { odd: readonly OddRow[] }) {
  const [first] = odd;
  if (first === undefined) return null;
  const part = odd.every(({ legible }) => legible !== undefined) ? 'could be read only in part' : 'could not be read';
  if (odd.length === 1) {
    return (
      <Alert color="yellow" variant="light" role="status">
        <bdi>{`1 row ${part}: ${sentence(first)}`}</bdi>
      </Alert>
    );
  }
  return (
    <Alert color="yellow" variant="light" role="status" title={`${plural(odd.length, 'row')} ${part}`}>
      <ul style={{ margin: 0, paddingInlineStart: '1.1rem' }}>
        {odd.slice(0, SHOWN).map((one) => (
          <li key={one.index}>
            <bdi>{sentence(one)}</bdi>
          </li>
        ))}
        {odd.length > SHOWN && <li>and {plural(odd.length - SHOWN, 'more row')}</li>}
      </ul>
    </Alert>
  );
}

/** A part of one answer that could not be read; what it says is shown as missing. */
export function OddFieldNote({ problem }: { problem: string | null }) {
  if (problem === null) return null;
  return (
    <Alert color="yellow" variant="light" role="status" title="Part of the answer could not be read">
      <Outside text={problem} longest={300} /> It is shown here as missing, which may be wrong.
    </Alert>
  );
}

const sentence = ({ index, problem }: OddRow): string => `number ${index + 1} of the answer: ${isolatedWords(problem)}`;
