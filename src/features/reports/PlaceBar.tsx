import { t } from '@lingui/core/macro';
import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { formatCount } from '~/lib/numbers';
import type { Place } from './place';

/** Which report of the list this is, and the way to the ones beside it. */
export function PlaceBar({ place }: { place: Place }) {
  const { number, total, previous, next } = place;
  const [at, all] = [formatCount(number ?? 0), formatCount(total)];
  return (
    <Group gap="xs" component="nav" aria-label={t`Reports of the list`}>
      {number !== null && (
        <Text size="sm" c="dimmed">
          {t`${at} of ${all}`}
        </Text>
      )}
      <Beside to={previous} label={t`Previous`} left={<IconChevronLeft size={14} aria-hidden />} />
      <Beside to={next} label={t`Next`} right={<IconChevronRight size={14} aria-hidden />} />
    </Group>
  );
}

interface BesideProps {
  to: string | null;
  label: string;
  left?: ReactNode;
  right?: ReactNode;
}

function Beside({ to, label, left, right }: BesideProps) {
  const look = { size: 'xs', variant: 'default', leftSection: left, rightSection: right } as const;
  return to === null ? (
    <Button {...look} disabled>
      {label}
    </Button>
  ) : (
    <Button {...look} component={Link} to={to}>
      {label}
    </Button>
  );
}
