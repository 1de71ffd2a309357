import { t } from '@lingui/core/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Entity } from '~/actions/action';
import type { NewestOf } from '~/data/mas-newest';
import { SelectableTable } from '~/entities/list/SelectableTable';
import { formatCount } from '~/lib/numbers';
import { DataTable, type Column } from '~/ui/DataTable';
import { ErrorNote } from '~/ui/ErrorNote';
import { AsOf, StaleNote } from '~/ui/Freshness';
import { OddRowsNote } from '~/ui/OddRowsNote';

interface NewestFirstProps<Row> {
  /** What is listed, with all that filters it. */
  queryKey: readonly unknown[];
  read(before: string | null, signal: AbortSignal): Promise<NewestOf<Row>>;
  label: string;
  unread: string;
  refresh: string;
  columns: readonly Column<Row>[];
  /** Keep the function (outside the component). */
  rowKey(this: void, row: Row): string;
  /** What the rows are to an action, where several of them can be chosen. */
  chosen?: { entity: Entity; idOf(row: Row): string; canSelect?(row: Row): boolean };
  /** “12 sessions” */
  count(total: number): string;
  /** At the end of the line that counts them. */
  tools?: ReactNode;
  empty: ReactNode;
}

/** A list of MAS, newest first: it has no order but that of creation and no numbers of pages, so older ones are added below. */
export function NewestFirst<Row>(props: NewestFirstProps<Row>) {
  const { queryKey, read, label, chosen, columns, rowKey, empty, tools } = props;
  const reading = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ older }) => older,
    placeholderData: keepPreviousData,
  });
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = reading;
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const odd = data?.pages.flatMap((page) => page.odd) ?? [];
  const total = data?.pages[0]?.total;
  const shown = formatCount(rows.length);
  const all = props.count(total ?? rows.length);
  const caption = !hasNextPage
    ? props.count(rows.length)
    : total === undefined
      ? t`The newest ${shown}`
      : t`The newest ${shown} of ${all}`;
  const isSelectable = chosen !== undefined && rows.length > 0;
  const line = (
    <Group gap="xs">
      {tools}
      <AsOf reading={reading} label={props.refresh} />
    </Group>
  );
  if (data === undefined && error) {
    return <ErrorNote title={props.unread} error={error} onRetry={() => void reading.refetch()} />;
  }
  return (
    <Stack gap="xs">
      {!isSelectable && (
        <Group justify="space-between" gap="xs">
          <Text span size="sm" c="dimmed" role="status">
            {data && caption}
          </Text>
          {line}
        </Group>
      )}
      <StaleNote reading={reading} />
      <OddRowsNote odd={odd} />
      {chosen && data ? (
        <SelectableTable
          label={label}
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          entity={chosen.entity}
          idOf={chosen.idOf}
          {...(chosen.canSelect && { canSelect: chosen.canSelect })}
          scrollKey={JSON.stringify(queryKey)}
          caption={caption}
          tools={line}
          empty={empty}
        />
      ) : (
        <DataTable
          label={label}
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          loading={data === undefined}
          scrollKey={JSON.stringify(queryKey)}
          empty={empty}
        />
      )}
      {hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          w="fit-content"
        >
          {t`Show older ones`}
        </Button>
      )}
    </Stack>
  );
}
