import { plural, t } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import { Alert } from '@mantine/core';
import { formatCount } from '~/lib/numbers';
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
  const rows = odd.length;
  if (rows === 0) return null;
  const more = rows - SHOWN;
  const areShown = odd.every(({ legible }) => legible !== undefined);
  const title = areShown
    ? plural(rows, { one: '# row could be read only in part', other: '# rows could be read only in part' })
    : plural(rows, { one: '# row could not be read', other: '# rows could not be read' });
  return (
    <Alert color="yellow" variant="light" role="status" title={title}>
      <ul style={{ margin: 0, paddingInlineStart: '1.1rem' }}>
        {odd.slice(0, SHOWN).map((one) => (
          <li key={one.index}>
            <bdi>{sentence(one)}</bdi>
          </li>
        ))}
        {more > 0 && (
          <li>
            <Plural value={more} one="# more row" other="# more rows" />
          </li>
        )}
      </ul>
    </Alert>
  );
}

/** A part of one answer that could not be read; what it says is shown as missing. */
export function OddFieldNote({ problem }: { problem: string | null }) {
  if (problem === null) return null;
  return (
    <Alert color="yellow" variant="light" role="status" title={t`Part of the answer could not be read`}>
      <Outside text={problem} longest={300} /> <Trans>It is shown here as missing, which may be wrong.</Trans>
    </Alert>
  );
}

function sentence({ index, problem }: OddRow): string {
  const number = formatCount(index + 1);
  const why = isolatedWords(problem);
  return t`Row ${number} of the answer: ${why}`;
}
