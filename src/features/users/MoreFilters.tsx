import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Button, Group, NativeSelect, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { lacks } from '~/api/since';
import { USUAL_USER_LIST, type UserListState } from '~/data/user-list';
import { rowFiltersSet } from '~/data/user-rows';
import type { FiltersProps } from '~/entities/list/list';
import { paths } from '~/lib/paths';
import { wordsOf, type Words } from '~/lib/words';

type Choices<Value extends string> = readonly { value: Value; label: Words }[];

const SEEN: Choices<UserListState['seen']> = [
  { value: 'any', label: msg`All` },
  { value: 'before', label: msg`Before a day` },
  { value: 'before-or-unknown', label: msg`Before a day, or unknown` },
  { value: 'unknown', label: msg`Unknown` },
];
const SHADOW_BANNED: Choices<UserListState['shadow_banned']> = [
  { value: 'any', label: msg`All` },
  { value: 'only', label: msg`Shadow-banned` },
  { value: 'none', label: msg`Not shadow-banned` },
];
const ERASED: Choices<UserListState['erased']> = [
  { value: 'any', label: msg`All` },
  { value: 'only', label: msg`Erased` },
  { value: 'none', label: msg`Not erased` },
];

const { created_from, created_to, seen, seen_before, shadow_banned, erased, type_is } = USUAL_USER_LIST;
const NONE = { created_from, created_to, seen, seen_before, shadow_banned, erased, type_is };

/** Filters that Synapse does not have: for these the list must be read first, which is said and never begins by itself. */
export function MoreFilters({ state, session, onChange }: FiltersProps<UserListState>) {
  const [open, setOpen] = useState(false);
  const set = rowFiltersSet(state);
  return (
    <Popover opened={open} onChange={setOpen} width={340} position="bottom-end" trapFocus shadow="md" withinPortal>
      <Popover.Target>
        <Button
          variant={set > 0 ? 'light' : 'default'}
          leftSection={<IconFilterPlus size={16} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {set === 0 ? t`More filters` : plural(set, { one: '# more filter', other: '# more filters' })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 2rem)" mah="75dvh" style={{ overflowY: 'auto' }}>
        <Stack gap="sm">
          <RowFilters state={state} session={session} onChange={onChange} />
          <Group justify="space-between">
            <Button size="xs" variant="subtle" disabled={set === 0} onClick={() => onChange(NONE)}>
              <Trans>Clear these filters</Trans>
            </Button>
            <Button size="xs" onClick={() => setOpen(false)}>
              <Trans>Close</Trans>
            </Button>
          </Group>
          <NeedsScan />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What no list says: each user must be read, on a page of its own that asks before it begins. */
function NeedsScan() {
  return (
    <Text size="xs" c="dimmed" pt="xs" style={{ borderTop: '1px solid var(--mantine-color-default-border)' }}>
      <Trans>
        Suspended, no email address, an external ID, many sessions, much storage: no list of Synapse shows these. They
        need one request per user.{' '}
        <Anchor component={Link} to={paths.scanUsers()} underline="always" size="xs">
          Scan users…
        </Anchor>
      </Trans>
    </Text>
  );
}

function RowFilters({ state, session, onChange }: FiltersProps<UserListState>) {
  const noSeen = lacks(session.version, 'users-last-seen');
  const noErased = lacks(session.version, 'users-erased');
  const needsDay = state.seen === 'before' || state.seen === 'before-or-unknown';
  return (
    <>
      <Text size="xs" c="dimmed">
        <Trans>Synapse can’t filter by these, so Glia reads the list first. It asks you before it starts.</Trans>
      </Text>
      <Group grow gap="xs" wrap="nowrap">
        <Day
          label={t`Created from`}
          value={state.created_from}
          onChange={(day) => onChange({ created_from: day }, { replace: true })}
        />
        <Day
          label={t`Created until`}
          value={state.created_to}
          onChange={(day) => onChange({ created_to: day }, { replace: true })}
        />
      </Group>
      <Choice
        label={t`Last seen`}
        choices={SEEN}
        value={state.seen}
        lacking={noSeen && wordsOf(noSeen)}
        onChange={(value) => onChange({ seen: value })}
      />
      {needsDay && (
        <Day
          label={t`Last seen before`}
          value={state.seen_before}
          onChange={(day) => onChange({ seen_before: day }, { replace: true })}
        />
      )}
      <Group grow gap="xs" align="flex-start" wrap="nowrap">
        <Choice
          label={t`Shadow-banned`}
          choices={SHADOW_BANNED}
          value={state.shadow_banned}
          onChange={(value) => onChange({ shadow_banned: value })}
        />
        <Choice
          label={t`Erased`}
          choices={ERASED}
          value={state.erased}
          lacking={noErased && wordsOf(noErased)}
          onChange={(value) => onChange({ erased: value })}
        />
      </Group>
      <TypeField value={state.type_is} onChange={(type) => onChange({ type_is: type }, { replace: true })} />
    </>
  );
}

/** A date field gives a day when it is whole; what is typed on the way there is nothing. */
function Day({ label, value, onChange }: { label: string; value: string; onChange(day: string): void }) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      style={{ minWidth: 0 }}
    />
  );
}

/** The type is taken when one leaves the field: each letter would be another filter. */
function TypeField({ value, onChange }: { value: string; onChange(type: string): void }) {
  const [text, setText] = useState(value);
  const [seenValue, setSeenValue] = useState(value);
  if (value !== seenValue) {
    setSeenValue(value);
    setText(value);
  }
  const send = () => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <TextInput
      label={t`User type is exactly`}
      description={t`For example bot or support, or a type of your own.`}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={send}
      onKeyDown={(event) => {
        if (event.key === 'Enter') send();
      }}
    />
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  choices: Choices<Value>;
  value: Value;
  /** Why this Synapse has no such filter. */
  lacking?: string | null;
  onChange(value: Value): void;
}

function Choice<Value extends string>({ label, choices, value, lacking = null, onChange }: ChoiceProps<Value>) {
  return (
    <NativeSelect
      label={label}
      value={value}
      disabled={lacking !== null}
      description={lacking}
      data={choices.map((one) => ({ value: one.value, label: wordsOf(one.label) }))}
      onChange={(event) => {
        const found = choices.find((one) => one.value === event.currentTarget.value);
        if (found) onChange(found.value);
      }}
      style={{ minWidth: 0 }}
    />
  );
}
