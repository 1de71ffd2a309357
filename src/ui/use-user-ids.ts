import { useEffect, useMemo, useState } from 'react';
import { inTurns } from '~/lib/in-turns';
import { parseUserIds, userIdsIn, type Completion, type ParsedUserIds } from '~/lib/mxid';

/** So many characters are read at once, while the key is still down; longer texts in turns. */
const SHORT = 20_000;
const NOBODY = parseUserIds('', '');

/** The users named in a field, as its text changes. Until `settled` they are those of the text before. */
export function useUserIds(
  text: string,
  serverName: string,
  completion: Completion,
): { parsed: ParsedUserIds; settled: boolean } {
  const isShort = text.length <= SHORT;
  const atOnce = useMemo(
    () => (isShort ? parseUserIds(text, serverName, completion) : null),
    [isShort, text, serverName, completion],
  );
  const [last, setLast] = useState<{ text: string; parsed: ParsedUserIds } | null>(null);
  useEffect(() => {
    if (isShort) return undefined;
    let wanted = true;
    const read = async () => {
      const parsed = await inTurns(userIdsIn(text, serverName, completion), () => wanted);
      if (parsed && wanted) setLast({ text, parsed });
    };
    void read();
    return () => {
      wanted = false;
    };
  }, [isShort, text, serverName, completion]);
  if (atOnce) return { parsed: atOnce, settled: true };
  return { parsed: last?.parsed ?? NOBODY, settled: last?.text === text };
}
