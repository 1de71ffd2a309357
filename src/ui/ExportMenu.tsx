import { plural, t } from '@lingui/core/macro';
import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { BOM, csvLine, type Cell } from '~/lib/csv';
import { inTurns } from '~/lib/in-turns';
import { textOfError } from '~/lib/text-error';
import { wordsOf } from '~/lib/words';
import { download, fileName } from './download';
import { IN_MAIN } from './in-main';
import { showToast } from './toasts';

export interface ExportColumn<Row> {
  /** As the homeserver calls it: a script may read the file. */
  readonly name: string;
  of(row: Row): Cell;
}

export interface Exported<Row> {
  readonly rows: readonly Row[];
  /** Rows of the answers that could not be read: they are not in the file. */
  readonly lost: number;
}

interface ExportMenuProps<Row> {
  /** The beginning of the file's name. */
  stem: string;
  columns: readonly ExportColumn<Row>[];
  /** All rows, read when they are wanted. @throws what keeps them from being read; then no file is made */
  read(signal: AbortSignal): Promise<Exported<Row>> | Exported<Row>;
  /** Missing: “Export”. */
  label?: string;
}

/** A whole list as a file. */
export function ExportMenu<Row>({ stem, columns, read, label = t`Export` }: ExportMenuProps<Row>) {
  const [isReading, setReading] = useState(false);
  const reading = useRef<AbortController | null>(null);
  useEffect(() => () => reading.current?.abort(), []);
  const save = async (format: 'csv' | 'json') => {
    setReading(true);
    const { signal } = (reading.current = new AbortController());
    try {
      const { rows, lost } = await read(signal);
      const parts = await inTurns(fileParts(rows, columns, format), () => !signal.aborted);
      if (parts === null || signal.aborted) return;
      download(new Blob([...parts]), fileName(stem, format));
      if (lost > 0) {
        const body = t`${plural(lost, { one: '# row could not be read, and is not in the file.', other: '# rows could not be read, and are not in the file.' })}`;
        showToast({ tone: 'warning', title: t`Exported in part`, body, actions: [] });
      }
    } catch (error) {
      if (signal.aborted) return;
      showToast({ tone: 'warning', title: t`Not exported`, body: wordsOf(textOfError(error)), actions: [] });
    } finally {
      setReading(false);
    }
  };
  return (
    <Menu position="bottom-end" withinPortal portalProps={IN_MAIN}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />} loading={isReading}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('csv')}>{t`Download CSV`}</Menu.Item>
        <Menu.Item onClick={() => void save('json')}>{t`Download JSON`}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Rows written between two looks at the clock. */
const STEP = 100;

/** The parts of the file, yielding in between: the text of 50,000 rows takes longer to write than a click may wait. */
export function* fileParts<Row>(
  rows: readonly Row[],
  columns: readonly ExportColumn<Row>[],
  format: 'csv' | 'json',
): Generator<void, readonly Blob[]> {
  if (format === 'json' && rows.length === 0) return [new Blob(['[]\n'])];
  // A blob each: a blob of texts would encode all of them in one go.
  const parts = [new Blob([format === 'csv' ? BOM + csvLine(columns.map(({ name }) => name)) : '[\n'])];
  for (let from = 0; from < rows.length; from += STEP) {
    const some = rows.slice(from, from + STEP);
    const text =
      format === 'csv'
        ? some.map((row) => csvLine(columns.map(({ of }) => of(row)))).join('')
        : (from === 0 ? '' : ',\n') + jsonRows(some, columns);
    parts.push(new Blob([text]));
    yield;
  }
  return format === 'csv' ? parts : [...parts, new Blob(['\n]\n'])];
}

/** As they stand in a JSON array that is laid out on lines, without its brackets. */
function jsonRows<Row>(rows: readonly Row[], columns: readonly ExportColumn<Row>[]): string {
  const objects = rows.map((row) => Object.fromEntries(columns.map(({ name, of }) => [name, of(row) ?? null])));
  return JSON.stringify(objects, null, 2).slice('[\n'.length, -'\n]'.length);
}
