import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Group, NativeSelect, Pagination, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { formatCount } from '~/lib/numbers';
import { wordsOf } from '~/lib/words';
import classes from './Pager.module.css';

interface PagerProps {
  /** From 1. */
  page: number;
  size: number;
  sizes: readonly number[];
  total: number;
  onPage(page: number): void;
  onSize(size: number): void;
}

const CONTROLS = {
  first: msg`First page`,
  previous: msg`Previous page`,
  next: msg`Next page`,
  last: msg`Last page`,
} as const;

export const pagesOf = (total: number, size: number): number => Math.max(1, Math.ceil(total / size));

function pageLabel(page: number): string {
  const number = formatCount(page);
  return t`Page ${number}`;
}

export function Pager({ page, size, sizes, total, onPage, onSize }: PagerProps) {
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  return (
    <Group justify="space-between" gap="sm" className={classes.pager}>
      <Pagination
        total={pagesOf(total, size)}
        value={page}
        onChange={onPage}
        size="sm"
        gap={4}
        siblings={narrow ? 0 : 1}
        role="navigation"
        aria-label={t`Pages`}
        getItemProps={(item) => ({ 'aria-label': pageLabel(item) })}
        getControlProps={(control) => ({ 'aria-label': wordsOf(CONTROLS[control]) })}
      />
      <Group gap="xs">
        <Text size="sm" c="dimmed" component="label" htmlFor="rows-in-a-page">
          <Trans>Rows per page</Trans>
        </Text>
        <NativeSelect
          id="rows-in-a-page"
          size="xs"
          value={String(size)}
          onChange={(event) => onSize(Number(event.currentTarget.value))}
          data={sizes.map((one) => ({ value: String(one), label: formatCount(one) }))}
        />
      </Group>
    </Group>
  );
}
