import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Checkbox, Group, Loader, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount } from '~/lib/numbers';
import { EmptyNote } from './EmptyNote';
import { ErrorNote } from './ErrorNote';
import classes from './PickDialog.module.css';
import { shownId } from '~/lib/shown-text';
import { Marks } from './Marks';
import { Outside } from './Outside';

export interface PickOption {
  value: string;
  name: string;
  detail: string;
  /** What it is, where that is not plain: “Space”. */
  tag?: string;
}

interface PickDialogProps {
  /** “Pick rooms” */
  title: string;
  /** What is added, in a sentence. */
  about?: string | undefined;
  opened: boolean;
  onClose(): void;
  search: string;
  onSearch(search: string): void;
  options: readonly PickOption[];
  total: number;
  /** What came of an exact look-up. */
  note?: string | null;
  loading: boolean;
  error: unknown;
  /** What the button says: “Add 2 rooms”. */
  add(this: void, count: number): string;
  onPick(values: string[]): void;
}

/** Looks something up and picks from it. What was ticked stays ticked, and in sight, while the search changes. */
export function PickDialog(props: PickDialogProps) {
  const { options } = props;
  const [picked, setPicked] = useState<ReadonlyMap<string, PickOption>>(new Map());
  const toggle = (option: PickOption, on: boolean) => {
    const next = new Map(picked);
    if (on) next.set(option.value, option);
    else next.delete(option.value);
    setPicked(next);
  };
  const close = () => {
    setPicked(new Map());
    props.onClose();
  };
  const shown = formatCount(options.length);
  const total = formatCount(props.total);
  // Nothing that is picked may be out of sight.
  const listed = [...picked.values(), ...options.filter(({ value }) => !picked.has(value))];

  return (
    <Modal
      opened={props.opened}
      onClose={close}
      title={props.title}
      size="lg"
      closeButtonProps={{ 'aria-label': t`Close` }}
      // Mantine's <header>, outside any section, would be a second banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      <Stack gap="sm">
        {props.about !== undefined && <Text size="sm">{props.about}</Text>}
        <TextInput
          label={t`Search`}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={props.loading ? <Loader size={16} role="status" aria-label={t`Searching`} /> : null}
          value={props.search}
          onChange={(event) => props.onSearch(event.currentTarget.value)}
          data-autofocus
        />
        {props.error !== null && <ErrorNote title={t`The search failed`} error={props.error} />}
        {props.note != null && (
          <Text size="sm" role="status">
            <bdi>{props.note}</bdi>
          </Text>
        )}
        {listed.length === 0 ? (
          // Where the search failed, nobody knows whether there is something.
          !props.loading &&
          props.error === null && (
            <EmptyNote title={t`Nothing found`}>
              <Trans>Try another word, or part of a word.</Trans>
            </EmptyNote>
          )
        ) : (
          <ul className={classes.list} aria-label={props.title}>
            {listed.map((option) => (
              <li key={option.value}>
                <Checkbox
                  checked={picked.has(option.value)}
                  onChange={(event) => toggle(option, event.currentTarget.checked)}
                  label={
                    <>
                      <Outside text={option.name} none={shownId(option.value)} className={classes.name} />
                      {option.tag !== undefined && (
                        <span className={classes.tag}>
                          <Marks marks={[{ label: option.tag, tone: 'plain' }]} />
                        </span>
                      )}
                    </>
                  }
                  description={<Outside text={option.detail} className={classes.detail} />}
                />
              </li>
            ))}
          </ul>
        )}
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {props.total > options.length && (
              <Trans>
                The first {shown} of {total}. Search to find the others.
              </Trans>
            )}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={close}>
              <Trans>Cancel</Trans>
            </Button>
            <Button
              disabled={picked.size === 0}
              onClick={() => {
                props.onPick([...picked.keys()]);
                close();
              }}
            >
              {props.add(picked.size)}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
