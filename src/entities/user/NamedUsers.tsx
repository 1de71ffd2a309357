import { Button } from '@mantine/core';
import { useState } from 'react';
import { AddFromRoom } from '~/entities/room/AddFromRoom';
import { completeWords } from '~/lib/complete-words';
import { removedWords } from '~/lib/entries';
import { withLines, withText } from '~/lib/lines';
import type { LineProblem, ParsedUserIds } from '~/lib/mxid';
import { formatCount, plural } from '~/lib/numbers';
import { readUsersFile } from '~/lib/users-csv';
import { FromFile } from '~/ui/FromFile';
import { PasteField } from '~/ui/PasteField';
import { ColumnChoice, type ReadTable } from './ColumnChoice';
import { PickUsers } from './PickUsers';

export interface NamedUsersProps {
  label: string;
  text: string;
  parsed: ParsedUserIds;
  /** Lines that are left out, where there are more of them than the text alone tells. */
  problems?: readonly LineProblem[];
  serverName: string;
  onChange(text: string): void;
}

/** Users that are named: pasted, from a file, picked, or the members of a room. Lines that name nobody say why. */
export function NamedUsers({ label, text, parsed, problems = parsed.problems, serverName, onChange }: NamedUsersProps) {
  const [table, setTable] = useState<ReadTable | null>(null);
  const add = (lines: readonly string[]) => onChange(withLines(text, lines));
  const readTable = async (content: string, name: string) => {
    const file = await readUsersFile(content);
    if (file.kind === 'table') setTable({ name, table: file.table, suggested: file.suggested });
    return file;
  };
  return (
    <FromFile
      onText={async (content, name) => {
        setTable(null);
        const file = await readTable(content, name);
        if (file.kind === 'list') onChange(withText(text, file.text));
        return null;
      }}
    >
      {(fileButton) => (
        <>
          <PasteField
            label={label}
            description="User IDs or links, one per line or separated by commas or spaces. You can drop a file here."
            placeholder={`@anna:${serverName}`}
            value={text}
            onChange={onChange}
            understood={text.trim() === '' ? '' : understood(parsed, problems.length - parsed.problems.length)}
            problems={problems}
            notes={removedWords(parsed.removed)}
            completion={{
              serverName,
              waiting: parsed.waiting,
              completed: parsed.completed,
              onComplete: () => onChange(completeWords(text, parsed, serverName)),
            }}
          >
            <PickUsers onPick={add} />
            <AddFromRoom kind="members" onAdd={add} />
            {parsed.table && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => void readTable(text, PASTED).catch(() => undefined)}
              >
                Choose its column…
              </Button>
            )}
            {fileButton}
          </PasteField>
          {table && (
            <ColumnChoice
              // Another table begins with its own suggestion.
              key={`${table.name} ${table.table.rows.length}`}
              file={table}
              serverName={serverName}
              onAdd={(lines) => {
                // The pasted table itself gives way to what was taken from it.
                onChange(withText(table.name === PASTED ? '' : text, lines.join('\n')));
                setTable(null);
              }}
              onCancel={() => setTable(null)}
            />
          )}
        </>
      )}
    </FromFile>
  );
}

const PASTED = 'what was pasted';

/** @param leftOut how many of the IDs are left out, and listed with the problems */
function understood({ ids, remote, completed, capitals }: ParsedUserIds, leftOut: number): string {
  const parts = [plural(ids.length - leftOut, 'user')];
  if (completed.length > 0) parts.push(`${formatCount(completed.length)} completed`);
  if (remote > leftOut) parts.push(`${formatCount(remote - leftOut)} of other homeservers`);
  if (capitals > 0) parts.push(`${formatCount(capitals)} with capitals: only IDs from before 2017 have them`);
  return parts.join(', ');
}
