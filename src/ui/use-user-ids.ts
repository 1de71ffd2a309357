import { useCallback } from 'react';
import { userIdsIn, type Completion, type ParsedUserIds } from '~/lib/mxid';
import { useReadText } from './use-read-text';

/** The users named in a field, as its text changes. Until `settled` they are those of the text before. */
export function useUserIds(
  text: string,
  serverName: string,
  completion: Completion,
): { parsed: ParsedUserIds; settled: boolean } {
  return useReadText(
    text,
    useCallback((whole: string) => userIdsIn(whole, serverName, completion), [serverName, completion]),
  );
}
