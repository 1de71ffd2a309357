import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { hasWildcards } from '~/api/wildcards';
import type { User } from '~/api/users';
import type { Exact } from '~/data/exact';
import { paths } from '~/lib/paths';
import { WildcardNote } from '~/ui/WildcardNote';
import { Outside } from '~/ui/Outside';

interface SearchNotesProps {
  /** The answer to an exact look-up; undefined where there is none (yet). */
  found: Exact<User> | null | undefined;
  /** What the list itself is searched for. */
  word: string;
}

/** What came of a search: that it was an exact look-up, that it found none, or what the server makes of it. */
export function SearchNotes({ found, word }: SearchNotesProps) {
  if (found?.kind === 'hit') {
    return (
      <Text size="sm" c="dimmed" role="status">
        Looked up exactly: this one account is shown, whatever the filters say.
      </Text>
    );
  }
  return (
    <>
      {found && (
        <Text size="sm" role="status">
          <NoHit found={found} word={word} />
        </Text>
      )}
      {hasWildcards(word) && <WildcardNote text={word} />}
    </>
  );
}

function NoHit({ found, word }: { found: Exclude<Exact<User>, { kind: 'hit' }>; word: string }) {
  switch (found.kind) {
    case 'none':
      return (
        <>
          {found.why === 'unknown-address'
            ? 'No account of this homeserver has the e-mail address '
            : 'This homeserver has no account '}
          <Outside as="id" text={found.sought} />. Accounts with “<Outside text={word} />” in their name are listed
          below, if there are any.
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
          <Outside as="id" text={found.id} /> is a room, not a user.{' '}
          <Anchor
            component={Link}
            to={`${paths.rooms()}?search_term=${encodeURIComponent(found.id)}`}
            underline="always"
          >
            Search the rooms for it
          </Anchor>
        </>
      );
  }
}
