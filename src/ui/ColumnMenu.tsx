import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { wordsOf, type Words } from '~/lib/words';
import classes from './ColumnMenu.module.css';

interface ColumnMenuProps<Id extends string> {
  columns: readonly { id: Id; header: Words }[];
  shown: readonly Id[];
  onChange(shown: Id[]): void;
}

/** Which columns a table shows, beside its first. */
export function ColumnMenu<Id extends string>({ columns, shown, onChange }: ColumnMenuProps<Id>) {
  return (
    <Popover position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          classNames={{ section: classes.section, label: classes.label }}
          leftSection={<IconColumns3 size={16} stroke={1.6} aria-hidden />}
        >
          <Trans>Columns</Trans>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Columns`}>
        <Stack gap="xs">
          {columns.map(({ id, header }) => (
            <Checkbox
              key={id}
              label={wordsOf(header)}
              checked={shown.includes(id)}
              onChange={(event) => {
                const on = event.currentTarget.checked;
                // In the table's own order, whatever the order of clicks.
                onChange(columns.map((one) => one.id).filter((one) => (one === id ? on : shown.includes(one))));
              }}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
