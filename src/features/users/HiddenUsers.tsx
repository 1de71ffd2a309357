import { plural, t } from '@lingui/core/macro';
import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { UserRow } from '~/api/users';
import { looksBridged } from '~/api/wildcards';
import { useSession } from '~/data/session';
import { userFilter, type UserListState } from '~/data/user-list';
import { rowFiltersSet } from '~/data/user-rows';
import { users } from '~/data/users';
import type { HiddenProps } from '~/entities/list/list';

/** What the list leaves out, how many that are as far as anybody knows, and the way to them. */
export function HiddenUsers({ hidden, state, onChange }: HiddenProps<UserRow, UserListState>) {
  const bridged = state.bridged === 'none' ? hidden.filter(({ name }) => looksBridged(name)).length : 0;
  const others = hidden.length - bridged;
  const canReadAll = state.read === 'page' && rowFiltersSet(state) === 0;
  return (
    <Group gap="4px 10px" role="group" aria-label={t`Hidden users`}>
      {others > 0 && (
        <Text size="xs" c="dimmed">
          {plural(others, {
            one: '# user on this page doesn’t contain the search text and is hidden.',
            other: '# users on this page don’t contain the search text and are hidden.',
          })}
        </Text>
      )}
      {bridged > 0 && (
        <>
          <Text size="xs" c="dimmed">
            {plural(bridged, {
              one: '# bridged user on this page is hidden.',
              other: '# bridged users on this page are hidden.',
            })}
          </Text>
          <Act onClick={() => onChange({ bridged: 'any' })}>{t`Show`}</Act>
        </>
      )}
      {canReadAll && hidden.length > 0 && (
        <Act onClick={() => onChange({ read: 'all' })}>{t`Find them on all pages…`}</Act>
      )}
      {state.read === 'all' && rowFiltersSet(state) === 0 && (
        <Act onClick={() => onChange({ read: 'page' })}>{t`Back to reading one page at a time`}</Act>
      )}
      <HiddenGuests state={state} />
    </Group>
  );
}

/** Nobody knows how many guests there are until they are counted: with one request, and not unasked. */
function HiddenGuests({ state }: { state: UserListState }) {
  const session = useSession();
  const filter = userFilter({ ...state, bridged: 'any' }, session);
  const counted = useQuery(users.guests(session.homeserver, filter));
  if (session.mas || state.guests !== 'none') return null;
  if (counted.data !== undefined) {
    return (
      <Text size="xs" c="dimmed" role="status">
        {plural(counted.data, { one: '# guest is hidden.', other: '# guests are hidden.' })}
      </Text>
    );
  }
  return (
    <>
      <Text size="xs" c="dimmed">
        {counted.error ? t`The guests could not be counted.` : t`Guests are hidden.`}
      </Text>
      <Act loading={counted.isFetching} onClick={() => void counted.refetch()}>{t`Count them`}</Act>
    </>
  );
}

function Act({ children, loading, onClick }: { children: string; loading?: boolean; onClick: () => void }) {
  return (
    <Button variant="subtle" size="compact-xs" px={0} loading={loading} onClick={onClick}>
      {children}
    </Button>
  );
}
