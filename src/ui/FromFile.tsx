import { Trans, useLingui } from '@lingui/react/macro';
import { Box, Button, FileButton, Text } from '@mantine/core';
import { useState, type DragEvent, type ReactNode } from 'react';
import { readText } from '~/lib/text-file';
import { wordsOf } from '~/lib/words';
import { isolatedWords } from '~/lib/shown-text';
import classes from './FromFile.module.css';
import { Notice } from './Notice';

const MAX_BYTES = 20_000_000;

const holdsFile = (event: DragEvent) => event.dataTransfer.types.includes('Files');

interface FromFileProps {
  /** Puts the text to use. @returns what is wrong with it, in a sentence; null: nothing. */
  onText(text: string, fileName: string): Promise<string | null>;
  /** The field that the file fills; `button` is its place. A file may be dropped anywhere on it. */
  children(button: ReactNode): ReactNode;
}

/** A field that a file can fill, chosen or dropped. */
export function FromFile({ onText, children }: FromFileProps) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const take = async (file: File) => {
    setProblem(null);
    setNote(null);
    const name = isolatedWords(file.name);
    if (file.size > MAX_BYTES) {
      setProblem(t`${name} is larger than 20 MB.`);
      return;
    }
    try {
      const read = readText(await file.arrayBuffer());
      if (read.ok) {
        setNote(read.note === null ? null : `${name}: ${wordsOf(read.note)}`);
        setProblem(await onText(read.text, file.name));
      } else setProblem(`${name}: ${wordsOf(read.reason)}`);
    } catch {
      setProblem(t`${name} could not be read.`);
    }
  };
  const button = (
    <FileButton accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={(file) => file && void take(file)}>
      {(props) => (
        <Button {...props} size="compact-sm" variant="default">
          <Trans>From a file…</Trans>
        </Button>
      )}
    </FileButton>
  );
  return (
    // Dropping is one more way to do what the button does.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={classes.drop}
      data-over={over}
      onDragOver={(event) => {
        if (!holdsFile(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (!file) return;
        event.preventDefault();
        void take(file);
      }}
    >
      {children(button)}
      {note !== null && (
        <Box mt="xs">
          <Notice tone="warning" role="status">
            <bdi>{note}</bdi>
          </Notice>
        </Box>
      )}
      {problem !== null && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert" mt="xs">
          <bdi>{problem}</bdi>
        </Text>
      )}
    </div>
  );
}
