import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Room } from '~/api/rooms';
import { hasWildcards } from '~/api/wildcards';
import type { Exact } from '~/data/exact';
import { paths } from '~/lib/paths';
import { WildcardNote } from '~/ui/WildcardNote';
import { Outside } from '~/ui/Outside';

interface SearchNotesProps {
  /** The answer to an exact look-up; undefined where there is none (yet). */
  found: Exact<Room> | null | undefined;
  /** What the list itself is searched for. */
  word: string;
}

/** What came of a search: that it was an exact look-up, that it found none, or what the server makes of it. */
export function SearchNotes({ found, word }: SearchNotesProps) {
  if (found?.kind === 'hit') {
    return (
      <Text size="sm" c="dimmed" role="status">
        Looked up exactly: only this room is shown.
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

function NoHit({ found, word }: { found: Exclude<Exact<Room>, { kind: 'hit' }>; word: string }) {
  if (found.kind === 'none') {
    return (
      <>
        {found.why === 'not-in-room' ? (
          <>
            <Outside as="id" text={found.sought} /> leads to a room that this homeserver is not in.
          </>
        ) : (
          <>
            This homeserver knows no room <Outside as="id" text={found.sought} />.
          </>
        )}{' '}
        Rooms with “<Outside text={word} />” in their name or alias are listed below, if there are any.
      </>
    );
  }
  return (
    <>
      <Outside as="id" text={found.id} /> is a user, not a room.{' '}
      <Anchor component={Link} to={`${paths.users()}?name=${encodeURIComponent(found.id)}`} underline="always">
        Search the users for it
      </Anchor>
    </>
  );
}
