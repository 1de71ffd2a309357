import { Trans } from '@lingui/react/macro';
import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { hasWildcards } from '~/api/wildcards';
import type { Exact, Sought } from '~/data/exact';
import { paths } from '~/lib/paths';
import { Outside } from '~/ui/Outside';
import { WildcardNote } from '~/ui/WildcardNote';
import type { SearchWords } from './list';

interface SearchNotesProps {
  words: SearchWords;
  sought: Sought | null;
  /** The answer to an exact look-up; undefined where there is none (yet). */
  found: Exact<unknown> | null | undefined;
  /** What the list itself is searched for. */
  word: string;
}

/** What came of a search: an exact match, none, or what Synapse makes of a wildcard. */
export function SearchNotes({ words, sought, found, word }: SearchNotesProps) {
  if (found?.kind === 'hit') {
    return (
      <Text size="sm" c="dimmed" role="status">
        {words.hit(sought)}
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
      {hasWildcards(word) && (words.wildcards?.(word) ?? <WildcardNote text={word} />)}
    </>
  );
}

function NoHit({
  words,
  found,
  word,
}: Omit<SearchNotesProps, 'sought'> & { found: Exclude<Exact<unknown>, { kind: 'hit' }> }) {
  switch (found.kind) {
    case 'none':
      return (
        <>
          {words.none(found.why, <Outside as="id" text={found.sought} />)} {words.similar(<Outside text={word} />)}
        </>
      );
    case 'elsewhere': {
      const user = <Outside as="id" text={found.id} />;
      const server = <Outside as="id" text={found.server} />;
      return (
        <Trans>
          {user} is a user of {server}, and this list has only users of this homeserver.{' '}
          <Anchor component={Link} to={paths.user(found.id)} underline="always">
            Show which rooms here they are in
          </Anchor>
        </Trans>
      );
    }
    case 'other':
      return words.other(found.id);
  }
}
