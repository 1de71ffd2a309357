import { useEffect, useState } from 'react';
import { inTurns } from '~/lib/in-turns';
import { readTable, type Table } from '~/lib/table-csv';
import { guessMapping, mappingProblem, type GuessedMapping, type Mapping } from '~/lib/user-columns';
import { accountsIn, type AccountTable } from '~/lib/user-table';
import { usedMapping, type Choice, type Maker } from './choice';

/** A display name may hold so many line breaks. */
const SPAN_LINES = 10;

export interface ReadFile {
  readonly table: Table;
  readonly guessed: GuessedMapping;
  /** As it is used: the admin's, or the guessed one. */
  readonly mapping: Mapping;
  /** Null while the rows are being read, or where the columns can't be used. */
  readonly accounts: AccountTable | null;
}

/** What the file holds, read in turns with the page; null while the table itself is being read, or there is none. */
export function useAccounts(choice: Choice, serverName: string, maker: Maker): ReadFile | null {
  const { text, completes } = choice;
  const [last, setLast] = useState<{ text: string; table: Table; guessed: GuessedMapping } | null>(null);
  useEffect(() => {
    if (text.trim() === '') return undefined;
    let isWanted = true;
    const read = async () => {
      const table = await readTable(text, { spanLines: SPAN_LINES });
      if (isWanted) setLast({ text, table, guessed: guessMapping(table) });
    };
    void read();
    return () => {
      isWanted = false;
    };
  }, [text]);
  const current = text.trim() !== '' && last?.text === text ? last : null;
  const mapping = choice.mapping ?? current?.guessed.mapping ?? null;

  const [read, setRead] = useState<{ key: readonly unknown[]; accounts: AccountTable } | null>(null);
  const table = current?.table ?? null;
  useEffect(() => {
    if (table === null || mapping === null || mappingProblem(mapping) !== null) return undefined;
    let isWanted = true;
    const readRows = async () => {
      const work = accountsIn(table, usedMapping(mapping, maker), serverName, completes);
      const accounts = await inTurns(work, () => isWanted);
      if (accounts) setRead({ key: [table, mapping, completes], accounts });
    };
    void readRows();
    return () => {
      isWanted = false;
    };
  }, [table, mapping, completes, serverName, maker]);
  if (current === null || mapping === null) return null;
  const isOfNow = read !== null && [table, mapping, completes].every((part, index) => read.key[index] === part);
  return { table: current.table, guessed: current.guessed, mapping, accounts: isOfNow ? read.accounts : null };
}
