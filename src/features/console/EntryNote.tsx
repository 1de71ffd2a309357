import { Text } from '@mantine/core';
import { useSession } from '~/data/session';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import type { Entry } from './catalogue/entry';
import { whyNot } from './guard';

/** What the catalogue knows of a request. */
export function EntryNote({ entry }: { entry: Entry }) {
  const session = useSession();
  const reason = whyNot(entry, session);
  return (
    <>
      <Text size="sm">{wordsOf(entry.about)}</Text>
      {reason !== null && <Notice tone="warning">{wordsOf(reason)}</Notice>}
      {entry.advice !== undefined && <Notice tone="warning">{wordsOf(entry.advice)}</Notice>}
      {entry.destroys !== undefined && <Notice tone="danger">{wordsOf(entry.destroys)}</Notice>}
    </>
  );
}
