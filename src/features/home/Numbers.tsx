import { t } from '@lingui/core/macro';
import { SimpleGrid, Skeleton, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from 'react-router';
import { change, type TrendDay, type TrendNumber } from '~/data/trends';
import { formatBytes } from '~/lib/bytes';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { wordsOfError } from '~/lib/words';
import { Sparkline } from '~/ui/charts/Sparkline';
import classes from './HomePage.module.css';

export interface NumberRead {
  /** Undefined: on its way. */
  readonly value: number | undefined;
  readonly error: Error | null;
  /** There may be more. */
  readonly isPart?: boolean;
}

interface NumbersProps {
  readonly users: NumberRead;
  readonly rooms: NumberRead;
  /** Null: this Synapse can't say. */
  readonly failing: NumberRead | null;
  readonly days: readonly TrendDay[];
}

/** Beside each number, what this browser knows of how it changed. */
export function Numbers({ users, rooms, failing, days }: NumbersProps) {
  const media = days.findLast(({ mediaBytes }) => mediaBytes !== undefined);
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <NumberTile name={t`Users`} of="users" read={users} days={days} to={paths.users()} />
      <NumberTile name={t`Rooms`} of="rooms" read={rooms} days={days} to={paths.rooms()} />
      {failing && (
        <NumberTile
          name={t`Unreachable servers`}
          of="failing"
          read={failing}
          days={days}
          to={`${paths.federation()}?failing=only`}
        />
      )}
      <Tile
        name={t`Local media`}
        value={media?.mediaBytes === undefined ? '–' : formatBytes(media.mediaBytes)}
        note={media === undefined ? t`not added up yet` : t`added up on ${media.day}`}
        values={valuesOf(days, 'mediaBytes')}
        to={paths.statistics()}
      />
    </SimpleGrid>
  );
}

const valuesOf = (days: readonly TrendDay[], number: TrendNumber): number[] =>
  days.slice(-60).flatMap((day) => day[number] ?? []);

interface NumberTileProps {
  name: string;
  of: TrendNumber;
  read: NumberRead;
  days: readonly TrendDay[];
  to: string;
}

function NumberTile({ name, of, read, days, to }: NumberTileProps) {
  const { value, error, isPart = false } = read;
  const shown = value === undefined ? undefined : formatCount(value);
  const isUnread = shown === undefined && Boolean(error);
  const words = shown === undefined ? (isUnread ? '–' : undefined) : isPart ? t`${shown} or more` : shown;
  return (
    <Tile
      name={name}
      value={words}
      title={error ? wordsOfError(error) : undefined}
      note={isUnread ? t`could not be read` : changeWords(days, of)}
      values={valuesOf(days, of)}
      to={to}
    />
  );
}

function changeWords(days: readonly TrendDay[], of: TrendNumber): string {
  const changed = change(days, of, 7);
  if (changed === null) return '';
  const { since } = changed;
  if (changed.by === 0) return t`unchanged since ${since}`;
  const sign = changed.by > 0 ? '+' : '−';
  const amount = `${sign}${formatCount(Math.abs(changed.by))}`;
  return t`${amount} since ${since}`;
}

interface TileProps {
  name: string;
  /** Undefined: on its way. */
  value: string | undefined;
  title?: string | undefined;
  note: string;
  values: readonly number[];
  to: string;
}

function Tile({ name, value, title, note, values, to }: TileProps) {
  return (
    <UnstyledButton component={Link} to={to} className={classes.tile} aria-busy={value === undefined}>
      <span className={classes.name}>{name}</span>
      <span className={classes.line}>
        <span className={classes.value} title={title}>
          {value ?? <Skeleton h={20} w="60%" mt={6} />}
        </span>
        <Sparkline values={values} />
      </span>
      <span className={classes.name}>{note === '' ? '\u00A0' : note}</span>
      <IconChevronRight size={16} aria-hidden className={classes.leads} />
    </UnstyledButton>
  );
}
