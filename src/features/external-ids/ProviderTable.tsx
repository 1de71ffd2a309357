import { Radio, Text } from '@mantine/core';
import { useMemo } from 'react';
import { formatCount } from '~/lib/numbers';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { StateTag } from '~/ui/StateTag';
import classes from './external-ids.module.css';
import { offeredAs, type OfferedProvider, type ProviderCount } from './plan';
import { isolated } from '~/lib/shown-text';
import { Outside } from '~/ui/Outside';

interface ProviderTableProps {
  counts: readonly ProviderCount[];
  /** Null: not known, or none of Synapse's business (MAS). */
  offered: readonly OfferedProvider[] | null;
  mas: boolean;
  value: string | null;
  onChange(provider: string): void;
}

const providerOf = ({ provider }: ProviderCount): string => provider;

/** Every provider that somebody holds an id of; one of them is chosen. */
export function ProviderTable({ counts, offered, mas, value, onChange }: ProviderTableProps) {
  const columns = useMemo(() => columnsOf(offered, mas, value, onChange), [offered, mas, value, onChange]);
  const unused = (offered ?? []).filter(({ id }) => !counts.some(({ provider }) => provider === id));
  return (
    <>
      <DataTable
        label="Providers"
        columns={columns}
        rows={counts}
        rowKey={providerOf}
        empty={<EmptyNote title="Nobody here has an external id">There is nothing that could be removed.</EmptyNote>}
      />
      <Text size="sm" c="dimmed">
        Providers are compared letter by letter: <code>oidc-google</code> is not <code>google</code>.
        {unused.length > 0 &&
          ` Sign-in also offers ${unused.map(({ id }) => isolated(id)).join(', ')}, of which none of these users has an id.`}
      </Text>
    </>
  );
}

function number(id: keyof ProviderCount, header: string, width = '4.5rem'): Column<ProviderCount> {
  return { id, header, width, align: 'end', cell: (row) => formatCount(Number(row[id])) };
}

function columnsOf(
  offered: readonly OfferedProvider[] | null,
  mas: boolean,
  value: string | null,
  onChange: (provider: string) => void,
): Column<ProviderCount>[] {
  return [
    {
      id: 'provider',
      header: 'Provider',
      width: 'minmax(12rem, 2fr)',
      cell: ({ provider }) => (
        <Radio
          name="provider"
          classNames={{ body: classes.provider, labelWrapper: classes.provider }}
          label={<Id value={provider} plain wrap />}
          checked={value === provider}
          onChange={() => onChange(provider)}
        />
      ),
    },
    {
      id: 'offered',
      header: 'Sign-in today',
      width: 'minmax(11rem, 1.4fr)',
      cell: ({ provider }) => (
        <Offered as={offered && offeredAs(provider, offered)} known={offered !== null} mas={mas} />
      ),
    },
    number('users', 'Users'),
    number('ids', 'Ids'),
    number('several', 'Two or more', '6rem'),
    number('hidden', 'Deactivated, locked', '9rem'),
    number('only', 'Only this one', '6.5rem'),
  ];
}

function Offered({ as, known, mas }: { as: OfferedProvider | null | undefined; known: boolean; mas: boolean }) {
  if (mas) return <span className={classes.none}>signs in through MAS</span>;
  if (!known) return <span className={classes.none}>not known</span>;
  return as ? (
    <span className={classes.who}>
      <StateTag dot="var(--mantine-color-teal-6)">offered</StateTag>
      <Outside text={as.name} className={classes.none} />
    </span>
  ) : (
    <StateTag dot="var(--mantine-color-orange-5)">not offered</StateTag>
  );
}
