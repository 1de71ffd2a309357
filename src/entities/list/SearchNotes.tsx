import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { hasWildcards } from '~/api/wildcards';
import type { Exact } from '~/data/exact';
import { paths } from '~/lib/paths';
import { Outside } from '~/ui/Outside';
import { WildcardNote } from '~/ui/WildcardNote';
import type { SearchWords } from './list';

interface SearchNotesProps {
  words: SearchWords;
  /** The answer to an exact look-up; undefined where there is none (yet). */
  found: Exact<unknown> | null | undefined;
  /** What the list itself is searched for. */
  word: string;
}

/** What came of a search: that it was an exact look-up, that it found none, or what the server makes of it. */
export function SearchNotes({ words, found, word }: SearchNotesProps) {
  if (found?.kind === 'hit') {
    return (
      <Text size="sm" c="dimmed" role="status">
        {words.hit}
      </Text>
    );
  }
  return (
    <>
      {found && (
        <Text size="sm" role="status">
          <NoHit words={words} found={found} word={word} />
        </Text>
      )}
      {hasWildcards(word) && <WildcardNote text={word} />}
    </>
  );
}

function NoHit({ words, found, word }: SearchNotesProps & { found: Exclude<Exact<unknown>, { kind: 'hit' }> }) {
  switch (found.kind) {
    case 'none':
      return (
        <>
          {words.none(found.why, <Outside as="id" text={found.sought} />)} {words.similar(<Outside text={word} />)} are
          listed below, if there are any.
        </>
      );
    case 'elsewhere':
      return (
        <>
          <Outside as="id" text={found.id} /> is an account of <Outside as="id" text={found.server} />; this list has
          only accounts of this homeserver.{' '}
          <Anchor component={Link} to={paths.user(found.id)} underline="always">
            See which rooms here it is in
          </Anchor>
        </>
      );
    case 'other':
      return (
        <>
          <Outside as="id" text={found.id} /> is {words.other.is}.{' '}
          <Anchor component={Link} to={words.other.to(found.id)} underline="always">
            {words.other.link}
          </Anchor>
        </>
      );
  }
}
