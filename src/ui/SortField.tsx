import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Group, NativeSelect, Text, Tooltip } from '@mantine/core';
import { IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import classes from './SortField.module.css';
import { wordsOf, type Words } from '~/lib/words';

interface SortFieldProps<Order extends string> {
  /** Orders by group: what the server has an index for, and what it must sort anew each time. */
  groups: readonly { group: Words; items: readonly { value: Order; label: Words }[] }[];
  order: Order;
  descending: boolean;
  onSort(order: Order, descending: boolean): void;
}

/** Every order that the server knows, also those of columns that are not shown. */
export function SortField<Order extends string>({ groups, order, descending, onSort }: SortFieldProps<Order>) {
  const label = descending ? t`Descending order, click to reverse` : t`Ascending order, click to reverse`;
  const Icon = descending ? IconSortDescending : IconSortAscending;
  const orders = groups.flatMap(({ items }) => items);
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="xs" c="dimmed" component="label" htmlFor="sort-by" className={classes.label}>
        <Trans>Sort by</Trans>
      </Text>
      <NativeSelect
        id="sort-by"
        size="xs"
        value={order}
        onChange={(event) => {
          const found = orders.find(({ value }) => value === event.currentTarget.value);
          if (found) onSort(found.value, descending);
        }}
        data={groups.map(({ group, items }) => ({
          group: wordsOf(group),
          items: items.map((one) => ({ value: one.value, label: wordsOf(one.label) })),
        }))}
      />
      <Tooltip label={label}>
        <ActionIcon variant="default" size={30} aria-label={label} onClick={() => onSort(order, !descending)}>
          <Icon size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
