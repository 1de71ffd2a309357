import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { AddFromRoom } from '~/entities/room/AddFromRoom';
import { completeWords } from '~/lib/complete-words';
import { removedWords } from '~/lib/entries';
import { withLines, withText } from '~/lib/lines';
import type { LineProblem, ParsedUserIds } from '~/lib/mxid';
import { byLocale } from '~/lib/locale';
import { readUsersFile } from '~/lib/users-csv';
import { FromFile } from '~/ui/FromFile';
import { PasteField } from '~/ui/PasteField';
import { ColumnChoice, type ReadTable } from './ColumnChoice';
import { PickUsers } from './PickUsers';

export interface NamedUsersProps {
  label: string;
  text: string;
  parsed: ParsedUserIds;
  /** Lines that are left out, where there are more of them than the text alone shows. */
  problems?: readonly LineProblem[];
  serverName: string;
  onChange(text: string): void;
}

/** Users that are named: pasted, from a file, picked, or the members of a room. Lines that name nobody say why. */
export function NamedUsers({ label, text, parsed, problems = parsed.problems, serverName, onChange }: NamedUsersProps) {
  const { t } = useLingui();
  const example = `@anna:${serverName}`;
  const [table, setTable] = useState<ReadTable | null>(null);
  const add = (lines: readonly string[]) => onChange(withLines(text, lines));
  const readTable = async (content: string, name: string | null) => {
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
            description={t`User IDs or links, one per line or separated by commas or spaces. You can drop a file here.`}
            placeholder={example}
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
                onClick={() => void readTable(text, null).catch(() => undefined)}
              >
                <Trans>Choose its column…</Trans>
              </Button>
            )}
            {fileButton}
          </PasteField>
          {table && (
            <ColumnChoice
              // Another table begins with its own suggestion.
              key={[table.name, table.table.rows.length].join(' ')}
              file={table}
              serverName={serverName}
              onAdd={(lines) => {
                // The pasted table itself gives way to what was taken from it.
                onChange(withText(table.name === null ? '' : text, lines.join('\n')));
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

/** @param leftOut how many of the IDs are left out, and listed with the problems */
function understood({ ids, remote, completed: words, capitals }: ParsedUserIds, leftOut: number): string {
  const count = ids.length - leftOut;
  const completed = words.length;
  const elsewhere = remote - leftOut;
  const parts = [
    plural(count, { one: '# user', other: '# users' }),
    completed > 0 && plural(completed, { one: '# completed', other: '# completed' }),
    elsewhere > 0 && plural(elsewhere, { one: '# of another homeserver', other: '# of other homeservers' }),
    capitals > 0 &&
      plural(capitals, {
        one: '# with capitals: only old user IDs have them',
        other: '# with capitals: only old user IDs have them',
      }),
  ];
  return lists().format(parts.filter((part) => part !== false));
}

const lists = byLocale((tag) => new Intl.ListFormat(tag, { type: 'unit' }));
