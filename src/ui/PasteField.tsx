import { plural } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { LineProblem } from '~/lib/mxid';
import { formatCount } from '~/lib/numbers';
import { textKey, type Text as Words } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { CompletedWords, type CompletionProps } from './CompletedWords';
import { Notice } from './Notice';
import classes from './PasteField.module.css';
import { Outside } from './Outside';
import { verbatim } from './verbatim';

interface PasteFieldProps {
  label: string;
  description: string;
  placeholder: string;
  value: string;
  onChange(value: string): void;
  /** What was understood, in numbers: “12 users, 2 of other homeservers”. */
  understood: string;
  problems: readonly LineProblem[];
  /** What was taken off or left aside, in sentences. */
  notes?: readonly Words[];
  /** Words that may be completed to IDs. */
  completion?: CompletionProps;
  /** Buttons that add lines. */
  children?: ReactNode;
}

const SHOWN = 8;
/** Characters. Laying out 100,000 lines holds the page for seconds, and again at each key. */
const LONGEST_SHOWN = 250_000;
const BEGINNING = 20_000;

const beginning = (text: string): string => `${text.slice(0, text.indexOf('\n', BEGINNING) + 1 || BEGINNING)}…`;

/** Pasted text, one thing a line. What could not be understood is named with its line; the rest is kept. */
export function PasteField(props: PasteFieldProps) {
  const isLong = props.value.length > LONGEST_SHOWN;
  return (
    <div className={classes.field}>
      <Textarea
        label={props.label}
        description={props.description}
        placeholder={props.placeholder}
        value={isLong ? beginning(props.value) : props.value}
        readOnly={isLong}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        // A fixed height: measuring 100,000 lines to fit them costs more than it gives.
        rows={7}
        resize="vertical"
        spellCheck={false}
        classNames={{ input: classes.input }}
      />
      <Group gap="xs" justify="space-between" mt={4}>
        <Text size="sm" c="dimmed" role="status">
          {props.understood}
        </Text>
        {props.children !== undefined && (
          <Group gap={6} className={classes.adders}>
            {props.children}
          </Group>
        )}
      </Group>
      {isLong && (
        <Group gap="xs" mt={6}>
          <Text size="sm">
            <Trans>This text is too long to show or edit here, so you only see its beginning. All of it is used.</Trans>
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => props.onChange('')}>
            <Trans>Clear</Trans>
          </Button>
        </Group>
      )}
      {props.completion && <CompletedWords {...props.completion} />}
      <Notes notes={props.notes ?? []} />
      <Problems problems={props.problems} />
    </div>
  );
}

/** What was done to the text, so that nothing is changed in silence. */
export function Notes({ notes }: { notes: readonly Words[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className={classes.notes}>
      {notes.map((note) => (
        <li key={textKey(note)}>{wordsOf(note)}</li>
      ))}
    </ul>
  );
}

/** The lines that were left out, each with its reason. */
export function Problems({ problems }: { problems: readonly LineProblem[] }) {
  const [all, setAll] = useState(false);
  if (problems.length === 0) return null;
  const shown = all ? problems.slice(0, 1000) : problems.slice(0, SHOWN);
  const unusable = problems.length;
  const total = formatCount(unusable);
  const others = formatCount(problems.length - shown.length);
  return (
    <div className={classes.left}>
      <Notice
        tone="warning"
        title={plural(unusable, { one: '# entry can’t be used', other: '# entries can’t be used' })}
      >
        <ul className={classes.problems}>
          {shown.map(({ line, text, reason }, index) => (
            // A text may be wrong twice in one line.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={`${line} ${index}`}>
              <Problem line={line} text={text} reason={reason} />
            </li>
          ))}
        </ul>
        {problems.length > SHOWN && !all && (
          <Button size="compact-xs" variant="default" mt={6} onClick={() => setAll(true)}>
            <Trans>Show all {total}</Trans>
          </Button>
        )}
        {all && problems.length > shown.length && (
          <Text size="sm">
            <Trans>And {others} more.</Trans>
          </Text>
        )}
      </Notice>
    </div>
  );
}

function Problem({ line, text, reason }: LineProblem) {
  const number = formatCount(line);
  const why = verbatim(wordsOf(reason));
  return (
    <Trans>
      Line {number}: <Outside text={text} longest={120} className={classes.quote} /> {why}
    </Trans>
  );
}
