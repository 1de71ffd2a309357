import { useEffect, useState } from 'react';
import { parsePairs, type ParsedPairs } from '~/lib/pairs-csv';

const NONE: ParsedPairs = { pairs: [], problems: [] };

/** The pairs in a CSV text; null while they are being read (a large one is read in turns). */
export function usePairs(text: string, serverName: string): ParsedPairs | null {
  const [last, setLast] = useState<{ text: string; parsed: ParsedPairs } | null>(null);
  useEffect(() => {
    let current = true;
    if (text.trim() === '') return undefined;
    const read = async () => {
      const parsed = await parsePairs(text, serverName);
      if (current) setLast({ text, parsed });
    };
    void read();
    return () => {
      current = false;
    };
  }, [text, serverName]);
  if (text.trim() === '') return NONE;
  return last?.text === text ? last.parsed : null;
}
