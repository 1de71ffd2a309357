import { useEffect, useState } from 'react';
import type { Completion } from '~/lib/mxid';
import { NO_PAIRS, parsePairs, type PairColumns, type ParsedPairs } from '~/lib/pairs-csv';

interface Asked {
  text: string;
  columns: PairColumns | null;
}

/** The pairs in a CSV text; null while they are being read (a large one is read in turns). */
export function usePairs({ text, columns }: Asked, serverName: string, completion: Completion): ParsedPairs | null {
  const [last, setLast] = useState<(Asked & { parsed: ParsedPairs }) | null>(null);
  useEffect(() => {
    let current = true;
    if (text.trim() === '') return undefined;
    const read = async () => {
      const parsed = await parsePairs(text, serverName, completion, columns);
      if (current) setLast({ text, columns, parsed });
    };
    void read();
    return () => {
      current = false;
    };
  }, [text, columns, serverName, completion]);
  if (text.trim() === '') return NO_PAIRS;
  const isCurrent = last?.text === text && last.columns === columns;
  return isCurrent ? last.parsed : null;
}
