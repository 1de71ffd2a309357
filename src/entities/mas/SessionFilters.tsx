import { msg, t } from '@lingui/core/macro';
import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { USUAL_MAS_SESSIONS, type MasSessionsState } from '~/data/mas-sessions';
import { useMasLacks } from '~/data/mas-server';
import { wordsOf } from '~/lib/words';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';

export const KIND_WORDS = {
  oauth2: msg`Apps`,
  compat: msg`Older apps`,
  user: msg`Browsers`,
  personal: msg`Access tokens`,
} as const;

const KINDS = (['oauth2', 'compat', 'user', 'personal'] as const).map((value) => ({ value, label: KIND_WORDS[value] }));
const STATUSES = [
  { value: 'active', label: msg`Active` },
  { value: 'finished', label: msg`Ended` },
  { value: 'any', label: msg`All` },
] as const;
const CLIENT_KINDS = [
  { value: 'any', label: msg`All` },
  { value: 'dynamic', label: msg`Registered by themselves` },
  { value: 'static', label: msg`From MAS’s configuration` },
] as const;

interface SessionFiltersProps {
  state: MasSessionsState;
  /** Whose sessions they are is fixed. */
  ofOne: boolean;
  onChange(patch: Partial<MasSessionsState>, options?: { replace?: boolean }): void;
}

export function SessionFilters({ state, ofOne, onChange }: SessionFiltersProps) {
  const { kind, status, user } = state;
  const set = [kind !== 'oauth2', status !== 'active', ...moreSet(state)].filter(Boolean).length;
  return (
    <FilterRow
      set={set}
      search={
        ofOne ? null : (
          <SearchField
            label={t`User`}
            placeholder={t`@anna:example.org`}
            value={user}
            onSearch={(text) => onChange({ user: text }, { replace: true })}
          />
        )
      }
    >
      <FilterChoice label={t`Kind`} choices={KINDS} value={kind} onChange={(value) => onChange({ kind: value })} />
      <FilterChoice
        label={t`Status`}
        choices={STATUSES}
        value={status}
        onChange={(value) => onChange({ status: value })}
      />
      {kind === 'oauth2' && (
        <FilterChoice
          label={t`Clients`}
          choices={CLIENT_KINDS}
          value={state.client_kind}
          onChange={(value) => onChange({ client_kind: value })}
        />
      )}
      {kind !== 'personal' && <MoreSessionFilters state={state} onChange={onChange} />}
    </FilterRow>
  );
}

const DAYS = ['created_from', 'created_to', 'active_from', 'active_to'] as const;

const moreSet = ({ scope, client, ...state }: MasSessionsState): boolean[] => [
  scope !== '',
  client !== '',
  ...DAYS.map((name) => state[name] !== ''),
];

function MoreSessionFilters({ state, onChange }: Omit<SessionFiltersProps, 'ofOne'>) {
  const [open, setOpen] = useState(false);
  const lacking = useMasLacks('session-dates');
  const set = moreSet(state).filter(Boolean).length;
  const day = (name: (typeof DAYS)[number], label: string) => (
    <TextInput
      type="date"
      label={label}
      value={state[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value }, { replace: true })}
      style={{ minWidth: 0 }}
    />
  );
  return (
    <Popover opened={open} onChange={setOpen} width={340} position="bottom-end" trapFocus shadow="md" withinPortal>
      <Popover.Target>
        <Button
          variant={set > 0 ? 'light' : 'default'}
          leftSection={<IconFilterPlus size={16} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {t`More filters`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 2rem)" mah="75dvh" style={{ overflowY: 'auto' }}>
        <Stack gap="sm">
          {state.kind === 'oauth2' && (
            <>
              <SearchField
                label={t`Scope`}
                description={t`Whole scopes, as urn:mas:admin. With a blank between two: sessions that have both.`}
                value={state.scope}
                onSearch={(scope) => onChange({ scope }, { replace: true })}
              />
              <SearchField
                label={t`Client ID`}
                value={state.client}
                onSearch={(client) => onChange({ client }, { replace: true })}
              />
            </>
          )}
          <Group grow gap="xs" wrap="nowrap">
            {day('created_from', t`Created from`)}
            {day('created_to', t`Created until`)}
          </Group>
          <Group grow gap="xs" wrap="nowrap">
            {day('active_from', t`Last active from`)}
            {day('active_to', t`Last active until`)}
          </Group>
          {lacking !== null && (
            <Text size="xs" c="dimmed">
              {wordsOf(lacking)} {t`Glia filters what MAS lists by these days itself.`}
            </Text>
          )}
          <Group justify="space-between">
            <Button
              size="xs"
              variant="subtle"
              disabled={set === 0}
              onClick={() => {
                const { scope, client, created_from, created_to, active_from, active_to } = USUAL_MAS_SESSIONS;
                onChange({ scope, client, created_from, created_to, active_from, active_to });
              }}
            >
              {t`Clear these filters`}
            </Button>
            <Button size="xs" onClick={() => setOpen(false)}>
              {t`Close`}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
