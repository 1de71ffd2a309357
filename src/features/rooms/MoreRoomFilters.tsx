import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, NativeSelect, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { USUAL_ROOM_LIST, type RoomListState } from '~/data/room-list';
import { roomRowFiltersSet } from '~/data/room-rows';
import type { FiltersProps } from '~/entities/list/list';
import { wordsOf, type Words } from '~/lib/words';
import { ENCRYPTED, FEDERATED, JOIN_RULES, LOCALS, REPLACED, TYPES } from './room-filter-words';

const { locals, encrypted, federated, room_type, join_rule, replaced } = USUAL_ROOM_LIST;
const { version_is, creator_server, members_from, members_to, state_above } = USUAL_ROOM_LIST;
const CHOICES = { locals, encrypted, federated, room_type, join_rule, replaced };
const NONE = { ...CHOICES, version_is, creator_server, members_from, members_to, state_above };

/** Filters that Synapse does not have: for these the list must be read first, which is said and never begins by itself. */
export function MoreRoomFilters({ state, session, onChange }: FiltersProps<RoomListState>) {
  const [open, setOpen] = useState(false);
  const set = roomRowFiltersSet(state);
  return (
    <Popover opened={open} onChange={setOpen} width={360} position="bottom-end" trapFocus shadow="md" withinPortal>
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
          <Text size="xs" c="dimmed" pt="xs" style={{ borderTop: '1px solid var(--mantine-color-default-border)' }}>
            <Trans>
              No list of Synapse shows which rooms are blocked. The page of a room says it. Which rooms were replaced by
              a newer one, no list shows either: for that filter, Glia asks about each room.
            </Trans>
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function RowFilters({ state, onChange }: FiltersProps<RoomListState>) {
  const typed = (patch: Partial<RoomListState>) => onChange(patch, { replace: true });
  return (
    <>
      <Text size="xs" c="dimmed">
        <Trans>Synapse can’t filter by these, so Glia reads the list first. It asks you before it starts.</Trans>
      </Text>
      <Pair>
        <Choice
          label={t`Local members`}
          choices={LOCALS}
          value={state.locals}
          onChange={(value) => onChange({ locals: value })}
        />
        <Choice
          label={t`Type`}
          choices={TYPES}
          value={state.room_type}
          onChange={(value) => onChange({ room_type: value })}
        />
      </Pair>
      <Pair>
        <Choice
          label={t`Encryption`}
          choices={ENCRYPTED}
          value={state.encrypted}
          onChange={(value) => onChange({ encrypted: value })}
        />
        <Choice
          label={t`Federation`}
          choices={FEDERATED}
          value={state.federated}
          onChange={(value) => onChange({ federated: value })}
        />
      </Pair>
      <Choice
        label={t`Join rule`}
        choices={JOIN_RULES}
        value={state.join_rule}
        onChange={(value) => onChange({ join_rule: value })}
      />
      <Choice
        label={t`Replaced by a newer room`}
        choices={REPLACED}
        value={state.replaced}
        onChange={(value) => onChange({ replaced: value })}
      />
      <Pair>
        <Field
          label={t`Members, from`}
          value={state.members_from}
          isNumber
          onChange={(text) => typed({ members_from: text })}
        />
        <Field
          label={t`Members, up to`}
          value={state.members_to}
          isNumber
          onChange={(text) => typed({ members_to: text })}
        />
      </Pair>
      <Pair>
        <Field
          label={t`More state events than`}
          value={state.state_above}
          isNumber
          onChange={(text) => typed({ state_above: text })}
        />
        <Field label={t`Room version`} value={state.version_is} onChange={(text) => typed({ version_is: text })} />
      </Pair>
      <Field
        label={t`Server of the creator`}
        description={t`For example example.org`}
        value={state.creator_server}
        onChange={(text) => typed({ creator_server: text })}
      />
    </>
  );
}

const Pair = ({ children }: { children: React.ReactNode }) => (
  <Group grow gap="xs" align="flex-end" wrap="nowrap">
    {children}
  </Group>
);

interface FieldProps {
  label: string;
  description?: string;
  value: string;
  isNumber?: boolean;
  onChange(text: string): void;
}

/** What is typed is taken when one leaves the field: each letter would be another filter. */
function Field({ label, description, value, isNumber = false, onChange }: FieldProps) {
  const [text, setText] = useState(value);
  const [seenValue, setSeenValue] = useState(value);
  if (value !== seenValue) {
    setSeenValue(value);
    setText(value);
  }
  const send = () => {
    const entered = isNumber ? text.replaceAll(/\D/g, '').slice(0, 9) : text.trim();
    setText(entered);
    if (entered !== value) onChange(entered);
  };
  return (
    <TextInput
      label={label}
      description={description}
      value={text}
      inputMode={isNumber ? 'numeric' : 'text'}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={send}
      onKeyDown={(event) => {
        if (event.key === 'Enter') send();
      }}
      style={{ minWidth: 0 }}
    />
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  choices: readonly { value: Value; label: Words }[];
  value: Value;
  onChange(value: Value): void;
}

function Choice<Value extends string>({ label, choices, value, onChange }: ChoiceProps<Value>) {
  return (
    <NativeSelect
      label={label}
      value={value}
      data={choices.map((one) => ({ value: one.value, label: wordsOf(one.label) }))}
      onChange={(event) => {
        const found = choices.find((one) => one.value === event.currentTarget.value);
        if (found) onChange(found.value);
      }}
      style={{ minWidth: 0 }}
    />
  );
}
