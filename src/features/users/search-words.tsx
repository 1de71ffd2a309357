import { Trans } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { wordsSought, type Sought, type WhyNone } from '~/data/exact';
import { Outside } from '~/ui/Outside';

/** What was understood, where it is not the ID that the row shows anyway. */
export function hitWords(sought: Sought | null): ReactNode {
  const asked = sought && <Outside as="id" text={wordsSought(sought)} />;
  if (sought?.kind === 'email') {
    return <Trans>Exact match: the user with the email address {asked}. Your filters don’t apply to it.</Trans>;
  }
  if (sought?.kind === 'phone') {
    return <Trans>Exact match: the user with the phone number {asked}. Your filters don’t apply to it.</Trans>;
  }
  if (sought?.kind === 'external-id') {
    return <Trans>Exact match: the user with the external ID {asked}. Your filters don’t apply to it.</Trans>;
  }
  return <Trans>Exact match. Your filters don’t apply to it.</Trans>;
}

export function noneWords(why: WhyNone, sought: ReactNode): ReactNode {
  switch (why) {
    case 'unknown-address':
      return <Trans>No user of this homeserver has the email address {sought}.</Trans>;
    case 'unknown-phone':
      return <Trans>No user of this homeserver has the phone number {sought}.</Trans>;
    case 'unknown-external-id':
      return <Trans>No user of this homeserver has the external ID {sought}.</Trans>;
    case 'removed-external-id':
      return (
        <Trans>
          No user has the external ID {sought} any more. It was removed from an account, but Synapse’s cache still has
          it: until that expires, after 30 idle minutes, the user may still be able to sign in with it.
        </Trans>
      );
    case 'unknown':
    case 'not-in-room':
      return <Trans>There is no user {sought} on this homeserver.</Trans>;
  }
}

/** Beside a search with an SQL wildcard in it: rows that match only by that are hidden, and the total counts them. */
export function Wildcards({ word }: { word: string }) {
  return (
    <Text size="xs" c="dimmed">
      <Trans>
        Synapse reads “_” as any one character and “%” as any text. Glia shows only users that really contain “
        <Outside text={word} />
        ”, and a job for all that match takes only those. The total that Synapse gives may count others too.
      </Trans>
    </Text>
  );
}
