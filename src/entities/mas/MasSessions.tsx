import { plural, t } from '@lingui/core/macro';
import { Button, NumberInput, Popover, Stack, Text } from '@mantine/core';
import { IconLogout2 } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { finishSession } from '~/actions/mas/session-finish';
import { masSessions, type MasSession, type MasSessionFilter, type MasSessionsState } from '~/data/mas-sessions';
import { useMasLacks } from '~/data/mas-server';
import { useSession } from '~/data/session';
import { useOpenWith } from '~/entities/list/use-open-with';
import { day } from '~/lib/dates';
import { paths } from '~/lib/paths';
import { textOfError } from '~/lib/text-error';
import { wordsOf } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { showToast } from '~/ui/toasts';
import { useWhileShown } from '~/ui/use-while-shown';
import { NewestFirst } from './NewestFirst';
import { PersonalTokens } from './PersonalTokens';
import { SessionFilters } from './SessionFilters';
import { sessionColumns } from './session-columns';
import { unlessNobody } from './unless-nobody';

interface MasSessionsProps {
  state: MasSessionsState;
  onChange(patch: Partial<MasSessionsState>, options?: { replace?: boolean }): void;
  /** Only this user's. */
  userId?: string;
}

/** What signs accounts in at MAS, of all users or of one. */
export function MasSessions({ state, onChange, userId }: MasSessionsProps) {
  const { kind } = state;
  const filters = <SessionFilters state={state} ofOne={userId !== undefined} onChange={onChange} />;
  return (
    <Stack gap="sm">
      {filters}
      {kind === 'personal' ? (
        <PersonalTokens user={userId ?? state.user} status={state.status} {...(userId !== undefined && { userId })} />
      ) : (
        <OneKind
          filter={{ ...state, kind, ...(userId !== undefined && { user: userId }) }}
          ofOne={userId !== undefined}
        />
      )}
    </Stack>
  );
}

const keyOf = ({ name }: MasSession): string => name;
const CHOSEN = { entity: 'mas-session', idOf: keyOf, canSelect: ({ ended }: MasSession) => ended === null } as const;

const countWords = (total: number): string => t`${plural(total, { one: '# session', other: '# sessions' })}`;

function OneKind({ filter, ofOne }: { filter: MasSessionFilter; ofOne: boolean }) {
  const session = useSession();
  const withClients = useMasLacks('clients') === null;
  const columns = useMemo(() => sessionColumns(filter.kind, ofOne), [filter.kind, ofOne]);
  return (
    <NewestFirst
      queryKey={[...masSessions.key(session.homeserver, filter), withClients]}
      read={(before, signal) => unlessNobody(masSessions.page(session, filter, { before, withClients, signal }))}
      label={t`Sessions`}
      unread={t`Could not load the sessions`}
      refresh={t`Refresh sessions`}
      columns={columns}
      rowKey={keyOf}
      chosen={CHOSEN}
      count={countWords}
      tools={filter.status === 'finished' ? null : <EndAll filter={filter} />}
      empty={
        <EmptyNote title={t`No sessions`}>
          {ofOne ? t`This user has none of this kind.` : t`Nothing matches. MAS keeps ended sessions for 30 days.`}
        </EmptyNote>
      }
    />
  );
}

const DAY_MS = 86_400_000;

/** All that match, or only those that were not used for so long: read now, and shown as a plan before anything is sent. */
function EndAll({ filter }: { filter: MasSessionFilter }) {
  const session = useSession();
  const openWith = useOpenWith();
  const [open, setOpen] = useState(false);
  const [days, setDays] = useState<number | string>('');
  const isSet = typeof days === 'number' && days > 0;
  const whileShown = useWhileShown(JSON.stringify([filter, days, open]));
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      const signal = whileShown();
      const before = isSet ? day(Date.now() - days * DAY_MS) : filter.active_to;
      const wanted: MasSessionFilter = { ...filter, status: 'active', active_to: before };
      try {
        const ids = await masSessions.all(session, wanted, AbortSignal.any([signal, AbortSignal.timeout(600_000)]));
        return signal.aborted ? null : ids;
      } catch (error) {
        if (signal.aborted) return null;
        throw error;
      }
    },
    onSuccess(ids) {
      if (ids === null) return;
      if (ids.length > 0) return openWith(paths.bulk(finishSession.kind), { things: { entity: 'mas-session', ids } });
      showToast({ tone: 'plain', title: t`No active session matches`, body: '', actions: [] });
    },
    onError: (error) =>
      showToast({
        tone: 'warning',
        title: t`Could not load the sessions`,
        body: wordsOf(textOfError(error)),
        actions: [],
      }),
  });
  return (
    <Popover opened={open} onChange={setOpen} width={300} position="bottom-end" trapFocus shadow="md" withinPortal>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconLogout2 size={14} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {t`End all that match…`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 2rem)">
        <Stack gap="sm">
          <NumberInput
            label={t`Only if not used for (days)`}
            description={t`Empty: however recently they were used. With a number, sessions whose last use is unknown stay.`}
            value={days}
            onChange={setDays}
            min={1}
            allowDecimal={false}
            allowNegative={false}
          />
          <Text size="xs" c="dimmed">
            {t`Glia reads all active sessions that match the filters and shows you the plan. Nothing ends before you confirm it.`}
          </Text>
          <Button size="xs" loading={isPending} onClick={() => mutate()}>
            {t`Make the plan`}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
